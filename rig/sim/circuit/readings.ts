/** Voltages that are computed from node voltages and load nothing: amplifier outputs, references, light sensors, the multiplexer, ADC channels. */

import type { DifferenceAmplifier } from '../../fixture/netlist/part.ts';
import type { Draw } from './draw.ts';
import type { Segment } from './segment.ts';

/** Volts at t on the segment in force. */
export type Reading = (segment: Segment, t_ns: number) => number;

/** Output between 0 V and the rail, where a single-supply amplifier stays. */
export const amplifierReading = (part: DifferenceAmplifier, plus: Reading, minus: Reading, rail_V: number, draw: Draw): Reading => {
  const gain = draw.of(part.gain);
  const offset_V = draw.in(part.offset_V);
  const commonModeGain = draw.around(10 ** (-part.rejection_dB / 20));
  return (segment, t_ns) => {
    const plus_V = plus(segment, t_ns);
    const minus_V = minus(segment, t_ns);
    return clamped(gain * (plus_V - minus_V + offset_V + commonModeGain * minus_V), rail_V);
  };
};

/** The multiplexer settles within a microsecond, before any conversion that follows its select pins. */
export class MultiplexerReading {
  #position = 0;
  readonly #inputs: readonly Reading[];

  constructor(inputs: readonly Reading[]) {
    this.#inputs = inputs;
  }

  select(bit: number, high: boolean): void {
    this.#position = (this.#position & ~(1 << bit)) | (high ? 1 << bit : 0);
  }

  readonly reading: Reading = (segment, t_ns) => this.#inputs[this.#position]?.(segment, t_ns) ?? 0;
}

/** A brightness that steps when its LED does. */
export class LightReading {
  lit = false;
  readonly #lit_V: number;
  readonly #dark_V: number;

  constructor(lit_V: number, dark_V: number) {
    this.#lit_V = lit_V;
    this.#dark_V = dark_V;
  }

  readonly reading: Reading = () => (this.lit ? this.#lit_V : this.#dark_V);
}

export const clamped = (volts: number, rail_V: number): number => Math.min(Math.max(volts, 0), rail_V);
