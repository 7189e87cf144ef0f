/** A slow drift, as an exponentially weighted moving average shows it long before a single value is out of its limits. */

export interface Drift {
  readonly averages: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Index of the first value whose average is beyond the limits; null: none is. */
  readonly first: number | null;
  /** Of the last average. */
  readonly now: 'low' | 'high' | null;
}

const WEIGHT = 0.3;
const WIDTH = 3;

/** Around `target` with the spread `sigma` of a stable process. Source: NIST/SEMATECH e-Handbook, section 6.3.2.4. Null where there is no spread. */
export function drift(values: readonly number[], target: number, sigma: number, weight = WEIGHT): Drift | null {
  if (!(sigma > 0) || values.length === 0) return null;
  let average = target;
  const averages = values.map((value) => (average = weight * value + (1 - weight) * average));
  const reach = WIDTH * Math.sqrt(weight / (2 - weight)) * sigma;
  const [low, high] = [target - reach, target + reach];
  const out = averages.findIndex((one) => one < low || one > high);
  return { averages, low, high, first: out === -1 ? null : out, now: average < low ? 'low' : average > high ? 'high' : null };
}
