/** The ways in which PRE-ALARM, now high, may have risen, so that waits can be told apart; states that differ in nothing else are one. */

import type { Choice } from '../rules/rule.ts';

export type Rises = readonly number[];
export const NO_RISES: Rises = [];

/** A state that has been reached, before anything is known of how long it can hold. */
export interface Draft {
  readonly choice: Choice;
  readonly rises: Rises;
  readonly from_us: number;
}

/** Of the draft at `head` and those like it at the same instant, the rises that `before` does not have. */
export function freshRises(drafts: readonly Draft[], head: number, before: readonly Draft[]): Rises {
  const { choice, from_us, rises: first } = drafts[head]!;
  let rises = first;
  for (let next = head + 1; next < drafts.length; next++) {
    const other = drafts[next]!;
    if (other.from_us !== from_us) break;
    if (other.choice.standing === choice.standing) rises = union(rises, other.rises);
  }
  for (const known of before) if (known.choice.standing === choice.standing) rises = minus(rises, known.rises);
  return rises;
}

function union(a: Rises, b: Rises): Rises {
  if (a === b) return a;
  let all: number[] | null = null;
  for (const rise of b) {
    if (a.includes(rise)) continue;
    all ??= [...a];
    all.push(rise);
  }
  return all ?? a;
}

const minus = (a: Rises, b: Rises): Rises => {
  if (a === b) return NO_RISES;
  return a.some((rise) => b.includes(rise)) ? a.filter((rise) => !b.includes(rise)) : a;
};

/** In order of time, of those at one instant the first come first; what is there already, no later, is left out. */
export function insert(drafts: Draft[], choice: Choice, rises: Rises, from_us: number): void {
  let at = drafts.length;
  for (let index = drafts.length - 1; index >= 0; index--) {
    const other = drafts[index]!;
    if (other.from_us > from_us) at = index;
    else if (other.rises === rises && other.choice.standing === choice.standing) return;
  }
  const draft: Draft = { choice, rises, from_us };
  if (at === drafts.length) drafts.push(draft);
  else drafts.splice(at, 0, draft);
}
