/** The chart of single values and moving ranges (I-MR), and what on it is not by chance (the rules of Lloyd S. Nelson, Journal of Quality Technology 16, 1984). */

export interface ControlChart {
  readonly centre: number;
  readonly sigma: number;
  readonly low: number;
  readonly high: number;
  readonly ranges: readonly number[];
  readonly rangeCentre: number;
  readonly rangeHigh: number;
}

/** Of a moving range of two; source: NIST/SEMATECH e-Handbook, sections 6.3.2.1 and 6.3.2.2. */
const D2 = 1.128;
const D4 = 3.267;

/** Null for fewer than two values. The limits are three sigma wide, sigma from the ranges from one value to the next, which a slow drift leaves small. */
export function controlChart(values: readonly number[]): ControlChart | null {
  if (values.length < 2) return null;
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const ranges = values.slice(1).map((value, index) => Math.abs(value - values[index]!));
  const rangeCentre = ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
  const sigma = rangeCentre / D2;
  return { centre, sigma, low: centre - 3 * sigma, high: centre + 3 * sigma, ranges, rangeCentre, rangeHigh: D4 * rangeCentre };
}

export const RULES = {
  1: 'beyond three sigma',
  2: 'nine in a row on one side of the centre',
  3: 'six in a row, each higher or each lower than the one before',
  4: 'fourteen in a row, up and down by turns',
  5: 'two of three beyond two sigma on one side',
  6: 'four of five beyond one sigma on one side',
  7: 'fifteen in a row within one sigma',
  8: 'eight in a row beyond one sigma, on either side',
} as const;
export type RuleNumber = keyof typeof RULES;

export interface Signal {
  readonly rule: RuleNumber;
  /** Index of the value that completes the pattern. */
  readonly at: number;
}

const last = <T>(list: readonly T[], end: number, length: number): readonly T[] | null =>
  end + 1 < length ? null : list.slice(end + 1 - length, end + 1);

const sides = (test: (side: 1 | -1) => boolean): boolean => test(1) || test(-1);

/** Each value that completes a pattern, in order; nothing where there is no spread. */
export function signals(values: readonly number[], { centre, sigma }: Pick<ControlChart, 'centre' | 'sigma'>): readonly Signal[] {
  if (!(sigma > 0)) return [];
  const z = values.map((value) => (value - centre) / sigma);
  const steps = z.map((value, index) => (index === 0 ? 0 : Math.sign(value - z[index - 1]!)));
  const many = (end: number, length: number, least: number, test: (value: number) => boolean): boolean =>
    (last(z, end, length)?.filter(test).length ?? 0) >= least;
  const found = (end: number): Readonly<Record<RuleNumber, boolean>> => ({
    1: Math.abs(z[end]!) > 3,
    2: sides((side) => many(end, 9, 9, (value) => value * side > 0)),
    // Six values make five steps.
    3: end >= 5 && sides((side) => last(steps, end, 5)!.every((step) => step === side)),
    4: end >= 13 && last(steps, end, 13)!.every((step, index, list) => step !== 0 && (index === 0 || step === -list[index - 1]!)),
    5: sides((side) => z[end]! * side > 2 && many(end, 3, 2, (value) => value * side > 2)),
    6: sides((side) => z[end]! * side > 1 && many(end, 5, 4, (value) => value * side > 1)),
    7: many(end, 15, 15, (value) => Math.abs(value) < 1),
    8: many(end, 8, 8, (value) => Math.abs(value) > 1),
  });
  return values.flatMap((_, at) => {
    const hit = found(at);
    return (Object.keys(RULES).map(Number) as RuleNumber[]).filter((rule) => hit[rule]).map((rule) => ({ rule, at }));
  });
}
