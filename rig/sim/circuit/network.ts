/** Node voltages from parts: nodal analysis, the states of the piecewise-linear parts found by iteration, inverses kept per set of states. */

import { RigError } from '../../error.ts';
import { Conductances, type Element, Injections } from './element.ts';
import { inverted } from './invert.ts';

/** From each node to minus, so that a node on open switches only still has a voltage. */
const LEAKAGE_S = 1e-12;
const MAX_ITERATIONS = 60;
/** Above this many sweeps parts change state one at a time, which ends a dispute between two of them. */
const SWEEPS_TOGETHER = 20;
/** A case meets a few dozen sets of states; an inverse of 40 nodes is 13 KB. */
const MAX_INVERSES = 512;

export interface Solution {
  readonly volts: Float64Array;
  /** V/ns. */
  readonly rates: Float64Array;
  /** Volts at row node per ampere into column node, row by row. */
  readonly impedances_Ohm: Float64Array;
  /** How long the solution goes on along its rates. */
  readonly holds_ns: number;
}

export class Network {
  readonly size: number;
  readonly #elements: readonly Element[];
  readonly #active: readonly Element[];
  readonly #injections: Injections;
  readonly #inverses = new Map<string, Float64Array>();
  /** Solutions computed so far: what the circuit costs. */
  solutions = 0;

  constructor(size: number, elements: readonly Element[]) {
    this.size = size;
    this.#elements = elements;
    this.#active = elements.filter(({ passive }) => !passive);
    this.#injections = new Injections(size);
  }

  solve(t_ns: number): Solution {
    this.solutions += 1;
    for (let iteration = 0; iteration < MAX_ITERATIONS; iteration += 1) {
      const impedances_Ohm = this.#impedances();
      this.#injections.clear();
      for (const element of this.#active) element.inject(this.#injections, t_ns);
      const volts = product(impedances_Ohm, this.#injections.current);
      if (this.#settle(volts, t_ns, iteration < SWEEPS_TOGETHER)) continue;
      const rates = product(impedances_Ohm, this.#injections.rate);
      let holds_ns = Infinity;
      for (const element of this.#active) holds_ns = Math.min(holds_ns, element.holds_ns(volts, rates, t_ns));
      return { volts, rates, impedances_Ohm, holds_ns };
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

  #impedances(): Float64Array {
    let key = '';
    for (const element of this.#active) key += element.state;
    const known = this.#inverses.get(key);
    if (known !== undefined) return known;
    const matrix = new Conductances(this.size);
    for (let node = 0; node < this.size; node += 1) matrix.add(node, node, LEAKAGE_S);
    for (const element of this.#elements) element.conduct(matrix);
    const inverse = inverted(matrix.rows, this.size);
    if (this.#inverses.size >= MAX_INVERSES) this.#inverses.clear();
    this.#inverses.set(key, inverse);
    return inverse;
  }
}

/** Matrix by vector; most currents are zero. */
const product = (matrix: Float64Array, vector: Float64Array): Float64Array => {
  const size = vector.length;
  const result = new Float64Array(size);
  for (let column = 0; column < size; column += 1) {
    const factor = vector[column]!;
    if (factor === 0) continue;
    for (let row = 0, at = column; row < size; row += 1, at += size) result[row] = result[row]! + matrix[at]! * factor;
  }
  return result;
};
