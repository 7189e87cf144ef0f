/** Edges by their numbers. A trace may have a million edges, whose numbers are nearly dense: then a number is a place in an array, which is ten times as quick as a map. */

import type { Edge } from '../../scenarios/contracts/trace.ts';

/** Numbers up to so many times the count of edges are looked up by place; sparser ones, and what is no number of an edge, by a map. */
const SPARSE = 4;
const NOWHERE = -1;

/** The places of numbers, -1 where there is none. */
type Places = Pick<ReadonlyMap<number, number>, 'get'>;

const isSeq = (seq: number): boolean => Number.isInteger(seq) && seq >= 0;

class DensePlaces implements Places {
  readonly #places: Int32Array;

  constructor(most: number) {
    this.#places = new Int32Array(most + 1).fill(NOWHERE);
  }

  get(seq: number): number | undefined {
    return this.#places[seq];
  }

  set(seq: number, place: number): void {
    this.#places[seq] = place;
  }
}

export class EdgesBySeq {
  readonly #edges: readonly Edge[];
  readonly #places: Places;
  /** Whether each edge has a number of its own. */
  readonly distinct: boolean;

  constructor(edges: readonly Edge[]) {
    this.#edges = edges;
    let most = 0;
    let dense = true;
    for (const { seq } of edges) {
      if (!isSeq(seq)) dense = false;
      else if (seq > most) most = seq;
    }
    const places = dense && most <= SPARSE * edges.length + 1000 ? new DensePlaces(most) : new Map<number, number>();
    let distinct = true;
    for (let place = 0; place < edges.length; place += 1) {
      const { seq } = edges[place]!;
      if ((places.get(seq) ?? NOWHERE) !== NOWHERE) distinct = false;
      places.set(seq, place);
    }
    this.#places = places;
    this.distinct = distinct;
  }

  /** Where it stands in the list; -1 where no edge has this number, the last of several that have. */
  placeOf(seq: number): number {
    return this.#places.get(seq) ?? NOWHERE;
  }

  get(seq: number): Edge | undefined {
    return this.#edges[this.placeOf(seq)];
  }
}

const known = new WeakMap<readonly Edge[], EdgesBySeq>();

/** Every part of the judge asks of the same list. */
export const bySeq = (edges: readonly Edge[]): EdgesBySeq => {
  let found = known.get(edges);
  if (found === undefined) known.set(edges, (found = new EdgesBySeq(edges)));
  return found;
};
