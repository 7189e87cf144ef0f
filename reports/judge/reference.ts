/** The outcome of the check `reference`: every predicted edge came in its window and nothing else happened. */

import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import { bounding } from './causes.ts';
import { cover } from './coverage.ts';
import { absent, burst, extraEdge, excursion, mistimed, wrongInitial } from './differences.ts';
import { agrees, doubt, fault, NOTHING, gathered, together, type Evidence, type Findings } from './findings.ts';
import { excursionText, pair, type Pairing } from './pair.ts';
import { basis, duration, happened, seconds, signalName } from './wording.ts';
import { atBound } from './window.ts';
import { SENSES } from '../../scenarios/signals.ts';

const CHECK = 'reference';

/** R15's 3 s and a reaction's jitter: behind this the start-up explains nothing. */
const START_UP_us = 3_100_000;

/** Whether the supply came or moved so shortly before the edge that the unit may have been starting. */
const starting = ({ testCase, trace }: Evidence, edge: Edge): boolean =>
  trace.stimuli.some(({ entry, done_us, ended_us }) => {
    const action = testCase.timeline.entries.find(({ id }) => id === entry)?.do;
    if (done_us === null || action === undefined) return false;
    const moved =
      action.kind === 'ramp' ? action.signal === 'supply' : 'changes' in action && action.changes.some(({ signal }) => signal === 'supply');
    return moved && done_us <= edge.at_us && edge.at_us - (ended_us ?? done_us) <= START_UP_us;
  });

/** Judges one observed edge against the window of the predicted one it stands for. */
export function inWindow(evidence: Evidence, predicted: PredictedEdge, edge: Edge): Partial<Findings> {
  const early = atBound(evidence, predicted, 'earliest', edge);
  if (early.decision === 'fail') return { differences: [mistimed('early', predicted, edge, early.limit)] };
  const late = predicted.window_us[1] === Infinity ? null : atBound(evidence, predicted, 'latest', edge);
  if (late?.decision === 'fail') return { differences: [mistimed('late', predicted, edge, late.limit)] };
  const open = early.decision === 'marginal' ? early : late?.decision === 'marginal' ? late : null;
  if (open === null) return NOTHING;
  const { limit, uncertainty_us } = open;
  const text =
    `${signalName(edge.signal)} ${happened(edge.level)} ${seconds(edge.at_us - limit.at_us, 1)} after ${limit.text}: too near to the ` +
    `${open === early ? 'earliest' : 'latest'} allowed ${seconds(limit.delay_us, 1)} to decide, known to +-${duration(uncertainty_us)}` +
    `${basis(predicted.rule, predicted.requirement, predicted.certainty)}.`;
  return { marginal: [doubt(CHECK, edge.signal, text)] };
}

/** A required edge that is not there: a difference once its window is over, else nothing is known. */
function whenMissing(evidence: Evidence, predicted: PredictedEdge): Partial<Findings> {
  const { trace } = evidence;
  const latest_us = predicted.window_us[1];
  const limit = bounding(evidence, predicted, 'latest');
  const end = { at_us: trace.ended_us, uncertainty_us: 0 };
  const over = latest_us !== Infinity && atBound(evidence, predicted, 'latest', end).decision === 'fail';
  if (!over) {
    const until = latest_us === Infinity ? 'at any time' : `until ${seconds(latest_us)}`;
    const text = `${signalName(predicted.signal)} may become ${predicted.level} ${until}, but the case ended at ${seconds(trace.ended_us)}${basis(predicted.rule, predicted.requirement, predicted.certainty)}.`;
    return { notMeasured: [doubt(CHECK, predicted.signal, text, 'scenario')] };
  }
  const seen = cover(trace, predicted.signal, Math.max(0, predicted.window_us[0]), latest_us);
  if (seen !== null)
    return {
      notMeasured: [doubt(CHECK, predicted.signal, `${signalName(predicted.signal)} was due to be ${predicted.level}, but ${seen}.`)],
    };
  return { differences: [absent(predicted, limit)] };
}

/** An unexplained edge next to a required one that did not come is that edge, early or late: one finding instead of two. */
function reunite(evidence: Evidence, pairing: Pairing) {
  const found: Partial<Findings>[] = [];
  const extra = new Set(pairing.extra);
  for (const predicted of pairing.missing) {
    const [earliest_us, latest_us] = predicted.window_us;
    const cause = bounding(evidence, predicted, 'earliest');
    const distance = (edge: Edge): number => Math.max(earliest_us - edge.at_us, edge.at_us - latest_us, 0);
    const near = [...extra]
      .filter((edge) => edge.signal === predicted.signal && agrees(edge.level, predicted.level) && edge.at_us >= cause.at_us)
      .toSorted((a, b) => distance(a) - distance(b))[0];
    if (near === undefined) {
      found.push(whenMissing(evidence, predicted));
      continue;
    }
    extra.delete(near);
    const judged = inWindow(evidence, predicted, near);
    const settled = (judged.differences ?? []).length + (judged.marginal ?? []).length > 0;
    const text = `The account calls edge ${near.seq} (${near.signal} ${near.level}) unexplained although ${predicted.id} allows it.`;
    found.push(settled ? judged : { faults: [fault('rig', text)] });
  }
  return { found: together(...found), extra: pairing.extra.filter((edge) => extra.has(edge)) };
}

export function judgeReference(evidence: Evidence, pairing: Pairing = pair(evidence.prediction, evidence.trace)): Findings {
  const { prediction, trace } = evidence;
  const rest = reunite(evidence, pairing);
  const unexplained = new Map(prediction.unexplained.map((one) => [one.seq, one]));
  const initial = SENSES.filter((signal) => !agrees(trace.initial[signal], prediction.initial[signal]));
  return together(
    {
      faults: pairing.faults,
      glitches: pairing.glitches.map(({ away, length_us }) => ({ signal: away.signal, level: away.level, at_us: away.at_us, length_us })),
    },
    { differences: initial.map((signal) => wrongInitial(evidence, signal)) },
    gathered(pairing.pairs.map(({ predicted, edge }) => inWindow(evidence, predicted, edge))),
    rest.found,
    { differences: rest.extra.map((edge) => extraEdge(edge, unexplained.get(edge.seq), starting(evidence, edge))) },
    { differences: pairing.bursts.map(burst) },
    { differences: pairing.excursions.map((one) => excursion(one, unexplained.get(one.away.seq))) },
    {
      marginal: pairing.marginal.map((one) =>
        doubt(CHECK, one.away.signal, `${excursionText(one)}: too near to the length that is forgiven to decide (R18).`),
      ),
    },
  );
}
