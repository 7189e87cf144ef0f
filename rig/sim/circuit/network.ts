/** Node voltages from parts: nodal analysis, the states of the piecewise-linear parts found by iteration, factors kept per set of states. */

import { RigError } from '../../error.ts';
import { Conductances, type Element, Injections } from './element.ts';
import { type Elimination, eliminationOf, Factors, placesOf } from './elimination.ts';
import { StateMap } from './state-map.ts';

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
  /** True while any voltage moves. */
  readonly moves: boolean;
  /** Of its set of states: impedances as well. */
  readonly factors: Factors;
  /** How long the solution goes on along its rates. */
  readonly holds_ns: number;
}

export class Network {
  readonly size: number;
  readonly #active: readonly Element[];
  /** Those of them that force something or change state by themselves. */
  readonly #lively: readonly Element[];
  readonly #injections: Injections;
  readonly #factors: StateMap<Factors>;
  /** Leakages, and the parts that never change. */
  readonly #still: Conductances;
  /** Used up by each elimination. */
  readonly #matrix: Conductances;
  /** By part and state: 1 where the plan has been found to have room for it. */
  readonly #covered: Uint8Array;
  /** Where nothing moves. */
  readonly #rest: Float64Array;
  #plan: Elimination;
  /** Solutions computed so far: what the circuit costs. */
  solutions = 0;

  constructor(size: number, elements: readonly Element[]) {
    this.size = size;
    this.#active = elements.filter(({ passive }) => !passive);
    this.#lively = this.#active.filter(({ obedient }) => obedient !== true);
    this.#injections = new Injections(size);
    this.#factors = new StateMap(this.#active.length, MAX_FACTORS);
    this.#covered = new Uint8Array(this.#active.length << 4);
    this.#rest = new Float64Array(size);
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
      const injections = this.#injections;
      injections.clear();
      for (const element of this.#lively) element.inject(injections, t_ns);
      const volts = factors.solve(injections.current);
      if (this.#settle(volts, t_ns, iteration < SWEEPS_TOGETHER)) continue;
      const rates = injections.moves ? factors.solve(injections.rate) : this.#rest;
      let holds_ns = Infinity;
      for (const element of this.#lively) holds_ns = Math.min(holds_ns, element.holds_ns(volts, rates, t_ns));
      return { volts, rates, moves: injections.moves && rates.some((rate) => rate !== 0), factors, holds_ns };
    }
    throw new RigError('simulationStuck', `the circuit finds no state for its parts at ${t_ns} ns`, {
      hint: 'Look for a defect that puts two sources on one node.',
    });
  }

  #settle(volts: Float64Array, t_ns: number, together: boolean): boolean {
    let changed = false;
    for (const element of this.#lively) {
      if (!element.settle(volts, t_ns)) continue;
      if (!together) return true;
      changed = true;
    }
    return changed;
  }

  #factored(): Factors {
    const active = this.#active;
    const { states } = this.#factors;
    for (let index = 0; index < active.length; index += 1) states[index] = active[index]!.state;
    const known = this.#factors.get();
    if (known !== undefined) return known;
    const matrix = this.#matrix;
    matrix.rows.set(this.#still.rows);
    for (const element of active) element.conduct(matrix);
    // A diode that conducts for the first time ties two nodes that were not tied before.
    if (!this.#isCovered(states) && !this.#plan.covers(matrix.rows))
      this.#plan = eliminationOf(placesOf(matrix.rows, this.#plan), this.size);
    const factors = new Factors(matrix.rows, this.#plan);
    this.#factors.set(factors);
    return factors;
  }

  /** Whether each part has conducted in its state before, so that the plan has its places; it has from now on. */
  #isCovered(states: Uint8Array): boolean {
    const covered = this.#covered;
    let all = true;
    for (let index = 0; index < states.length; index += 1) {
      const at = (index << 4) | states[index]!;
      if (covered[at] === 0) all = false;
      covered[at] = 1;
    }
    return all;
  }
}
