/** The segments of a timeline that becomes known entry by entry: what was there before is not worked out again. */

import type { Numbers } from '../parameters.ts';
import { SegmentList, segmentOf, type Segment } from './segments.ts';
import { StepList, type Happening } from './steps.ts';

export class Growing {
  readonly segments: Segment[] = [];
  readonly #end_us: number;
  readonly #numbers: Numbers;
  readonly #steps: StepList;
  #list: SegmentList;
  /** Steps that the list has. */
  #taken = 0;
  /** What `segments` was made from, before a later state could shorten the time of an earlier one. */
  readonly #made: Segment[] = [];

  constructor(end_us: number, numbers: Numbers) {
    this.#end_us = end_us;
    this.#numbers = numbers;
    this.#steps = new StepList(numbers);
    this.#list = new SegmentList(numbers);
  }

  add(happening: Happening): void {
    if (this.#steps.add(happening) >= this.#taken) return;
    this.#list = new SegmentList(this.#numbers);
    this.#taken = 0;
  }

  /** Brings `segments` up to date and gives the number of the first that is not as it was. */
  update(): number {
    const { steps } = this.#steps;
    for (; this.#taken < steps.length; this.#taken++) this.#list.add(steps[this.#taken]!);
    // A supply that is lost at the end adds a segment that must not stay in the list.
    const all = this.#list.segments;
    return this.#follow(this.#list.losesSupplyBy(this.#end_us) ? [...all, ...this.#list.lostBy(this.#end_us)] : all);
  }

  #follow(all: readonly Segment[]): number {
    const { segments } = this;
    const made = this.#made;
    // Where there are fewer than before the last one has no end any more.
    let first = all.length < segments.length ? all.length - 1 : segments.length;
    let due_us = Infinity;
    for (let index = all.length - 1; index >= 0; index--) {
      const one = all[index]!;
      // A later state that has to be seen at once leaves no time for those before it.
      due_us = Math.min(due_us, one.due_us);
      if (made[index] === one && segments[index]!.due_us === due_us) continue;
      made[index] = one;
      segments[index] = one.due_us === due_us ? one : segmentOf({ ...one, due_us });
      first = Math.min(first, index);
    }
    segments.length = all.length;
    made.length = all.length;
    return first;
  }
}
