/** Which cause shapes a bound of a predicted window, and how well its instant is known. */

import type { Cause, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Stimulus } from '../../scenarios/contracts/trace.ts';
import { bySeq } from './by-seq.ts';
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
    const edge = bySeq(evidence.trace.edges).get(ref.seq);
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

/** Without a cause the bound counts from power; causes that the trace does not hold leave it without a stamp, so that nothing can be decided at it. */
function fromPower(evidence: Evidence, edge: PredictedEdge, side: 'earliest' | 'latest', bound: number): Bounding {
  const alone = edge.causes.length === 0;
  return {
    at_us: 0,
    uncertainty_us: alone ? origin(evidence).uncertainty_us : Infinity,
    delay_us: bound,
    causal: side === 'earliest' && alone && bound <= 0,
    text: 'power',
  };
}

interface Candidate {
  readonly instant: CauseInstant;
  readonly at_us: number;
  readonly delay_us: number;
  /** From what the bound says of the cause's instant to that instant. */
  readonly gap: number;
  readonly causal: boolean;
}

function candidateOf(instant: CauseInstant, cause: Cause, side: 'earliest' | 'latest', bound: number): Candidate {
  const delay_us = side === 'earliest' ? cause.min_us : cause.max_us;
  const implied = bound - delay_us;
  const gap = implied < instant.at_us ? instant.at_us - implied : Math.max(0, implied - instant.to_us);
  const at_us = Number.isFinite(implied) && gap <= SAME_us ? implied : implied > instant.to_us ? instant.to_us : instant.at_us;
  return { instant, at_us, delay_us, gap: Number.isNaN(gap) ? Infinity : gap, causal: side === 'earliest' && cause.min_us === 0 };
}

/**
 * What bounds one side of the window, each cause with its own instant and delay, the one that made the bound first. Where none fits exactly the
 * nearest names the bound and the least certain one gives the uncertainty, so that the decision errs towards marginal. Never empty.
 */
export function boundings(evidence: Evidence, edge: PredictedEdge, side: 'earliest' | 'latest'): readonly [Bounding, ...Bounding[]] {
  const bound = side === 'earliest' ? edge.window_us[0] : edge.window_us[1];
  const candidates: Candidate[] = [];
  for (const cause of edge.causes) {
    const instant = instantOf(evidence, cause, 4);
    if (instant !== null) candidates.push(candidateOf(instant, cause, side, bound));
  }
  const [best, ...rest] = candidates.length > 1 ? candidates.toSorted((a, b) => a.gap - b.gap) : candidates;
  if (best === undefined) return [fromPower(evidence, edge, side, bound)];
  const { causal, at_us, instant } = best;
  const uncertainty_us = best.gap <= SAME_us ? instant.uncertainty_us : Math.max(...candidates.map((one) => one.instant.uncertainty_us));
  const first: Bounding = { at_us, uncertainty_us, delay_us: bound - at_us, causal, text: instant.text };
  if (rest.length === 0) return [first];
  return [
    first,
    ...rest.map((one): Bounding => {
      const { text, uncertainty_us: own_us } = one.instant;
      return { at_us: one.at_us, uncertainty_us: own_us, delay_us: one.delay_us, causal: one.causal, text };
    }),
  ];
}

/** The cause that made the bound. */
export const bounding = (evidence: Evidence, edge: PredictedEdge, side: 'earliest' | 'latest'): Bounding =>
  boundings(evidence, edge, side)[0];
