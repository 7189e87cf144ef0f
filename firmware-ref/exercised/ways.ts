/** The ways in which a unit may have come to what it shows, each kind once. */

import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import { PAIRS, type Pair } from './unit.ts';

/** PRE-ALARM's last rise. */
export interface Rise {
  readonly at_us: Interval;
  /** The first since the supply came, or a later one. */
  readonly count: 1 | 2;
}

export interface Way {
  readonly seen: Segment;
  readonly pair: Pair;
  readonly rise: Rise | null;
}

/** So many are looked through one by one. */
const FEW = 16;
const kindOf = ({ seen, pair }: Way): number => seen.face * PAIRS + pair.number;

function risesOf(known: Map<number, Set<Rise | null>>, way: Way): Set<Rise | null> {
  const kind = kindOf(way);
  let rises = known.get(kind);
  if (rises === undefined) known.set(kind, (rises = new Set()));
  return rises;
}

/**
 * Collects ways, the first of each kind. How long ago a state was seen has no say in what comes, so states with one face are one: a pole that chatters
 * would otherwise leave as many as it has moved, each to go on to all that follow.
 */
export class Ways {
  readonly all: Way[] = [];
  /** Made for those that are many. */
  #rises: Map<number, Set<Rise | null>> | null = null;

  add(way: Way): void {
    if (!this.#has(way)) this.all.push(way);
  }

  #has(way: Way): boolean {
    if (this.all.length < FEW) {
      for (const one of this.all) if (one.rise === way.rise && kindOf(one) === kindOf(way)) return true;
      return false;
    }
    if (this.#rises === null) {
      this.#rises = new Map();
      for (const one of this.all) risesOf(this.#rises, one).add(one.rise);
    }
    const rises = risesOf(this.#rises, way);
    const { size } = rises;
    return rises.add(way.rise).size === size;
  }
}
