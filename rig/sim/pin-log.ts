/** What the simulated fixture's pins do, line by line: each change of a drive, a bias switch and a converter's output, with the wall clock's time. */

import type { OutputSignal } from '../../scenarios/signals.ts';
import { BIAS_PINS, CONVERTER, type ConverterSignal, DRIVE_BITS, type DriveBit } from '../fixture/channels.ts';
import { drivePin } from '../fixture/netlist/pins.ts';
import { converted_mV } from './case-supply.ts';
import type { Simulation } from './simulation.ts';

/** One line of the log, as JSON. */
export interface PinChange {
  /** Wall clock, as handed in. */
  readonly at_ms: number;
  /** Seconds of the simulated world. */
  readonly true_s: number;
  /** A drive bit, `<output>Bias`, or a converter's output. */
  readonly pin: string;
  /** Driven high; driven low; `pull`: not driven, its pull to minus holds it. A converter's output in mV. */
  readonly to: 'high' | 'low' | 'pull' | number;
}

const PINS: ReadonlyMap<string, string> = new Map([
  ...(Object.keys(DRIVE_BITS) as DriveBit[]).map((bit): [string, string] => [drivePin(bit), bit]),
  ...(Object.entries(BIAS_PINS) as [OutputSignal, string][]).map(([output, pin]): [string, string] => [pin, `${output}Bias`]),
]);
const OUTPUTS: ReadonlyMap<number, ConverterSignal> = new Map(
  (Object.keys(CONVERTER) as ConverterSignal[]).map((signal) => [CONVERTER[signal].channel, signal]),
);

/** True where nothing is left to make safe. */
export const isSafe = (state: ReadonlyMap<string, PinChange['to']>): boolean =>
  [...state.values()].every((to) => to === 'low' || to === 'pull' || to === 0);

/** From now on `write` gets each change. */
export const watchPins = (simulation: Simulation, now_ms: () => number, write: (change: PinChange) => void): void => {
  const { chip, oscillator } = simulation.boards.fixture;
  const tell = (pin: string, to: PinChange['to'], cycle: number): void =>
    write({ at_ms: now_ms(), true_s: oscillator.instantOf(cycle) / 1e9, pin, to });
  chip.onPinChange((pin, state, cycle) => {
    const name = PINS.get(pin);
    if (name !== undefined) tell(name, state === 'high' || state === 'low' ? state : 'pull', cycle);
  });
  simulation.onConversion((channel, code, cycle) => {
    const signal = OUTPUTS.get(channel);
    if (signal !== undefined) tell(signal, converted_mV(signal, code), cycle);
  });
};
