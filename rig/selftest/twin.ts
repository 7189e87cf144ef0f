/** The self-test on the circuit alone, without chips: what a netlist gives at each look, in milliseconds of work. */

import type { OutputSignal, SenseSignal } from '../../scenarios/signals.ts';
import {
  ADC_CHANNELS,
  AUX_SELECT_PINS,
  BIAS_PINS,
  CONTACT_SELECT_PINS,
  CONVERTER,
  DRIVE_BITS,
  SENSE_PINS,
  type AdcChannel,
  type ConverterSignal,
  type DriveBit,
} from '../fixture/channels.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { drivePin } from '../fixture/netlist/pins.ts';
import { type Circuit, createCircuit } from '../sim/circuit/circuit.ts';
import { checkId, EDGES_LOST, type Look, namesOf, type Path, PROGRAM, type Step, WINDOW_us } from './program.ts';
import { exactValueOf, probeChannel, type Values } from './values.ts';

const ms = (value: number): number => value * 1e6;
/** Switches follow within 5 ms, the supply within 2. */
const SETTLE_ns = ms(12);
const CONTACT_SETTLE_ns = ms(6.5);
const NEEDS_BYPASS: readonly DriveBit[] = ['loadSink', 'preAlarmSink', 'chargerShort'];
const SINK_OF: Readonly<Partial<Record<DriveBit, OutputSignal>>> = {
  loadSink: 'load',
  preAlarmSink: 'preAlarm',
  chargerSink1mA: 'charger',
  chargerSink10mA: 'charger',
};
const OWN: readonly DriveBit[] = ['supplyEnable', 'supplyStrong'];

const codeOf = (signal: ConverterSignal, mV: number): number => Math.round((mV * 65_536) / CONVERTER[signal].fullScale_mV);

class Twin {
  readonly #circuit: Circuit;
  readonly #levels = new Map<string, boolean>();
  /** When a pin last changed; none = never. */
  readonly #changed_ns = new Map<string, number>();
  readonly #edges: { readonly pin: string; readonly level: boolean; readonly at_ns: number }[] = [];
  #on: ReadonlySet<DriveBit> = new Set();
  #codes: Readonly<Record<ConverterSignal, number>> = { supply: 0, remoteH: 0, remoteL: 0 };
  #now_ns = 0;

