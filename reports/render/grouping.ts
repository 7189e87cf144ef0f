/** What belongs together on a page: differences that one drawing shows, those that only follow from others, and doubts of one kind. */

import type { Difference } from '../judge/result.ts';
import type { RecordedAttempt } from '../record.ts';
import { viewOfDifference } from './difference-text.ts';

/** Differences of one signal that the same drawing shows, in their order; groups in the order of their first. */
export function drawnTogether(differences: readonly Difference[], attempt: RecordedAttempt): readonly (readonly Difference[])[] {
  const groups = new Map<string, Difference[]>();
  for (const difference of differences) {
    const { from_us, to_us } = viewOfDifference(difference, attempt);
    // A measured value has no drawing, and stands for itself.
    const key = difference.measured === null ? `${difference.signal} ${from_us} ${to_us}` : `value ${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), difference]);
  }
  return [...groups.values()];
}

/** So many drawings of one case tell what is wrong; what comes after them is only told in words. */
export const DRAWINGS = 6;

/** Differences that stand for themselves, and those that follow from an earlier one. Where all follow, all stand. */
export function folded(differences: readonly Difference[]): {
  readonly own: readonly Difference[];
  readonly following: readonly Difference[];
} {
  const own = differences.filter(({ consequence }) => !consequence);
  return own.length === 0 ? { own: differences, following: [] } : { own, following: differences.filter(({ consequence }) => consequence) };
}

/** Texts of one kind end alike, names and numbers aside. */
const kindOf = (text: string): string =>
  /the trace holds \d+ values/.exec(text)?.[0] ??
  text
    .replaceAll(/\d+(\.\d+)?/g, '#')
    .split(' ')
    .slice(-2)
    .join(' ');
/** Fewer of a kind are told one by one. */
const MANY = 3;

/** Each text once, and of a kind that comes often only the first, with how many more there are. */
export function summedUp(texts: readonly string[]): readonly string[] {
  const kinds = Map.groupBy(new Set(texts), kindOf);
  return [...kinds.values()].flatMap((same) =>
    same.length < MANY ? same : [`${same[0]!.replace(/\.$/, '')} (and ${same.length - 1} more like it).`],
  );
}
