/** What couples two signals over a planned timeline: moves beyond those of the rules. */

import type { Segment } from '../inputs/segments.ts';
import type { Choice, Memo } from '../rules/rule.ts';
import { NO_RISES, type Rise, type Rises } from './rises.ts';

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

/** The rises after which a state can hold for the same time, with what it may do after each. */
export interface Ending {
  readonly to_us: number;
  readonly rises: Rises;
  readonly owns: readonly Owns[];
}

/** `owns` of each of the rises of a state that holds until `hold_us` at most, or of the state alone where there are none. */
export function byEnd(rises: Rises, owns: readonly Owns[], hold_us: number): readonly Ending[] {
  const first_us = Math.min(hold_us, owns[0]!.until_us);
  if (owns.every(({ until_us }) => Math.min(hold_us, until_us) === first_us))
    return [{ to_us: first_us, rises: rises.length === 0 ? NO_RISES : rises, owns }];
  const endings: { readonly to_us: number; readonly rises: Rise[]; readonly owns: Owns[] }[] = [];
  for (let at = 0; at < owns.length; at++) {
    const to_us = Math.min(hold_us, owns[at]!.until_us);
    let known = endings.find((one) => one.to_us === to_us);
    if (known === undefined) endings.push((known = { to_us, rises: [], owns: [] }));
    known.rises.push(rises[at]!);
    known.owns.push(owns[at]!);
  }
  return endings;
}

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
