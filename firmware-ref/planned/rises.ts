/** The ways in which PRE-ALARM, now high, may have risen, so that waits can be told apart; states that differ in nothing else are one. */

import type { Choice } from '../rules/rule.ts';

/** One way in which PRE-ALARM may have risen: when, and until when it may stay high. */
export interface Rise {
  readonly key: number;
  /** The state of the inputs that it answers to. */
  readonly seen: number;
  /** This one and no other. */
  readonly alone: Rises;
  from_us: number;
  to_us: number;
  /** Known once everywhere that it leads to is known. */
  last_us: number;
  /** Of the set that is being put together. */
  mark: number;
}

export type Rises = readonly Rise[];
export const NO_RISES: Rises = [];

/** A state that has been reached, before anything is known of how long it can hold. */
export interface Draft {
  readonly choice: Choice;
  readonly rises: Rises;
  readonly from_us: number;
}

/** Numbers the sets that are put together. */
let mark = 0;

/** Of the draft at `head` and those like it at the same instant, the rises that `before` does not have. */
export function freshRises(drafts: readonly Draft[], head: number, before: readonly Draft[]): Rises {
  const { choice, from_us, rises: first } = drafts[head]!;
  mark++;
  for (const known of before) if (known.choice.standing === choice.standing) for (const rise of known.rises) rise.mark = mark;
  const fresh: Rise[] = [];
  for (let next = head; next < drafts.length; next++) {
    const other = drafts[next]!;
    if (other.from_us !== from_us) break;
    if (other.choice.standing !== choice.standing) continue;
    for (const rise of other.rises) {
      if (rise.mark === mark) continue;
      rise.mark = mark;
      fresh.push(rise);
    }
  }
  return isSame(fresh, first) ? first : fresh;
}

function isSame(a: Rises, b: Rises): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
