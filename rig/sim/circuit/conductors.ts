/** Parts that are a conductance or none: resistors, switches (with the current limit of a high-side switch), diodes. */

import { type Conductances, type Element, type Injections, lasts_ns, voltsAt } from './element.ts';

export class ResistorElement implements Element {
  readonly passive = true;
  readonly state = 0;
  readonly #a: number;
  readonly #b: number;
  readonly #conductance_S: number;

  constructor(a: number, b: number, resistance_Ohm: number) {
    this.#a = a;
    this.#b = b;
    this.#conductance_S = 1 / resistance_Ohm;
  }

  conduct(matrix: Conductances): void {
    matrix.between(this.#a, this.#b, this.#conductance_S);
  }
  inject(): void {}
  settle(): boolean {
    return false;
  }
  holds_ns(): number {
    return Infinity;
  }
}

const OPEN = 0;
const CLOSED = 1;
const LIMITING = 2;

export interface SwitchValues {
  readonly on_Ohm: number;
  readonly off_Ohm: number;
  readonly limit_A: number | null;
}

export class SwitchElement implements Element {
  readonly passive = false;
  readonly obedient: boolean;
  state = OPEN;
  readonly #a: number;
  readonly #b: number;
  readonly #values: SwitchValues;

  constructor(a: number, b: number, values: SwitchValues) {
    this.#a = a;
    this.#b = b;
    this.#values = values;
    this.obedient = values.limit_A === null;
  }

  set(closed: boolean): void {
    this.state = closed ? CLOSED : OPEN;
  }

  conduct(matrix: Conductances): void {
    matrix.between(this.#a, this.#b, 1 / (this.state === CLOSED ? this.#values.on_Ohm : this.#values.off_Ohm));
  }

  inject(into: Injections): void {
    if (this.state !== LIMITING) return;
    into.add(this.#a, -this.#values.limit_A!);
    into.add(this.#b, this.#values.limit_A!);
  }

  settle(volts: Float64Array): boolean {
    if (this.state === OPEN || this.#values.limit_A === null) return false;
    const excess_V = this.#across(volts) - this.#limit_V();
    const wanted = excess_V > 1e-9 ? LIMITING : excess_V < -1e-9 ? CLOSED : this.state;
    const changed = wanted !== this.state;
    this.state = wanted;
    return changed;
  }

  holds_ns(volts: Float64Array, rates: Float64Array): number {
    if (this.state === OPEN || this.#values.limit_A === null) return Infinity;
    const room_V = this.#limit_V() - this.#across(volts);
    const rate = this.#across(rates);
    return this.state === CLOSED ? lasts_ns(room_V, -rate) : lasts_ns(-room_V, rate);
  }

  #limit_V(): number {
    return this.#values.limit_A! * this.#values.on_Ohm;
  }
  #across(volts: Float64Array): number {
    return voltsAt(volts, this.#a) - voltsAt(volts, this.#b);
  }
}

/**
 * A closed diode opens where its current turns round: at 0.1 Ohm a leakage of 1 nA is 0.1 nV. With a wider margin a node that only leaks,
 * because what pulled it was taken away, stayed clamped for ever, in steps of the shortest time there is.
 */
const OPENS_V = 1e-12;
const CLOSES_V = 1e-9;

export class DiodeElement implements Element {
  readonly passive = false;
  state = OPEN;
  readonly #anode: number;
  readonly #cathode: number;
  readonly #forward_V: number;
  readonly #conductance_S: number;

  constructor(anode: number, cathode: number, forward_V: number, on_Ohm: number) {
    this.#anode = anode;
    this.#cathode = cathode;
    this.#forward_V = forward_V;
    this.#conductance_S = 1 / on_Ohm;
  }

  conduct(matrix: Conductances): void {
    if (this.state === CLOSED) matrix.between(this.#anode, this.#cathode, this.#conductance_S);
  }

  inject(into: Injections): void {
    if (this.state === OPEN) return;
    into.add(this.#anode, this.#forward_V * this.#conductance_S);
    into.add(this.#cathode, -this.#forward_V * this.#conductance_S);
  }

  settle(volts: Float64Array): boolean {
    const excess_V = this.#across(volts) - this.#forward_V;
    const wanted = excess_V > CLOSES_V ? CLOSED : excess_V < -OPENS_V ? OPEN : this.state;
    const changed = wanted !== this.state;
    this.state = wanted;
    return changed;
  }

  holds_ns(volts: Float64Array, rates: Float64Array): number {
    const room_V = this.#forward_V - this.#across(volts);
    const rate = this.#across(rates);
    return this.state === OPEN ? lasts_ns(room_V, -rate) : lasts_ns(-room_V, rate);
  }

  #across(volts: Float64Array): number {
    return voltsAt(volts, this.#anode) - voltsAt(volts, this.#cathode);
  }
}
