/** What is known of a signal over a planned timeline: states with the interval in which each can hold, moves between levels, and what couples two signals. */

import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import type { CiteId } from '../rules/cites.ts';
import type { Choice, Memo } from '../rules/rule.ts';
import type { Rises } from './rises.ts';

/** A state, and when it can hold. */
export interface Node {
  readonly seen: number;
  readonly memo: Memo;
  readonly high: boolean;
  readonly rises: Rises;
  readonly cite: CiteId;
  readonly from_us: number;
  readonly to_us: number;
}

/** An edge that may come: the one `segment` asks for. */
export interface Move {
  readonly high: boolean;
  /** Of PRE-ALARM rising: the way; else 0. */
  readonly risen: number;
  readonly segment: Segment;
  readonly cite: CiteId;
  readonly alone: boolean;
  readonly from_us: number;
  readonly to_us: number;
  /** Of a trip: the rise that it counts from; else null. */
  readonly rise: number | null;
}

/** A move without a change of the inputs. */
export interface Own {
  readonly choice: Choice;
  readonly window_us: Interval;
  readonly rise: number | null;
}

export interface Owns {
  readonly moves: readonly Own[];
  /** Until when the state can hold because of them. */
  readonly until_us: number;
}

export const NO_OWNS: Owns = { moves: [], until_us: Infinity };

/** Moves beyond those of the rules. */
export interface Coupling {
  readonly concerns: (memo: Memo, high: boolean, segment: Segment) => boolean;
  /** Asked for states that it concerns; `rise` is 0 where PRE-ALARM is not high. */
  readonly owns: (from_us: number, to_us: number, segment: Segment, rise: number) => Owns;
}

export const UNCOUPLED: Coupling = { concerns: () => false, owns: () => NO_OWNS };

export function sameOwns(a: Owns, b: Owns): boolean {
  if (a === b) return true;
  if (a.until_us !== b.until_us || a.moves.length !== b.moves.length) return false;
  for (let index = 0; index < a.moves.length; index++) {
    const [one, other] = [a.moves[index]!, b.moves[index]!];
    if (one.rise !== other.rise || one.choice !== other.choice) return false;
    if (one.window_us[0] !== other.window_us[0] || one.window_us[1] !== other.window_us[1]) return false;
  }
  return true;
}
