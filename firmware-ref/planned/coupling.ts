/** What couples two signals over a planned timeline: moves beyond those of the rules. */

import type { Segment } from '../inputs/segments.ts';
import type { Choice, Memo } from '../rules/rule.ts';

/** A move without a change of the inputs. */
export interface Own {
  readonly choice: Choice;
  readonly rise: number;
  readonly from_us: number;
  readonly to_us: number;
}

/** What a state may do while it holds: of each move the part that lies within that time. */
export interface Owns {
  readonly moves: readonly Own[];
  /** Until when the state can hold because of them. */
  readonly until_us: number;
}

export const NO_OWNS: Owns = { moves: [], until_us: Infinity };

export interface Coupling {
  readonly concerns: (memo: Memo, high: boolean, segment: Segment) => boolean;
  /** Asked for states that it concerns; `rise` is 0 where PRE-ALARM is not high. */
  readonly owns: (from_us: number, to_us: number, segment: Segment, rise: number) => Owns;
  /** False where it says the same of a state of the inputs as the coupling did that it takes the place of. */
  readonly differs: (segment: Segment) => boolean;
}

export const UNCOUPLED: Coupling = { concerns: () => false, owns: () => NO_OWNS, differs: () => true };

/** Whether both mean the same for a state that holds from `from_us` to `to_us`. */
export function sameOwns(a: Owns, b: Owns, from_us: number, to_us: number): boolean {
  if (a === b) return true;
  if (a.until_us !== b.until_us) return false;
  if (a.moves === b.moves) return true;
  let next = 0;
  const step = (): Own | undefined => {
    for (; next < b.moves.length; next++) if (isWithin(b.moves[next]!, from_us, to_us)) return b.moves[next++];
    return undefined;
  };
  for (const one of a.moves) {
    if (!isWithin(one, from_us, to_us)) continue;
    const other = step();
    if (other === undefined || one.rise !== other.rise || one.choice !== other.choice) return false;
    if (Math.max(one.from_us, from_us) !== Math.max(other.from_us, from_us)) return false;
    if (Math.min(one.to_us, to_us) !== Math.min(other.to_us, to_us)) return false;
  }
  return step() === undefined;
}

/** Whether any of it lies within that time. */
export const isWithin = (one: Own, from_us: number, to_us: number): boolean => Math.max(one.from_us, from_us) <= Math.min(one.to_us, to_us);
