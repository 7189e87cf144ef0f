/** The decision at a limit: inside by the uncertainty passes, outside by more fails, between is marginal (FACTS.md, "Decision at a limit"). */

import type { ClockFit } from '../../scenarios/contracts/trace.ts';

export type Decision = 'pass' | 'marginal' | 'fail';

/** An instant of a trace with its worst-case stamp error, one side. */
export interface Instant {
  readonly at_us: number;
  readonly uncertainty_us: number;
}

/** `value` shall be at least `limit`. A value or uncertainty that is no number decides nothing: marginal. */
export function atLeast(value: number, limit: number, uncertainty: number): Decision {
  if (!Number.isFinite(value) || !Number.isFinite(uncertainty) || uncertainty < 0 || Number.isNaN(limit)) return 'marginal';
  const inside = value - limit;
  if (inside >= uncertainty) return 'pass';
  return inside < -uncertainty ? 'fail' : 'marginal';
}

export const atMost = (value: number, limit: number, uncertainty: number): Decision => atLeast(-value, -limit, uncertainty);

/** A value between limits that may be open on either side: a pass is inside by the margin as well, which nobody is failed for. */
export function between(value: number, low: number | null, high: number | null, uncertainty: number, margin: number): Decision {
  const sides = (U: number): Decision =>
    worseDecision(low === null ? 'pass' : atLeast(value, low, U), high === null ? 'pass' : atMost(value, high, U));
  const alone = sides(uncertainty);
  return alone === 'pass' && sides(uncertainty + Math.max(0, margin)) !== 'pass' ? 'marginal' : alone;
}

/**
 * An effect shall not come before its cause. This is no limit on the unit but a law, so it needs no margin: stamped within the uncertainty of
 * its cause the edge may well have come just after it, and only one that precedes it by more cannot have.
 */
export const notBeforeCause = (value: number, cause: number, uncertainty: number): Decision =>
  atLeast(value, cause, uncertainty) === 'fail' ? 'fail' : Number.isFinite(value - cause + uncertainty) ? 'pass' : 'marginal';

export const worseDecision = (a: Decision, b: Decision): Decision =>
  a === 'fail' || b === 'fail' ? 'fail' : a === 'marginal' || b === 'marginal' ? 'marginal' : 'pass';

/** Worst-case error of the time between two stamps of one trace: both stamps, and the clock's bound over the interval. */
export const intervalUncertainty_us = (a: Instant, b: Instant, clock: ClockFit): number =>
  a.uncertainty_us + b.uncertainty_us + (Math.abs(b.at_us - a.at_us) * clock.bound_ppm) / 1e6;
