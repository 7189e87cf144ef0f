/** Nodal equations solved by elimination in an order that fills in little: planned once for where entries stand, then done with their values. */

/** For matrices of `size` x `size`, row by row, whose entries stand in known places. */
export class Elimination {
  readonly size: number;
  readonly order: Int32Array;
  /** Where the partners of each step begin in `partners`; one more than there are steps. */
  readonly starts: Int32Array;
  /** Nodes still there to which the node of a step is tied when it goes, by an entry either way. */
  readonly partners: Int32Array;
  /** 1 where an entry may stand. */
  readonly places: Uint8Array;

  /**
   * The node with the fewest ties goes first, since it ties its partners to each other: most nodes of a bench are the middle of a divider,
   * so that nearly nothing is filled in.
   */
  constructor(places: Uint8Array, size: number) {
    this.size = size;
    this.places = places;
    const tied = Array.from({ length: size }, () => new Set<number>());
    for (const [at, place] of places.entries()) {
      const [row, column] = [Math.floor(at / size), at % size];
      if (place === 0 || row === column) continue;
      tied[row]!.add(column);
      tied[column]!.add(row);
    }
    const left = new Set(tied.keys());
    const order: number[] = [];
    while (left.size > 0) {
      let next = -1;
      for (const node of left) if (next < 0 || tied[node]!.size < tied[next]!.size) next = node;
      left.delete(next);
      order.push(next);
      for (const one of tied[next]!) {
        tied[one]!.delete(next);
        for (const other of tied[next]!) if (other !== one) tied[one]!.add(other);
      }
    }
    this.order = Int32Array.from(order);
    this.starts = new Int32Array(size + 1);
    for (const [step, node] of order.entries()) this.starts[step + 1] = this.starts[step]! + tied[node]!.size;
    this.partners = Int32Array.from(order.flatMap((node) => [...tied[node]!]));
  }

  /** Whether all entries stand where they may. */
  covers(rows: Float64Array): boolean {
    for (let at = 0; at < rows.length; at += 1) if (rows[at] !== 0 && this.places[at] === 0) return false;
    return true;
  }
}

/** Where `rows` has entries, and where `before` allows them. */
export const placesOf = (rows: Float64Array, before: Elimination | null = null): Uint8Array =>
  Uint8Array.from(rows, (value, at) => (value !== 0 || before?.places[at] === 1 ? 1 : 0));

/** Benches differ by their values and hardly ever by what is wired to what: their plans are few, and kept. */
const plans = new Map<string, Elimination>();
const MAX_PLANS = 64;

export const eliminationOf = (places: Uint8Array, size: number): Elimination => {
  const key = Buffer.from(places.buffer).toString('latin1');
  const known = plans.get(key);
  if (known !== undefined) return known;
  const plan = new Elimination(places, size);
  if (plans.size >= MAX_PLANS) plans.clear();
  plans.set(key, plan);
  return plan;
};

/**
 * The factors of one matrix. No pivot is looked for: on the diagonal of a nodal matrix stands at least what the rest of its row adds up to,
 * and elimination keeps that so.
 */
export class Factors {
  readonly #plan: Elimination;
  /** By step: the diagonal; by partner: what the node's equation takes from the partner's, and what it needs of the partner's voltage. */
  readonly #diagonal: Float64Array;
  readonly #takes: Float64Array;
  readonly #needs: Float64Array;
  readonly #columns: (Float64Array | undefined)[] = [];

  /** `rows` is used up. */
  constructor(rows: Float64Array, plan: Elimination) {
    const { size, order, starts, partners } = plan;
    const diagonal = new Float64Array(size);
    const takes = new Float64Array(partners.length);
    const needs = new Float64Array(partners.length);
    this.#plan = plan;
    this.#diagonal = diagonal;
    this.#takes = takes;
    this.#needs = needs;
    for (let step = 0; step < size; step += 1) {
      const node = order[step]!;
      const row = node * size;
      const [from, to] = [starts[step]!, starts[step + 1]!];
      const pivot = rows[row + node]!;
      diagonal[step] = pivot;
      for (let at = from; at < to; at += 1) needs[at] = rows[row + partners[at]!]!;
      for (let at = from; at < to; at += 1) {
        const target = partners[at]! * size;
        const factor = rows[target + node]! / pivot;
        takes[at] = factor;
        if (factor === 0) continue;
        for (let by = from; by < to; by += 1) {
          const place = target + partners[by]!;
          rows[place] = rows[place]! - factor * needs[by]!;
        }
      }
    }
  }

  /** Volts at each node for the currents (or rates of them) into each. */
  solve(currents: Float64Array): Float64Array {
    const { size, order, starts, partners } = this.#plan;
    const diagonal = this.#diagonal;
    const takes = this.#takes;
    const needs = this.#needs;
    const volts = currents.slice();
    for (let step = 0; step < size; step += 1) {
      const value = volts[order[step]!]!;
      if (value === 0) continue;
      for (let at = starts[step]!; at < starts[step + 1]!; at += 1) {
        const partner = partners[at]!;
        volts[partner] = volts[partner]! - takes[at]! * value;
      }
    }
    for (let step = size - 1; step >= 0; step -= 1) {
      const node = order[step]!;
      let value = volts[node]!;
      for (let at = starts[step]!; at < starts[step + 1]!; at += 1) value -= needs[at]! * volts[partners[at]!]!;
      volts[node] = value / diagonal[step]!;
    }
    return volts;
  }

  /** Volts at each node for one ampere into `node`. */
  impedances_Ohm(node: number): Float64Array {
    const known = this.#columns[node];
    if (known !== undefined) return known;
    const current = new Float64Array(this.#plan.size);
    current[node] = 1;
    return (this.#columns[node] = this.solve(current));
  }
}
