/** Which cause shapes a bound of a predicted window, and how well its instant is known. */

import type { Cause, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Stimulus } from '../../scenarios/contracts/trace.ts';
import type { Instant } from './decision.ts';
import type { Evidence } from './findings.ts';
import { entryText, happened, signalName, stateName } from './wording.ts';

export interface Bounding extends Instant {
  /** The bound lies this long after the cause. */
  readonly delay_us: number;
  /** True where the bound is the cause itself: no edge can precede its cause. */
  readonly causal: boolean;
  /** What happened then, e.g. `PRE-ALARM rose`. */
  readonly text: string;
}

export const stimulusOf = (evidence: Evidence, entry: string): Stimulus | undefined =>
  evidence.trace.stimuli.find((stimulus) => stimulus.entry === entry);

/** Scenario time 0 is the executed supply command, so its stamp error is that of every absolute time. */
export const origin = (evidence: Evidence): Instant => ({ at_us: 0, uncertainty_us: stimulusOf(evidence, 'power')?.uncertainty_us ?? 0 });

interface CauseInstant extends Instant {
  readonly to_us: number;
  readonly text: string;
}

/** The instant of a cause; a ramp or pulse acts somewhere between its start and its end. */
function instantOf(evidence: Evidence, cause: Cause, depth: number): CauseInstant | null {
  const { ref } = cause;
  if (ref.kind === 'entry') {
    const stimulus = stimulusOf(evidence, ref.entry);
    if (stimulus === undefined || stimulus.done_us === null) return null;
    const entry = evidence.testCase.timeline.entries.find((candidate) => candidate.id === ref.entry);
    const text = entry === undefined ? ref.entry : entryText(entry);
    return { at_us: stimulus.done_us, to_us: stimulus.ended_us ?? stimulus.done_us, uncertainty_us: stimulus.uncertainty_us, text };
  }
  if (ref.kind === 'observed') {
    const edge = evidence.trace.edges.find((candidate) => candidate.seq === ref.seq);
    if (edge === undefined) return null;
    return {
      at_us: edge.at_us,
      to_us: edge.at_us,
      uncertainty_us: edge.uncertainty_us,
      text: `${signalName(edge.signal)} ${happened(edge.level)}`,
    };
  }
  const predicted = evidence.prediction.edges.find((candidate) => candidate.id === ref.edge);
  if (predicted === undefined || depth === 0) return null;
  if (predicted.observed !== null) return instantOf(evidence, { ...cause, ref: { kind: 'observed', seq: predicted.observed } }, depth - 1);
  const roots = predicted.causes.map((root) => instantOf(evidence, root, depth - 1)).filter((instant) => instant !== null);
  const uncertainty_us = Math.max(0, ...roots.map((root) => root.uncertainty_us));
  const text = `${signalName(predicted.signal)} was due to be ${stateName(predicted.level)}`;
  return { at_us: predicted.window_us[0], to_us: predicted.window_us[1], uncertainty_us, text };
}

/** A window bound that lies this near to a cause plus its delay was made from it. */
const SAME_us = 1;

/**
 * The cause behind one bound of the window. Where none fits exactly (several rules met in the bound) the nearest names it and the least certain
 * one gives the uncertainty, so that the decision errs towards marginal.
 */
export function bounding(evidence: Evidence, edge: PredictedEdge, side: 'earliest' | 'latest'): Bounding {
  const bound = side === 'earliest' ? edge.window_us[0] : edge.window_us[1];
  const zero = origin(evidence);
  const candidates = edge.causes.flatMap((cause) => {
    const instant = instantOf(evidence, cause, 4);
    if (instant === null) return [];
    const delay_us = side === 'earliest' ? cause.min_us : cause.max_us;
    const implied = bound - delay_us;
    const gap = implied < instant.at_us ? instant.at_us - implied : Math.max(0, implied - instant.to_us);
    const at_us = Number.isFinite(implied) && gap <= SAME_us ? implied : instant.at_us;
    return [{ instant, at_us, gap: Number.isNaN(gap) ? Infinity : gap, min_us: cause.min_us }];
  });
  candidates.sort((a, b) => a.gap - b.gap);
  const best = candidates[0];
  if (best === undefined) {
    // Causes that the trace does not hold leave the bound without a stamp: nothing can be decided at it.
    const uncertainty_us = edge.causes.length === 0 ? zero.uncertainty_us : Infinity;
    return {
      at_us: 0,
      uncertainty_us,
      delay_us: bound,
      causal: side === 'earliest' && edge.causes.length === 0 && bound <= 0,
      text: 'power',
    };
  }
  const exact = best.gap <= SAME_us;
  const uncertainty_us = exact ? best.instant.uncertainty_us : Math.max(...candidates.map((candidate) => candidate.instant.uncertainty_us));
  return {
    at_us: best.at_us,
    uncertainty_us,
    delay_us: bound - best.at_us,
    causal: side === 'earliest' && best.min_us === 0,
    text: best.instant.text,
  };
}
