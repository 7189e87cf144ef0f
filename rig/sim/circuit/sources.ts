/** Parts that force a current or a voltage: sinks, the converter's outputs with slew and limits, the unit's regulator. */

import { type Conductances, type Element, type Injections, lasts_ns, voltsAt } from './element.ts';
import type { Slew } from './slew.ts';

const OFF = 0;
const REGULATING = 1;
const SATURATED = 2;

export class SinkElement implements Element {
  readonly passive = false;
  state = OFF;
  readonly #node: number;
  readonly #to: number;
  readonly #current_A: number;
  readonly #saturation_V: number;

  constructor(node: number, to: number, current_A: number, saturation_V: number) {
    this.#node = node;
    this.#to = to;
    this.#current_A = current_A;
    this.#saturation_V = saturation_V;
  }

  set(on: boolean): void {
    this.state = on ? REGULATING : OFF;
  }

  conduct(matrix: Conductances): void {
    if (this.state === SATURATED) matrix.between(this.#node, this.#to, this.#current_A / this.#saturation_V);
  }

  inject(into: Injections): void {
    if (this.state !== REGULATING) return;
    into.add(this.#node, -this.#current_A);
    into.add(this.#to, this.#current_A);
  }

  settle(volts: Float64Array): boolean {
    if (this.state === OFF) return false;
    const excess_V = voltsAt(volts, this.#node) - voltsAt(volts, this.#to) - this.#saturation_V;
    const wanted = excess_V > 1e-9 ? REGULATING : excess_V < -1e-9 ? SATURATED : this.state;
    const changed = wanted !== this.state;
    this.state = wanted;
    return changed;
  }

  holds_ns(volts: Float64Array, rates: Float64Array): number {
    if (this.state === OFF) return Infinity;
    const room_V = voltsAt(volts, this.#node) - voltsAt(volts, this.#to) - this.#saturation_V;
    const rate = voltsAt(rates, this.#node) - voltsAt(rates, this.#to);
    return this.state === REGULATING ? lasts_ns(room_V, rate) : lasts_ns(-room_V, -rate);
  }
}

/** A current source tied to nothing but its two nodes; with too little to flow through it is a voltage of its compliance. */
export class FloatingElement implements Element {
  readonly passive = false;
  state = REGULATING;
  readonly #plus: number;
  readonly #minus: number;
  readonly #current_A: number;
  readonly #compliance_V: number;

  constructor(plus: number, minus: number, current_A: number, compliance_V: number) {
    this.#plus = plus;
    this.#minus = minus;
    this.#current_A = current_A;
    this.#compliance_V = compliance_V;
  }

  conduct(matrix: Conductances): void {
    if (this.state === SATURATED) matrix.between(this.#plus, this.#minus, SATURATED_S);
  }

  inject(into: Injections): void {
    // Saturated, 1 Ohm behind a voltage that gives the same current at the corner.
    const current_A = this.#current_A + (this.state === SATURATED ? this.#compliance_V * SATURATED_S : 0);
    into.add(this.#plus, current_A);
    into.add(this.#minus, -current_A);
  }

  settle(volts: Float64Array): boolean {
    const excess_V = this.#across(volts) - this.#compliance_V;
    const wanted = excess_V > 1e-6 ? SATURATED : excess_V < -1e-6 ? REGULATING : this.state;
    const changed = wanted !== this.state;
    this.state = wanted;
    return changed;
  }

  holds_ns(volts: Float64Array, rates: Float64Array): number {
    const room_V = this.#compliance_V - this.#across(volts);
    const rate = this.#across(rates);
    return this.state === REGULATING ? lasts_ns(room_V, -rate) : lasts_ns(-room_V, rate);
  }

  #across(volts: Float64Array): number {
    return voltsAt(volts, this.#plus) - voltsAt(volts, this.#minus);
  }
}

const SATURATED_S = 1;

const SOURCE_LIMIT = 2;
const SINK_LIMIT = 3;

export class ConverterElement implements Element {
  readonly passive = false;
  state = REGULATING;
  /** Limit of the current it delivers, A. */
  source_A: number;
  readonly #node: number;
  readonly #slew: Slew;
  readonly #output_Ohm: number;
  readonly #sink_A: number;

  constructor(node: number, slew: Slew, values: { readonly output_Ohm: number; readonly source_A: number; readonly sink_A: number }) {
    this.#node = node;
    this.#slew = slew;
    this.#output_Ohm = values.output_Ohm;
    this.source_A = values.source_A;
    this.#sink_A = values.sink_A;
  }

  conduct(matrix: Conductances): void {
    if (this.state === REGULATING) matrix.add(this.#node, this.#node, 1 / this.#output_Ohm);
  }

  inject(into: Injections, t_ns: number): void {
    if (this.state === SOURCE_LIMIT) into.add(this.#node, this.source_A);
    else if (this.state === SINK_LIMIT) into.add(this.#node, -this.#sink_A);
    else into.add(this.#node, this.#slew.at(t_ns) / this.#output_Ohm, this.#slew.rateAt(t_ns) / this.#output_Ohm);
  }

  settle(volts: Float64Array, t_ns: number): boolean {
    // What it would deliver as a voltage source decides in every state: a limited source that would deliver less regulates again.
    // From one limit it never goes to the other at once: that would follow a guess of the iteration, not the circuit.
    const wanted_A = (this.#slew.at(t_ns) - volts[this.#node]!) / this.#output_Ohm;
    const above = wanted_A > this.source_A + 1e-9;
    const below = wanted_A < -this.#sink_A - 1e-9;
    const wanted = above && this.state !== SINK_LIMIT ? SOURCE_LIMIT : below && this.state !== SOURCE_LIMIT ? SINK_LIMIT : REGULATING;
    const changed = wanted !== this.state;
    this.state = wanted;
    return changed;
  }

  holds_ns(volts: Float64Array, rates: Float64Array, t_ns: number): number {
    const now_A = (this.#slew.at(t_ns) - volts[this.#node]!) / this.#output_Ohm;
    const rate = (this.#slew.rateAt(t_ns) - rates[this.#node]!) / this.#output_Ohm;
    const corner_ns = this.#slew.lasts_ns(t_ns);
    if (this.state === SOURCE_LIMIT) return Math.min(corner_ns, lasts_ns(now_A - this.source_A, rate));
    if (this.state === SINK_LIMIT) return Math.min(corner_ns, lasts_ns(-this.#sink_A - now_A, -rate));
    return Math.min(corner_ns, lasts_ns(this.source_A - now_A, -rate), lasts_ns(now_A + this.#sink_A, rate));
  }
}

const DROPOUT = 2;

export class RegulatorElement implements Element {
  readonly passive = false;
  state = OFF;
  readonly #from: number;
  readonly #node: number;
  readonly #voltage_V: number;
  readonly #dropout_V: number;
  readonly #output_S: number;

  constructor(from: number, node: number, values: { readonly voltage_V: number; readonly dropout_V: number; readonly output_Ohm: number }) {
    this.#from = from;
    this.#node = node;
    this.#voltage_V = values.voltage_V;
    this.#dropout_V = values.dropout_V;
    this.#output_S = 1 / values.output_Ohm;
  }

  conduct(matrix: Conductances): void {
    matrix.add(this.#node, this.#node, this.#output_S);
    if (this.state === DROPOUT) matrix.add(this.#node, this.#from, -this.#output_S);
  }

  inject(into: Injections): void {
    if (this.state === REGULATING) into.add(this.#node, this.#voltage_V * this.#output_S);
    else if (this.state === DROPOUT) into.add(this.#node, -this.#dropout_V * this.#output_S);
  }

  settle(volts: Float64Array): boolean {
    const wanted = this.#stateAt(volts[this.#from]!);
    const changed = wanted !== this.state;
    this.state = wanted;
    return changed;
  }

  holds_ns(volts: Float64Array, rates: Float64Array): number {
    const input_V = volts[this.#from]!;
    const rate = rates[this.#from]!;
    const full_V = this.#voltage_V + this.#dropout_V;
    if (this.state === REGULATING) return lasts_ns(input_V - full_V, rate);
    if (this.state === OFF) return lasts_ns(this.#dropout_V - input_V, -rate);
    return Math.min(lasts_ns(full_V - input_V, -rate), lasts_ns(input_V - this.#dropout_V, rate));
  }

  #stateAt(input_V: number): number {
    const full_V = this.#voltage_V + this.#dropout_V;
    return input_V > full_V ? REGULATING : input_V > this.#dropout_V ? DROPOUT : OFF;
  }
}
