/** Hypotheses gathered without repeating one, and what a hypothesis has led to already: many at once cost each its own look, not one at all the others. */

import type { Segment } from './inputs/segments.ts';
import type { Answers } from './rules/answers.ts';
import { standing, STANDINGS, type Memo } from './rules/rule.ts';

/** The unit has seen everything up to `seen`, or skipped it, and its output should be `high`. */
export interface Hypothesis {
  readonly seen: number;
  readonly memo: Memo;
  readonly high: boolean;
  /** Memo and level as one number. */
  readonly standing: number;
  /** It cannot last longer than this, whatever the inputs do. */
  readonly until_us: number;
}

export const hypothesisOf = (seen: number, memo: Memo, high: boolean, until_us = Infinity): Hypothesis => ({
  seen,
  memo,
  high,
  standing: standing(memo, high),
  until_us,
});

/** Up to so many a list is looked through faster than an index is kept. */
export const FEW = 16;

/** In the order in which they came, each once; of those that differ only in until when they may last, the one that lasts longest can do all that the others can. */
export class Hypotheses {
  readonly all: Hypothesis[] = [];
  /** By what it has seen and its standing: until when one may last. */
  #latest_us: Map<number, number> | null = null;
  #ends = false;

  /** Whether one is there that can do all that such a one can. */
  has(seen: number, own: number, until_us: number): boolean {
    const { all } = this;
    if (all.length > FEW) return (this.#index().get(seen * STANDINGS + own) ?? -Infinity) >= until_us;
    for (let index = all.length - 1; index >= 0; index--) {
      const other = all[index]!;
      if (other.seen === seen && other.standing === own && other.until_us >= until_us) return true;
    }
    return false;
  }

  /** One of which `has` says no. */
  push(one: Hypothesis): void {
    this.all.push(one);
    if (one.until_us !== Infinity) this.#ends = true;
    this.#latest_us?.set(one.seen * STANDINGS + one.standing, one.until_us);
  }

  add(one: Hypothesis): void {
    if (!this.has(one.seen, one.standing, one.until_us)) this.push(one);
  }

  /** Without those that a later one can stand for. */
  get lasting(): readonly Hypothesis[] {
    if (!this.#ends) return this.all;
    const latest_us = this.#index();
    return this.all.filter((one) => one.until_us === latest_us.get(one.seen * STANDINGS + one.standing));
  }

  #index(): Map<number, number> {
    return (this.#latest_us ??= new Map(this.all.map((one) => [one.seen * STANDINGS + one.standing, one.until_us])));
  }
}

export function distinct(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const kept = new Hypotheses();
  for (const one of hypotheses) kept.add(one);
  return kept.lasting;
}

/** R1: after it any state may be seen next. */
export const isOpen = ({ kind, changed }: Segment): boolean => kind !== 'between' || changed === 0;

/** From here on any state may be seen next after `seen`: one write passes through its parts in one order only. */
function openFrom(segments: readonly Segment[], seen: number): number {
  const own = segments[seen]!;
  let next = seen + 1;
  if (isOpen(own)) return next;
  while (next < segments.length && segments[next]!.kind === 'between' && segments[next]!.write === own.write) next++;
  return next;
}

/**
 * Hypotheses with the same answers lead to the same from any later state on: whoever has seen less goes through what lies between, whoever has seen
 * more has nothing to add.
 */
export class Covered {
  readonly #segments: readonly Segment[];
  /** By the answers, then by until when the hypothesis may last, where it passes that on. */
  readonly #ends = new Map<Answers, Map<number, number>>();

  constructor(segments: readonly Segment[]) {
    this.#segments = segments;
  }

  /** The first state that need not be looked at, at most `end`; from now on those after `from` need not be, either. */
  next(known: Answers, { seen, memo, until_us }: Hypothesis, end: number): number {
    let ends = this.#ends.get(known);
    if (ends === undefined) this.#ends.set(known, (ends = new Map()));
    const key = memo === 'tripping' ? until_us : Infinity;
    const covered = ends.get(key) ?? Infinity;
    const open = openFrom(this.#segments, seen);
    if (open < covered) ends.set(key, open);
    return Math.min(covered, end);
  }
}
