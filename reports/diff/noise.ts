/** When a number of one run, or of one set of runs, differs from another by more than noise. */

import { summaryOf } from '../statistics/summary.ts';
import { welch } from '../statistics/welch.ts';
import type { Reading } from './features.ts';

/** What two good units of one firmware may differ by, where it is not known that both runs were of one unit. */
export interface Spread {
  readonly relative: number;
  readonly absolute: number;
}

/** Two clocks, each within 0.5 %, and at both ends of an interval a unit that may look only every 64 ms. Source: rig/sim/BENCH.md; rig/sim/unit/firmware/clock.h. */
export const TIMING_SPREAD: Spread = { relative: 0.01, absolute: 130_000 };
/** Two runs of one unit: when it looks is another moment in each. */
export const SAME_UNIT_TIMING: Spread = { relative: 0, absolute: 65_000 };
/** Parts of a unit's own board, each within some percent. */
export const QUANTITY_SPREAD: Spread = { relative: 0.15, absolute: 0 };
export const SAME_UNIT: Spread = { relative: 0, absolute: 0 };

export interface Moved {
  readonly before: number;
  readonly after: number;
  readonly delta: number;
  /** How far off the difference itself may be: worst case for two runs, half its confidence interval for two sets. */
  readonly uncertainty: number;
  /** That this is not chance; null for two single runs, where nothing is known of chance. */
  readonly confidence: number | null;
}

/** Beyond what both are known to, and beyond what units differ by. */
export function movedSingle(a: Reading, b: Reading, spread: Spread): Moved | null {
  const delta = b.value - a.value;
  const uncertainty = a.uncertainty + b.uncertainty;
  const allowed = spread.relative * Math.max(Math.abs(a.value), Math.abs(b.value)) + spread.absolute;
  return Math.abs(delta) > uncertainty + allowed ? { before: a.value, after: b.value, delta, uncertainty, confidence: null } : null;
}

export interface Tested extends Moved {
  readonly p: number;
}

/** Null where a set has fewer than two values. */
export function testedSets(a: readonly Reading[], b: readonly Reading[]): Tested | null {
  const [before, after] = [summaryOf(a.map(({ value }) => value)), summaryOf(b.map(({ value }) => value))];
  if (before === null || after === null) return null;
  const found = welch(before, after);
  if (found === null) return null;
  const { delta, p, low, high } = found;
  return { before: before.mean, after: after.mean, delta, uncertainty: (high - low) / 2, confidence: 1 - p, p };
}

/** All differences together are found by chance no more often than this. */
export const CHANCE = 0.01;

/** Holm's procedure (1979): which of many tests hold when they are taken together. */
export function holm<T extends { readonly p: number }>(tests: readonly T[]): ReadonlySet<T> {
  const ordered = tests.toSorted((a, b) => a.p - b.p);
  const kept = ordered.findIndex(({ p }, index) => p > CHANCE / (tests.length - index));
  return new Set(kept === -1 ? ordered : ordered.slice(0, kept));
}

const logFactorial = (n: number): number => {
  let sum = 0;
  for (let k = 2; k <= n; k += 1) sum += Math.log(k);
  return sum;
};
const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/** That chance alone gives at least `b` of `of` bad ones on the second side, given as many bad ones in all (Fisher's exact test, one side). */
export function fewerThan(a: number, ofA: number, b: number, ofB: number): number {
  let total = 0;
  for (let k = b; k <= Math.min(ofB, a + b); k += 1)
    if (a + b - k <= ofA) total += Math.exp(logChoose(ofB, k) + logChoose(ofA, a + b - k) - logChoose(ofA + ofB, a + b));
  return Math.min(1, total);
}
