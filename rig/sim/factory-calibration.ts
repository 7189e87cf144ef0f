/** The calibration that a simulated board comes with: the same procedure as on a bench, on its circuit with the test plug, without emulating its chips. */

import { calibrate, type CalibrationTarget, type Codes } from '../calibration/procedure.ts';
import type { SinkBit } from '../calibration/sink-currents.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { SIMULATED_METER, simulatedMeter } from '../calibration/simulated-meter.ts';
import { ADC_CHANNELS, type AdcChannel, AUX_SELECT_PINS, CONVERTER, type DriveBit } from '../fixture/channels.ts';
import { FIXTURE_NETLIST } from '../fixture/netlist/fixture.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { drivePin } from '../fixture/netlist/pins.ts';
import { plugged, PLUG_WAYS } from '../fixture/netlist/plug.ts';
import { TERMINAL_NODES } from '../fixture/netlist/terminals.ts';
import { hex } from '../wire/lines.ts';
import { type Circuit, createCircuit } from './circuit/circuit.ts';
import { boardIdOf } from './board-id.ts';

/** A rise from 0 with the weak supply charging its capacitor, and the longest step after it. */
const SETTLE_ns = 20e6;
const SWITCH_ns = 10e6;
const CODES = 1_024;

/** The fixture with the test plug in the unit's place. */
export const PLUGGED_NETLIST: Netlist = plugged(FIXTURE_NETLIST);

/** The board of a seed with the test plug in the unit's place, as its circuit has it. */
export class CircuitTarget implements CalibrationTarget {
  readonly circuit: Circuit;
  #now_ns = 0;

  constructor(seed: number, netlist = PLUGGED_NETLIST) {
    this.circuit = createCircuit({ seed, netlist });
    for (const bit of ['supplyEnable', 'supplyStrong', 'shuntBypass'] as const) this.#set(drivePin(bit), true);
  }

  supply(code: number): Promise<void> {
    this.circuit.setConverter(CONVERTER.supply.channel, code, this.#now_ns);
    return this.#wait(SETTLE_ns);
  }

  outputs(on: boolean): Promise<void> {
    for (const { pole } of Object.values(PLUG_WAYS)) this.#set(drivePin(pole), on);
    return this.#wait(SWITCH_ns);
  }

  bypass(closed: boolean): Promise<void> {
    return this.switch('shuntBypass', closed);
  }

  async sinking(sink: SinkBit, channels: readonly AdcChannel[]): Promise<readonly Codes[]> {
    await this.switch(sink, true);
    const codes = [];
    for (const channel of channels) codes.push(await this.sample(channel));
    await this.switch(sink, false);
    return codes;
  }

  switch(bit: DriveBit, on: boolean): Promise<void> {
    this.#set(drivePin(bit), on);
    return this.#wait(SWITCH_ns);
  }

  sample(channel: AdcChannel): Promise<{ code: number; reference: number }> {
    const { adc, aux } = ADC_CHANNELS[channel];
    AUX_SELECT_PINS.forEach((pin, bit) => this.#set(pin, aux !== null && ((aux >> bit) & 1) === 1));
    return Promise.resolve({ code: this.#code(adc), reference: this.#code(ADC_CHANNELS.reference.adc) });
  }

  #set(pin: string, high: boolean): void {
    this.circuit.setPin('fixture', pin, high ? 'high' : 'low', this.#now_ns);
  }

  #wait(span_ns: number): Promise<void> {
    this.#now_ns += span_ns;
    this.circuit.advance(this.#now_ns);
    return Promise.resolve();
  }

  #code(adc: number): number {
    const volts = this.circuit.adcVolts('fixture', adc, this.#now_ns);
    return Math.min(CODES - 1, Math.max(0, Math.floor((volts / this.circuit.avcc_V.fixture) * CODES)));
  }
}

/** Calibrates the board of a seed. */
export const calibratedAnew = (seed: number): Promise<Calibration> => {
  const target = new CircuitTarget(seed);
  const meter = simulatedMeter(seed);
  return calibrate({
    target,
    read: () => Promise.resolve(meter(target.circuit.voltage(TERMINAL_NODES.batteryPlus))),
    meter: SIMULATED_METER,
    board: hex(boardIdOf(seed), 8),
    method: 'factory',
    made: null,
    expires: null,
  });
};

/** Boards calibrated in this process: every case of a run is on the same one, and each would calibrate it anew. */
const known = new Map<number, Promise<Calibration>>();
const MAX_KNOWN = 256;

/** The same for the same seed. */
export const factoryCalibration = (seed: number): Promise<Calibration> => {
  const made = known.get(seed) ?? calibratedAnew(seed);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(seed, made);
  return made;
};
