/** Mean and spread of a sample. */

export interface Summary {
  readonly n: number;
  readonly mean: number;
  /** Of a sample (n - 1); null for fewer than two values. */
  readonly sd: number | null;
}

/** Null for no values. */
export function summaryOf(values: readonly number[]): Summary | null {
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, sd: n < 2 ? null : Math.sqrt(squares / (n - 1)) };
}
