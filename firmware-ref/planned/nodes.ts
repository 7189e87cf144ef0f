/** What is known of a signal over a planned timeline: states with the interval in which each can hold, and moves between levels. */

import type { Segment } from '../inputs/segments.ts';
import type { Answers } from '../rules/answers.ts';
import type { CiteId } from '../rules/cites.ts';
import type { Memo } from '../rules/rule.ts';
import type { Rises } from './rises.ts';

/** A state, and when it can hold. */
export interface Node {
  readonly seen: number;
  readonly memo: Memo;
  readonly high: boolean;
  /** Memo and level as one number. */
  readonly standing: number;
  /** What the rules let it do, by what is seen next. */
  readonly answers: Answers;
  readonly cite: CiteId;
  readonly from_us: number;
  readonly to_us: number;
  /** Of PRE-ALARM high: its rises, together where it can hold for the same time. */
  readonly parts: readonly Part[];
  /** The first state of the inputs that comes too late for it, or `NEVER`. */
  end: number;
}

/** A state after some rises: until when it can hold, and the first state of the inputs that comes too late for it. */
export interface Part {
  readonly rises: Rises;
  readonly to_us: number;
  end: number;
}

export const NO_PARTS: readonly Part[] = [];

/** An edge that may come: the one `segment` asks for. */
export interface Move {
  readonly high: boolean;
  /** Of PRE-ALARM rising: the way; else 0. */
  readonly risen: number;
  readonly segment: Segment;
  readonly cite: CiteId;
  readonly alone: boolean;
  readonly from_us: number;
  /** Grows while moves that differ in nothing else are added. */
  to_us: number;
  /** Of a trip: the rise that it counts from; else null. */
  readonly rise: number | null;
}

/** Whether both lists are of the same states of the inputs at the same times. */
export function sameNodes(a: readonly Node[], b: readonly Node[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const one = a[index]!;
    const other = b[index]!;
    if (one.seen !== other.seen || one.from_us !== other.from_us || one.to_us !== other.to_us) return false;
  }
  return true;
}
