/** Keeps the part of the heap in which objects begin small while much is made that soon is garbage. */

import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/**
 * V8 lets its nursery grow to 64 MB, far more than the processor caches, and after each collection gives its pages back to the system, which have to be
 * had and zeroed anew: a sixth of a long check. At this size a collection comes four times as often, and finds as little to keep.
 */
const ENOUGH_bytes = 15_000_000;
/** What V8 multiplies its nursery's size by; 2 is its own. */
const grows = (factor: 1 | 2): void => setFlagsFromString(`--semi-space-growth-factor=${factor}`);

export const nursery_bytes = (): number => getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;

export class Nursery {
  #held = false;

  /** To be told now and then: from enough on it no longer grows. */
  look(): void {
    if (this.#held || nursery_bytes() < ENOUGH_bytes) return;
    this.#held = true;
    grows(1);
  }

  /** Lets it grow again. Until then V8 takes no code from its cache, as that was compiled under other flags. */
  leave(): void {
    if (this.#held) grows(2);
    this.#held = false;
  }
}
