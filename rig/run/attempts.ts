/** Which attempts at a case may be followed by another: those that rig or link spoilt before anything was learnt about the unit. */

import type { CaseResult } from '../../reports/judge/result.ts';

/**
 * Broken, and by the bench's doing. Not where the spoilt attempt shows a difference of the unit all the same: a second attempt that passes
 * would make it disappear. Neither an inconclusive one: repeating a value at its limit until it passes is no measurement.
 */
export const isSpoilt = ({ verdict, blame, differences }: CaseResult): boolean =>
  verdict === 'broken' && (blame === 'rig' || blame === 'link') && !differences.some((one) => one.blame === 'unit');

/** Attempts in order, at least one; the last one is not spoilt, or there may be no more. */
export const attemptUpTo = async <T>(
  most: number,
  once: (attempt: number) => Promise<T>,
  resultOf: (attempt: T) => CaseResult,
  mayGoOn: () => boolean = () => true,
): Promise<readonly [T, ...T[]]> => {
  const attempts: [T, ...T[]] = [await once(1)];
  while (attempts.length < most && isSpoilt(resultOf(attempts.at(-1)!)) && mayGoOn()) attempts.push(await once(attempts.length + 1));
  return attempts;
};
