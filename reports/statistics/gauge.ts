/** How much of the spread of measured values is the gauge's own: a study of parts, operators and trials by analysis of variance and by averages and ranges (AIAG, "Measurement Systems Analysis", 4th edition, 2010). */

import { fAbove } from './distributions.ts';
import { summaryOf } from './summary.ts';

/** One reading for each part, operator and trial: `values[operator][part][trial]`. */
export type Readings = readonly (readonly (readonly number[])[])[];

/** Standard deviations; the squares add up. */
export interface Gauge {
  /** Repeatability: the same part by the same operator again. */
  readonly ev: number;
  /** Reproducibility: between operators. */
  readonly av: number;
  /** Operators that differ from part to part; 0 where it was pooled, or the method does not know it. */
  readonly interaction: number;
  readonly grr: number;
  readonly pv: number;
  readonly tv: number;
  /** Percent of the total spread; null where nothing varies. */
  readonly grr_percent: number | null;
  /** Distinct categories that can be told apart, cut to whole ones; null where the gauge has no spread. */
  readonly ndc: number | null;
}

export interface AnovaRow {
  readonly dof: number;
  readonly ss: number;
  readonly ms: number;
  readonly f: number | null;
  readonly p: number | null;
}

export interface GaugeAnova extends Gauge {
  readonly operators: AnovaRow;
  readonly parts: AnovaRow;
  readonly both: AnovaRow;
  readonly equipment: AnovaRow;
  /** The interaction was no more than chance, and counts as repeatability. */
  readonly pooled: boolean;
}

/** 1 / d2* for one range of so many, from 2 on. Source: AIAG, MSA 4th edition, appendix C and the form "Gage repeatability and reproducibility report". */
const K = [Math.SQRT1_2, 0.5231, 0.4467, 0.403, 0.3742, 0.3534, 0.3375, 0.3249, 0.3146] as const;
/** The same for the average of many ranges, from two trials on. */
const K1 = [0.8862, 0.5908, 0.4857, 0.4299, 0.3946] as const;
/** An interaction more likely by chance than this is pooled. */
const POOLED_ABOVE = 0.25;
/** sqrt 2, as the manual rounds it. */
const CATEGORIES = 1.41;

/** Throws RangeError for a study with holes, or with fewer than two parts or trials. */
function sizeOf(readings: Readings): { readonly k: number; readonly n: number; readonly r: number } {
  const [k, n, r] = [readings.length, readings[0]?.length ?? 0, readings[0]?.[0]?.length ?? 0];
  if (k < 1 || n < 2 || r < 2) throw new RangeError('A study takes at least two parts and two trials.');
  const whole = readings.every(
    (parts) => parts.length === n && parts.every((trials) => trials.length === r && trials.every(Number.isFinite)),
  );
  if (!whole) throw new RangeError('A study takes a reading of every part by every operator in every trial.');
  return { k, n, r };
}

const mean = (values: readonly number[]): number => summaryOf(values)?.mean ?? NaN;
const range = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);

const ms = (ss: number, dof: number): number => (dof === 0 ? 0 : ss / dof);
/** Below this share of the readings themselves a spread is how numbers are rounded, and no spread: 2^-40, far below what any converter tells apart. */
const ROUNDING = 2 ** -40;
const leastOf = (readings: Readings): number => ROUNDING * Math.max(...readings.flat(2).map(Math.abs));

function gauge(ev: number, av: number, interaction: number, pv: number): Gauge {
  const grr = Math.hypot(ev, av, interaction);
  const tv = Math.hypot(grr, pv);
  return {
    ev,
    av,
    interaction,
    grr,
    pv,
    tv,
    grr_percent: tv === 0 ? null : (100 * grr) / tv,
    ndc: grr === 0 ? null : Math.floor((CATEGORIES * pv) / grr),
  };
}

/** By averages and ranges. Throws RangeError also where there are more parts, operators or trials than the tables reach. */
export function averageAndRange(readings: Readings): Gauge {
  const { k, n, r } = sizeOf(readings);
  const [k1, k2, k3] = [K1[r - 2], k === 1 ? 0 : K[k - 2], K[n - 2]];
  if (k1 === undefined || k2 === undefined || k3 === undefined)
    throw new RangeError('Averages and ranges reach to 10 parts, 10 operators and 6 trials; analysis of variance has no such bounds.');
  const ev = mean(readings.flatMap((parts) => parts.map(range))) * k1;
  const apart = range(readings.map((parts) => mean(parts.flat())));
  const av = Math.sqrt(Math.max(0, (apart * k2) ** 2 - ev ** 2 / (n * r)));
  const pv = range(Array.from({ length: n }, (_, part) => mean(readings.flatMap((parts) => parts[part]!)))) * k3;
  const least = leastOf(readings);
  const spread = (value: number): number => (value <= least ? 0 : value);
  return gauge(spread(ev), spread(av), 0, spread(pv));
}

/** By analysis of variance, all of it at random. With one operator there is no reproducibility. */
export function anova(readings: Readings): GaugeAnova {
  const { k, n, r } = sizeOf(readings);
  const all = readings.flat(2);
  const grand = mean(all);
  const square = (values: readonly number[]): number => values.reduce((sum, value) => sum + (value - grand) ** 2, 0);
  const ssO = n * r * square(readings.map((parts) => mean(parts.flat())));
  const ssP = k * r * square(Array.from({ length: n }, (_, part) => mean(readings.flatMap((parts) => parts[part]!))));
  const cells = readings.flatMap((parts) => parts.map(mean));
  const ssB = Math.max(0, r * square(cells) - ssO - ssP);
  const ssE = readings.flat().reduce((sum, trials) => sum + trials.reduce((own, value) => own + (value - mean(trials)) ** 2, 0), 0);
  const [dofO, dofP, dofB, dofE] = [k - 1, n - 1, (k - 1) * (n - 1), k * n * (r - 1)];
  const [msO, msP, msB, msE] = [ms(ssO, dofO), ms(ssP, dofP), ms(ssB, dofB), ms(ssE, dofE)];
  const row = (dof: number, ss: number, over: number, dofOver: number): AnovaRow => {
    const f = dof === 0 || over === 0 ? null : ms(ss, dof) / over;
    return { dof, ss, ms: ms(ss, dof), f, p: f === null ? null : fAbove(f, dof, dofOver) };
  };
  const both = row(dofB, ssB, msE, dofE);
  const pooled = dofB === 0 || both.p === null || both.p > POOLED_ABOVE;
  const rest = pooled ? (ssB + ssE) / (dofB + dofE) : msE;
  const [over, dofOver] = pooled ? [rest, dofB + dofE] : [msB, dofB];
  const least = leastOf(readings);
  const part = (variance: number): number => (variance <= least ** 2 ? 0 : Math.sqrt(variance));
  return {
    ...gauge(part(rest), k === 1 ? 0 : part((msO - over) / (n * r)), pooled ? 0 : part((msB - msE) / r), part((msP - over) / (k * r))),
    operators: row(dofO, ssO, over, dofOver),
    parts: row(dofP, ssP, over, dofOver),
    both,
    equipment: { dof: dofE, ss: ssE, ms: msE, f: null, p: null },
    pooled,
  };
}
