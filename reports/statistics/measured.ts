/** What the values of one quantity say of the process: how capable it is, what is not by chance, and whether it drifts. */

import { type Capability, capability } from './capability.ts';
import { type ControlChart, controlChart, type Signal, signals } from './control-chart.ts';
import { type Drift, drift } from './drift.ts';

/** Fewer values make no chart: its limits would be guesses. Source: NIST/SEMATECH e-Handbook, section 6.3.2 (20 to 25 to begin with). */
export const FEWEST_FOR_CHART = 20;
/** What a process is like is learnt from so many values at the most, the first. */
const BASELINE = 100;

export interface Charted {
  readonly chart: ControlChart;
  /** The first so many values made the limits. */
  readonly baseline: number;
  readonly signals: readonly Signal[];
  readonly drift: Drift | null;
}

export interface Assessed {
  readonly capability: Capability | null;
  /** Null for too few values. */
  readonly charted: Charted | null;
}

export interface Measured {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The limits come from the values at the beginning, so that a process that has moved since is seen to. */
export function chartOf(values: readonly number[]): Charted | null {
  if (values.length < FEWEST_FOR_CHART) return null;
  const baseline = Math.min(BASELINE, Math.max(FEWEST_FOR_CHART, Math.floor(values.length / 2)));
  const chart = controlChart(values.slice(0, baseline))!;
  return { chart, baseline, signals: signals(values, chart), drift: drift(values, chart.centre, chart.sigma) };
}

/** `values` in order of time; null where they were not fetched. */
export const assess = ({ n, mean, sd, low, high }: Measured, values: readonly number[] | null): Assessed => ({
  capability: capability({ n, mean, sd }, low, high),
  charted: values === null ? null : chartOf(values),
});
