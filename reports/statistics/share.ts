/** A share with its confidence interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927). */

import { normalQuantile } from './distributions.ts';

export interface SharedOut {
  readonly passed: number;
  readonly of: number;
  /** Null where there was nothing. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export function shareOf(passed: number, of: number, confidence = 0.95): SharedOut {
  if (of === 0) return { passed, of, share: null, low: null, high: null };
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = passed / of;
  const middle = share + z ** 2 / (2 * of);
  const reach = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const scale = 1 + z ** 2 / of;
  return { passed, of, share, low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}
