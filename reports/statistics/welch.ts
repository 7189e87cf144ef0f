/** Whether two samples differ in their means by more than chance, where their spreads need not be the same (B. L. Welch, Biometrika 34, 1947). */

import { tQuantile, tTwoSided } from './distributions.ts';
import type { Summary } from './summary.ts';

export interface Compared {
  /** Mean of the second less that of the first. */
  readonly delta: number;
  readonly t: number;
  readonly dof: number;
  /** That chance alone gives as much. */
  readonly p: number;
  /** Of the difference. */
  readonly low: number;
  readonly high: number;
}

/** Null where one has fewer than two values. Without any spread only equal means are the same. */
export function welch(a: Summary, b: Summary, confidence = 0.95): Compared | null {
  if (a.sd === null || b.sd === null) return null;
  const delta = b.mean - a.mean;
  const [va, vb] = [a.sd ** 2 / a.n, b.sd ** 2 / b.n];
  const error = Math.sqrt(va + vb);
  if (error === 0)
    return { delta, t: delta === 0 ? 0 : Math.sign(delta) * Infinity, dof: a.n + b.n - 2, p: delta === 0 ? 1 : 0, low: delta, high: delta };
  const dof = (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1));
  const t = delta / error;
  const reach = tQuantile(1 - (1 - confidence) / 2, dof) * error;
  return { delta, t, dof, p: tTwoSided(t, dof), low: delta - reach, high: delta + reach };
}
