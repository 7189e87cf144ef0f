/** A gauge study of a bench: which reading comes next, and what the readings of each quantity say of the gauge. */

import { anova, averageAndRange, type Gauge, type GaugeAnova, type Readings } from './gauge.ts';

/** One turn: a part, by an operator or on a station, for the so-manieth time (from 1). */
export interface Turn {
  readonly part: string;
  readonly operator: string;
  readonly trial: number;
}

export interface Value {
  readonly value: number;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Taken extends Turn {
  /** Id of the run. */
  readonly run: string;
  /** By `case: name`. */
  readonly values: Readonly<Record<string, Value>>;
}

export interface Plan {
  readonly parts: readonly string[];
  readonly operators: readonly string[];
  readonly trials: number;
}

/** All turns, trial by trial and operator by operator; the parts in another order each time, so that nobody remembers what came before. `draw` is uniform in [0, 1). */
export function turnsOf({ parts, operators, trials }: Plan, draw: () => number): readonly Turn[] {
  const shuffled = (): readonly string[] =>
    parts
      .map((part) => ({ part, key: draw() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ part }) => part);
  return Array.from({ length: trials }, (_, index) => index + 1).flatMap((trial) =>
    operators.flatMap((operator) => shuffled().map((part) => ({ part, operator, trial }))),
  );
}

const isTurn = (a: Turn, b: Turn): boolean => a.part === b.part && a.operator === b.operator && a.trial === b.trial;

/** Those that have no reading yet, in their order. */
export const remaining = (turns: readonly Turn[], taken: readonly Taken[]): readonly Turn[] =>
  turns.filter((turn) => !taken.some((one) => isTurn(one, turn)));

export interface Judged {
  /** `case: name`. */
  readonly name: string;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly anova: GaugeAnova;
  /** Null where the tables of this method do not reach. */
  readonly ranges: Gauge | null;
  /** Six times the gauge's spread, in percent of what lies between the limits; null where one is missing. */
  readonly grrOfTolerance_percent: number | null;
  /** By the AIAG manual: below 10 % good, to 30 % only where nothing better can be had, above not; and five categories at least. */
  readonly verdict: 'good' | 'marginal' | 'bad' | 'unknown';
}

const GOOD_percent = 10;
const BAD_percent = 30;
const FEWEST_CATEGORIES = 5;

function verdictOf({ grr_percent, ndc }: Gauge, ofTolerance: number | null): Judged['verdict'] {
  // Parts that are all alike say nothing of how well they are told apart; the limits still do.
  const percent = ofTolerance ?? grr_percent;
  if (percent === null) return 'unknown';
  if (percent > BAD_percent) return 'bad';
  return percent < GOOD_percent && (ofTolerance !== null || ndc === null || ndc >= FEWEST_CATEGORIES) ? 'good' : 'marginal';
}

/** Only quantities that were read in every turn; the names of the others are in `missing`. Throws RangeError for fewer than two parts or trials. */
export function judgeStudy(
  plan: Plan,
  taken: readonly Taken[],
): { readonly judged: readonly Judged[]; readonly missing: readonly string[] } {
  const names = [...new Set(taken.flatMap(({ values }) => Object.keys(values)))];
  const at = (turn: Turn): Taken | undefined => taken.find((one) => isTurn(one, turn));
  const judged: Judged[] = [];
  const missing: string[] = [];
  for (const name of names) {
    const readings: Readings = plan.operators.map((operator) =>
      plan.parts.map((part) =>
        Array.from({ length: plan.trials }, (_, index) => at({ part, operator, trial: index + 1 })?.values[name]?.value ?? NaN),
      ),
    );
    if (readings.flat(2).some((value) => !Number.isFinite(value))) {
      missing.push(name);
      continue;
    }
    const { unit, low, high } = taken.find(({ values }) => values[name] !== undefined)!.values[name]!;
    const whole = anova(readings);
    let ranges: Gauge | null = null;
    try {
      ranges = averageAndRange(readings);
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
    }
    const ofTolerance = low === null || high === null || high <= low ? null : (600 * whole.grr) / (high - low);
    judged.push({
      name,
      unit,
      low,
      high,
      anova: whole,
      ranges,
      grrOfTolerance_percent: ofTolerance,
      verdict: verdictOf(whole, ofTolerance),
    });
  }
  return { judged, missing };
}
