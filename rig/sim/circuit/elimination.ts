/** Nodal equations solved by elimination: in an order that fills in little, once per matrix, and then any number of currents. */

/**
 * Elimination order by least degree: a node with few neighbours joins few of them when it goes. Most nodes of a bench are the middle of a
 * divider, so that nearly nothing is filled in. `rows` is size x size, row by row; what it has of entries counts, not their values.
 */
export const eliminationOrder = (rows: Float64Array, size: number): readonly number[] => {
  const neighbours = Array.from({ length: size }, (_, node) => {
    const of = new Set<number>();
    for (let other = 0; other < size; other += 1) {
      if (other !== node && (rows[node * size + other] !== 0 || rows[other * size + node] !== 0)) of.add(other);
    }
    return of;
  });
  const left = new Set(neighbours.keys());
  const order: number[] = [];
  while (left.size > 0) {
    let next = -1;
    for (const node of left) if (next < 0 || neighbours[node]!.size < neighbours[next]!.size) next = node;
    left.delete(next);
    order.push(next);
    for (const one of neighbours[next]!) {
      neighbours[one]!.delete(next);
      for (const other of neighbours[next]!) if (other !== one) neighbours[one]!.add(other);
    }
  }
  return order;
};

/** Entries of a triangle that are not zero, one line of it after the other. */
interface Triangle {
  /** Where the entries of a line begin; one more than there are lines. */
  readonly starts: Int32Array;
  /** Node of each entry. */
  readonly nodes: Int32Array;
  readonly values: Float64Array;
}

const triangle = (lines: readonly (readonly (readonly [node: number, value: number])[])[]): Triangle => {
  const starts = new Int32Array(lines.length + 1);
  for (const [index, line] of lines.entries()) starts[index + 1] = starts[index]! + line.length;
  const entries = lines.flat();
  return { starts, nodes: Int32Array.from(entries, ([node]) => node), values: Float64Array.from(entries, ([, value]) => value) };
};

/**
 * The factors of one matrix. No pivot is looked for: on the diagonal of a nodal matrix stands at least what the rest of its row adds up to,
 * and elimination keeps that so.
 */
export class Factors {
  readonly #order: readonly number[];
  readonly #size: number;
  /** By node in elimination order: what its equation takes away from later ones, and what it needs of them. */
  readonly #lower: Triangle;
  readonly #upper: Triangle;
  readonly #diagonal: Float64Array;
  readonly #columns: (Float64Array | undefined)[] = [];

  /** `rows` is left as it was. */
  constructor(rows: Float64Array, order: readonly number[]) {
    const size = order.length;
    const work = rows.slice();
    const lower: (readonly [number, number])[][] = [];
    const upper: (readonly [number, number])[][] = [];
    this.#order = order;
    this.#size = size;
    this.#diagonal = new Float64Array(size);
    for (const [step, node] of order.entries()) {
      const from = node * size;
      const pivot = work[from + node]!;
      const needs: (readonly [number, number])[] = [];
      const takes: (readonly [number, number])[] = [];
      for (let later = step + 1; later < size; later += 1) {
        const other = order[later]!;
        const value = work[from + other]!;
        if (value !== 0) needs.push([other, value]);
      }
      for (let later = step + 1; later < size; later += 1) {
        const other = order[later]!;
        const entry = work[other * size + node]!;
        if (entry === 0) continue;
        const factor = entry / pivot;
        takes.push([other, factor]);
        for (const [at, value] of needs) work[other * size + at] = work[other * size + at]! - factor * value;
      }
      this.#diagonal[step] = pivot;
      lower.push(takes);
      upper.push(needs);
    }
    this.#lower = triangle(lower);
    this.#upper = triangle(upper);
  }

  /** Volts at each node for the currents (or rates of them) into each. */
  solve(currents: Float64Array): Float64Array {
    const volts = currents.slice();
    const size = this.#size;
    const order = this.#order;
    const { starts, nodes, values } = this.#lower;
    for (let step = 0; step < size; step += 1) {
      const value = volts[order[step]!]!;
      if (value === 0) continue;
      for (let at = starts[step]!; at < starts[step + 1]!; at += 1) volts[nodes[at]!] = volts[nodes[at]!]! - values[at]! * value;
    }
    const upper = this.#upper;
    for (let step = size - 1; step >= 0; step -= 1) {
      const node = order[step]!;
      let value = volts[node]!;
      for (let at = upper.starts[step]!; at < upper.starts[step + 1]!; at += 1) value -= upper.values[at]! * volts[upper.nodes[at]!]!;
      volts[node] = value / this.#diagonal[step]!;
    }
    return volts;
  }

  /** Volts at each node for one ampere into `node`. */
  impedances_Ohm(node: number): Float64Array {
    const known = this.#columns[node];
    if (known !== undefined) return known;
    const current = new Float64Array(this.#size);
    current[node] = 1;
    return (this.#columns[node] = this.solve(current));
  }
}
