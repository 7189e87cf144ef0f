/** LOAD and PRE-ALARM over a planned timeline: waits that may run, trips that may end them, worked out in turn until both agree. */

import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import type { Coupling } from './coupling.ts';
import { changedRuns, endsOf, NO_ENDS, preCoupling, type Ends } from './ends.ts';
import { Reach } from './reach.ts';
import { loadCoupling, NO_WAITS, sameWaits, waitsOf, type Waits } from './waits.ts';

export class Pair {
  readonly load: Reach;
  readonly preAlarm: Reach;
  readonly #numbers: Numbers;
  /** What each was worked out from. */
  #waits: Waits = NO_WAITS;
  #ends: Ends = NO_ENDS;
  #loadCoupling: Coupling | null = null;
  #preCoupling: Coupling;
  #settled = true;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
    this.load = new Reach('load', numbers);
    this.preAlarm = new Reach('preAlarm', numbers);
    this.#preCoupling = preCoupling(NO_ENDS, []);
  }

  get complete(): boolean {
    return this.#settled && this.load.complete && this.preAlarm.complete;
  }

  /** Brings both up to date where segments from `first` on are not as they were. */
  update(segments: readonly Segment[], first: number): void {
    const { load, preAlarm } = this;
    let changed = first;
    // Each trip may change what comes after it, so at most as many rounds are needed as there can be trips.
    for (let round = 0; round < segments.length + 2; round++) {
      const isNew = preAlarm.update(segments, changed, this.#preCoupling) < segments.length;
      const waits = isNew || this.#loadCoupling === null ? waitsOf(preAlarm) : this.#waits;
      if (this.#loadCoupling === null || (waits !== this.#waits && !sameWaits(waits, this.#waits)))
        this.#loadCoupling = loadCoupling(waits, segments, this.#numbers);
      this.#waits = waits;
      const renewed = load.update(segments, changed, this.#loadCoupling);
      changed = segments.length;
      const was = this.#ends;
      const ends = renewed < segments.length ? endsOf(load, was, renewed, this.#numbers) : was;
      this.#ends = ends;
      const runs = ends === was ? [] : changedRuns(was, ends);
      this.#settled = runs.length === 0;
      if (this.#settled) return;
      this.#preCoupling = preCoupling(ends, runs);
    }
  }
}
