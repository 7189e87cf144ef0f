/** How long after one entry another comes at least, where both hang on the same edge and neither instant is known well. */

import type { Timeline, When } from '../../scenarios/contracts/timeline.ts';
import { ANY_TIME, type Interval } from '../inputs/steps.ts';

/** Stands for the end of the case among its entries. */
export const END = '';

type Instants = Readonly<Record<string, Interval>>;

const parentOf = (when: When | undefined): { readonly entry: string; readonly delay_us: number } | null => {
  if (when === undefined || when.kind === 'at') return null;
  return { entry: when.kind === 'afterEdge' ? when.armedBy : when.entry, delay_us: when.delay_us };
};

export class Apart {
  readonly #instants: Instants;
  readonly #end_us: Interval;
  readonly #whens = new Map<string, When>();

  constructor({ entries, end, endBounds_us }: Timeline, instants: Instants) {
    for (const { id, when } of entries) this.#whens.set(id, when);
    this.#whens.set(END, end);
    const hung = end.kind === 'afterEntry' ? instants[end.entry] : undefined;
    const delay_us = end.kind === 'at' ? 0 : end.delay_us;
    this.#end_us = hung === undefined ? endBounds_us : [hung[0] + delay_us, hung[1] + delay_us];
    this.#instants = instants;
  }

  at_us(entry: string): Interval {
    return entry === END ? this.#end_us : (this.#instants[entry] ?? ANY_TIME);
  }

  /** Never more than what is sure. */
  least_us(earlier: string, later: string): number {
    const known = this.at_us(later)[0] - this.at_us(earlier)[1];
    const exact = this.#exact(earlier);
    let sum_us = 0;
    for (let entry = later; ;) {
      const offset = exact.get(entry);
      if (offset !== undefined) return Math.max(known, sum_us - offset);
      const parent = parentOf(this.#whens.get(entry));
      if (parent === null) return known;
      sum_us += parent.delay_us;
      entry = parent.entry;
    }
  }

  /** The entry and those it hangs on without an edge between, with how long it comes after each. */
  #exact(entry: string): ReadonlyMap<string, number> {
    const found = new Map([[entry, 0]]);
    let offset_us = 0;
    for (let when = this.#whens.get(entry); when?.kind === 'afterEntry'; when = this.#whens.get(when.entry)) {
      offset_us += when.delay_us;
      found.set(when.entry, offset_us);
    }
    return found;
  }
}
