/** How much room a process leaves to its limits: Cp and Cpk with confidence limits. They take the values to be normal and the process to be stable. */

import { chiSquareQuantile, normalQuantile } from './distributions.ts';
import type { Summary } from './summary.ts';

export interface Bounded {
  readonly value: number;
  /** Of a two-sided confidence interval. */
  readonly low: number;
  readonly high: number;
}

export interface Capability {
  /** Null where one of the two limits is missing. */
  readonly cp: Bounded | null;
  readonly cpk: Bounded;
}

/**
 * Null where nothing can be said: fewer than two values, no spread, no limit. Cp: exact, by the chi-square distribution of the variance; Cpk: the approximation
 * of A. F. Bissell, "How reliable is your capability index?", Applied Statistics 39 (1990). Both as in the NIST/SEMATECH e-Handbook, section 6.1.6.
 */
export function capability({ n, mean, sd }: Summary, low: number | null, high: number | null, confidence = 0.95): Capability | null {
  if (sd === null || !(sd > 0)) return null;
  const sides = [low === null ? null : (mean - low) / (3 * sd), high === null ? null : (high - mean) / (3 * sd)].filter(
    (side) => side !== null,
  );
  if (sides.length === 0) return null;
  const tail = (1 - confidence) / 2;
  const cpk = Math.min(...sides);
  const reach = normalQuantile(1 - tail) * Math.sqrt(1 / (9 * n) + cpk ** 2 / (2 * (n - 1)));
  const cp = low === null || high === null ? null : (high - low) / (6 * sd);
  const scaled = (p: number): number => cp! * Math.sqrt(chiSquareQuantile(p, n - 1) / (n - 1));
  return {
    cp: cp === null ? null : { value: cp, low: scaled(tail), high: scaled(1 - tail) },
    cpk: { value: cpk, low: cpk - reach, high: cpk + reach },
  };
}
