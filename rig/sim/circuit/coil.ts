/** A coil from a node to minus: a current that only voltage and time can change. */

import { type Conductances, type Element, type Injections, voltsAt } from './element.ts';

/** No current, and no voltage that could make one. */
const IDLE = 0;
/** The current is on its way: a source whose current follows the exponential of winding and inductance. */
const MOVING = 1;
/** It has arrived: nothing but the winding's resistance is left of the coil. */
const STEADY = 2;

/** A voltage that could only make microamperes is none. */
const WAKES_V = 0.3;
/** So near to its end the current has arrived; so far from it a steady current has to move again. */
const ARRIVED = 0.002;
const DEPARTS = 0.02;
const LEAST_A = 1e-4;
/** Straight pieces per time constant: the current of a piece is a line, off by less than a per cent of what is left. */
const PIECES = 8;

export interface CoilValues {
  readonly resistance_Ohm: number;
  readonly inductance_H: number;
}

export class CoilElement implements Element {
  readonly passive = false;
  state = IDLE;
  readonly #node: number;
  readonly #resistance_Ohm: number;
  readonly #tau_ns: number;
  /** From here on the current follows its exponential: at `#since_ns` it was `#from_A`, and it goes to `#to_A`. */
  #since_ns = 0;
  #from_A = 0;
  #to_A = 0;

  constructor(node: number, { resistance_Ohm, inductance_H }: CoilValues) {
    this.#node = node;
    this.#resistance_Ohm = resistance_Ohm;
    this.#tau_ns = (inductance_H / resistance_Ohm) * 1e9;
  }

  /** A coil conducts one way only here: its diode takes what flows when the output lets go, and ends with it. */
  currentAt(t_ns: number): number {
    const left = Math.exp(-Math.max(0, t_ns - this.#since_ns) / this.#tau_ns);
    return Math.max(0, this.#to_A + (this.#from_A - this.#to_A) * left);
  }

  conduct(matrix: Conductances): void {
    if (this.state === STEADY) matrix.add(this.#node, this.#node, 1 / this.#resistance_Ohm);
  }

  inject(into: Injections, t_ns: number): void {
    if (this.state !== MOVING) return;
    const now_A = this.currentAt(t_ns);
    into.add(this.#node, -now_A, -(this.#to_A - now_A) / this.#tau_ns);
  }

  settle(volts: Float64Array, t_ns: number): boolean {
    const node_V = voltsAt(volts, this.#node);
    const wanted_A = node_V / this.#resistance_Ohm;
    if (this.state === IDLE) {
      if (node_V <= WAKES_V) return false;
      this.#set(0, wanted_A, t_ns);
      this.state = MOVING;
      return true;
    }
    const now_A = this.currentAt(t_ns);
    if (this.state === STEADY) {
      if (Math.abs(wanted_A - now_A) <= DEPARTS * now_A + LEAST_A) return false;
      // It flows on as it did, whatever the rest of the circuit does.
      this.#set(now_A, now_A, t_ns);
      this.state = MOVING;
      return true;
    }
    if (now_A < LEAST_A && node_V <= WAKES_V) {
      this.#set(0, 0, t_ns);
      this.state = IDLE;
      return true;
    }
    if (Math.abs(wanted_A - now_A) > ARRIVED * now_A + LEAST_A / 10 || node_V <= WAKES_V) return false;
    this.#set(wanted_A, wanted_A, t_ns);
    this.state = STEADY;
    return true;
  }

  /** The voltages are found: the current follows them from here on. */
  holds_ns(volts: Float64Array, rates: Float64Array, t_ns: number): number {
    if (this.state === IDLE) return rates[this.#node]! > 0 ? Math.max(0, (WAKES_V - volts[this.#node]!) / rates[this.#node]!) : Infinity;
    const wanted_A = volts[this.#node]! / this.#resistance_Ohm;
    if (this.state === STEADY) {
      this.#set(wanted_A, wanted_A, t_ns);
      const slope = Math.abs(rates[this.#node]!) / this.#resistance_Ohm;
      return slope === 0 ? Infinity : (DEPARTS * wanted_A + LEAST_A) / slope;
    }
    const now_A = this.currentAt(t_ns);
    this.#set(now_A, wanted_A, t_ns);
    const piece_ns = this.#tau_ns / PIECES;
    // Against the diode the current ends within finite time, and must not go on below.
    return wanted_A < 0 ? Math.min(piece_ns, this.#tau_ns * Math.log((now_A - wanted_A) / (LEAST_A / 2 - wanted_A))) : piece_ns;
  }

  #set(from_A: number, to_A: number, since_ns: number): void {
    this.#from_A = from_A;
    this.#to_A = to_A;
    this.#since_ns = since_ns;
  }
}