  constructor(netlist: Netlist, seed: number) {
    this.#circuit = createCircuit({ seed, netlist });
    let settingOut = true;
    this.#circuit.onInput((_, pin, level, at_ns) => {
      this.#levels.set(pin, level);
      if (settingOut) return;
      this.#changed_ns.set(pin, at_ns);
      this.#edges.push({ pin, level, at_ns });
    });
    settingOut = false;
  }

  play(step: Step, into: Map<string, number>): void {
    this.#drive(step);
    const burst = (step.burst?.bits ?? []).filter((bit) => this.#allowed(bit));
    if (burst.some((bit) => NEEDS_BYPASS.includes(bit))) this.#bits(new Set([...this.#on, 'shuntBypass']));
    if (burst.length > 0) {
      this.#wait(ms(1));
      this.#bits(new Set([...this.#on, ...burst]));
      this.#wait(WINDOW_us * 1e3);
    }
    into.set(checkId(step, EDGES_LOST), 0);
    for (const look of step.looks) namesOf(look).forEach((name, at) => into.set(checkId(step, name), this.#look(look)[at]!));
    if (burst.length > 0) this.#drive(step);
  }

  /** From switching a path's bit to the edge at its end, both ways, in us; null = no edge. */
  cycle({ sense, from, bit }: Path): Readonly<Record<'rise' | 'fall', number | null>> {
    const way = (on: boolean): number | null => {
      this.#edges.length = 0;
      const start_ns = this.#now_ns;
      this.#bits(new Set(on ? [...OWN, bit] : OWN));
      this.#wait(SETTLE_ns);
      const edge = (of: SenseSignal) => this.#edges.find(({ pin, level }) => pin === SENSE_PINS[of].pin && level === on)?.at_ns;
      const begin_ns = from === bit ? start_ns : edge(from as SenseSignal);
      const end_ns = edge(sense);
      return begin_ns === undefined || end_ns === undefined ? null : (end_ns - begin_ns) / 1e3;
    };
    return { rise: way(true), fall: way(false) };
  }

  supply(mV: number): void {
    this.#drive({ bits: [], volts_mV: { supply: mV, remoteH: 0, remoteL: 0 } });
  }

  #drive({ bits, volts_mV, weak }: Pick<Step, 'bits' | 'volts_mV' | 'weak'>): void {
    const enable: readonly DriveBit[] = volts_mV.supply > 0 ? (weak ? ['supplyEnable'] : OWN) : [];
    this.#bits(new Set([...bits, ...enable]));
    for (const signal of Object.keys(CONVERTER) as ConverterSignal[]) {
      const code = codeOf(signal, volts_mV[signal]);
      if (code !== this.#codes[signal]) this.#circuit.setConverter(CONVERTER[signal].channel, code, this.#now_ns);
      this.#codes = { ...this.#codes, [signal]: code };
    }
    this.#wait(SETTLE_ns);
  }

  #look(look: Look): readonly number[] {
    switch (look.kind) {
      case 'sample':
        return [this.#sample(look.channel)];
      case 'level':
        return [this.#level(SENSE_PINS[look.sense].pin)];
      case 'capture': {
        const { pin, capture } = SENSE_PINS[look.sense];
        return [this.#changed_ns.get(pin) === this.#changed_ns.get(capture!) ? 1 : 0];
      }
      case 'contact': {
        CONTACT_SELECT_PINS.forEach((pin, bit) => this.#pin(pin, ((look.line >> bit) & 1) === 1));
        this.#wait(CONTACT_SETTLE_ns);
        const value = this.#sample('contact');
        for (const pin of CONTACT_SELECT_PINS) this.#pin(pin, false);
        return [value];
      }
      case 'probe': {
        const off = this.#sample(probeChannel(look.output));
        this.#pin(BIAS_PINS[look.output], true);
        this.#wait(ms(1));
        const on = [this.#sample(probeChannel(look.output)), this.#sample('supplyVoltage')];
        this.#pin(BIAS_PINS[look.output], false);
        this.#wait(ms(1));
        return [off, ...on];
      }
    }
  }

  /** The firmware refuses a sink on an output that is not high. */
  #allowed(bit: DriveBit): boolean {
    const output = SINK_OF[bit];
    return output === undefined || this.#level(SENSE_PINS[output].pin) === 1;
  }

  #sample(channel: AdcChannel): number {
    const { adc, aux } = ADC_CHANNELS[channel];
    AUX_SELECT_PINS.forEach((pin, bit) => this.#pin(pin, aux !== null && ((aux >> bit) & 1) === 1));
    const volts = (of: number): number => this.#circuit.adcVolts('fixture', of, this.#now_ns);
    return exactValueOf(channel, volts(adc), volts(ADC_CHANNELS.reference.adc), this.#circuit.avcc_V.fixture);
  }

  #level(pin: string): number {
    return this.#levels.get(pin) === true ? 1 : 0;
  }

  #bits(on: ReadonlySet<DriveBit>): void {
    for (const bit of Object.keys(DRIVE_BITS) as DriveBit[]) if (on.has(bit) !== this.#on.has(bit)) this.#pin(drivePin(bit), on.has(bit));
    this.#on = on;
  }

  #pin(pin: string, high: boolean): void {
    this.#circuit.setPin('fixture', pin, high ? 'high' : 'low', this.#now_ns);
  }

  #wait(span_ns: number): void {
    this.#now_ns += span_ns;
    this.#circuit.advance(this.#now_ns);
  }
}

/** Every value of the program on a netlist. */
export const playCircuit = (netlist: Netlist, seed = 1): Values => {
  const twin = new Twin(netlist, seed);
  const values = new Map<string, number>();
  for (const step of PROGRAM) twin.play(step, values);
  return values;
};

export type Delays = Readonly<Record<'rise' | 'fall', number | null>>;

/** The delays of a path on a netlist. */
export const playPath = (netlist: Netlist, path: Path, supply_mV: number, seed = 1): Delays => {
  const twin = new Twin(netlist, seed);
  twin.supply(supply_mV);
  return twin.cycle(path);
};
