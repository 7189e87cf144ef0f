/** Node voltages from parts: nodal analysis, the states of the piecewise-linear parts found by iteration, factors kept per set of states. */

import { RigError } from '../../error.ts';
import { Conductances, type Element, Injections } from './element.ts';
import { type Elimination, eliminationOf, Factors, placesOf } from './elimination.ts';

/** From each node to minus, so that a node on open switches only still has a voltage. */
const LEAKAGE_S = 1e-12;
const MAX_ITERATIONS = 60;
/** Above this many sweeps parts change state one at a time, which ends a dispute between two of them. */
const SWEEPS_TOGETHER = 20;
/** A case meets a few dozen sets of states; the factors of 60 nodes are a few kilobytes. */
const MAX_FACTORS = 512;

export interface Solution {
  readonly volts: Float64Array;
  /** V/ns. */
  readonly rates: Float64Array;
  /** Of its set of states: impedances as well. */
  readonly factors: Factors;
  /** How long the solution goes on along its rates. */
  readonly holds_ns: number;
}

export class Network {
  readonly size: number;
  readonly #active: readonly Element[];
  readonly #injections: Injections;
  readonly #characters: Uint16Array;
  readonly #factors = new Map<string, Factors>();
  /** Leakages, and the parts that never change. */
  readonly #still: Conductances;
  /** Used up by each elimination. */
  readonly #matrix: Conductances;
  #plan: Elimination;
  /** Solutions computed so far: what the circuit costs. */
  solutions = 0;

  constructor(size: number, elements: readonly Element[]) {
    this.size = size;
    this.#active = elements.filter(({ passive }) => !passive);
    this.#injections = new Injections(size);
    this.#characters = new Uint16Array(Math.ceil(this.#active.length / 4));
    this.#still = new Conductances(size);
    for (let node = 0; node < size; node += 1) this.#still.add(node, node, LEAKAGE_S);
    for (const element of elements) if (element.passive) element.conduct(this.#still);
    this.#matrix = new Conductances(size);
    this.#plan = eliminationOf(placesOf(this.#still.rows), size);
  }

  solve(t_ns: number): Solution {
    this.solutions += 1;
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
      const factors = this.#factored();
      this.#injections.clear();
      for (const element of this.#active) element.inject(this.#injections, t_ns);
      const volts = factors.solve(this.#injections.current);
      if (this.#settle(volts, t_ns, iteration < SWEEPS_TOGETHER)) continue;
      const rates = factors.solve(this.#injections.rate);
      let holds_ns = Infinity;
      for (const element of this.#active) holds_ns = Math.min(holds_ns, element.holds_ns(volts, rates, t_ns));
      return { volts, rates, factors, holds_ns };
    }
    throw new RigError('simulationStuck', `the circuit finds no state for its parts at ${t_ns} ns`, {
      hint: 'Look for a defect that puts two sources on one node.',
    });
  }

  #settle(volts: Float64Array, t_ns: number, together: boolean): boolean {
    let changed = false;
    for (const element of this.#active) {
      if (!element.settle(volts, t_ns)) continue;
      if (!together) return true;
      changed = true;
    }
    return changed;
  }

  /** The states of all parts as a short text, four to a character. */
  #states(): string {
    const characters = this.#characters.fill(0);
    for (let index = 0; index < this.#active.length; index += 1) {
      const at = index >> 2;
      characters[at] = (characters[at]! << 4) | this.#active[index]!.state;
    }
    return String.fromCharCode(...characters);
  }

  #factored(): Factors {
    const key = this.#states();
    const known = this.#factors.get(key);
    if (known !== undefined) return known;
    const matrix = this.#matrix;
    matrix.rows.set(this.#still.rows);
    for (const element of this.#active) element.conduct(matrix);
    // A diode that conducts for the first time ties two nodes that were not tied before.
    if (!this.#plan.covers(matrix.rows)) this.#plan = eliminationOf(placesOf(matrix.rows, this.#plan), this.size);
    const factors = new Factors(matrix.rows, this.#plan);
    if (this.#factors.size >= MAX_FACTORS) this.#factors.clear();
    this.#factors.set(key, factors);
    return factors;
  }
}
