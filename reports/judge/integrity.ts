/** What a trace and a prediction must fulfil before anything may be concluded from them. */

import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { isOutput, SENSES } from '../../scenarios/signals.ts';
import { noAnswer, unanswered } from './answers.ts';
import { bySeq } from './by-seq.ts';
import { doubt, edgesOf, fault, type Evidence, type Findings } from './findings.ts';
import type { Fault } from './result.ts';
import { wholeBenchFaults } from './whole-bench.ts';
import { seconds, signalName } from './wording.ts';

const sound = (value: number): boolean => Number.isFinite(value);
const zero = (value: number): boolean => value === 0;

function linkFaults(trace: Trace): Fault[] {
  const { link, end, reason, endedBy, ended_us } = trace;
  const faults: Fault[] = [];
  const because = reason === null || reason === '' ? '' : `: ${reason.replace(/\.$/, '')}`;
  if (end === 'lost') faults.push(fault(endedBy ?? 'link', `The link was lost before the case ended${because}.`));
  // A case that nobody answered was ended as it should be.
  if (end === 'aborted' && unanswered(trace) === undefined) faults.push(fault(endedBy ?? 'rig', `The case was aborted${because}.`));
  if (!zero(link.lost)) faults.push(fault('link', `${link.lost} events never arrived in spite of being asked for again.`));
  if (!zero(link.overflow)) faults.push(fault('rig', `The fixture had to drop ${link.overflow} events.`));
  return sound(ended_us) ? faults : [...faults, fault('rig', 'The trace does not say when it ended.')];
}

const edgeName = ({ seq, signal }: Edge): string => `Edge ${seq} of ${signalName(signal)}`;

function edgeFaults(trace: Trace): Fault[] {
  const faults: Fault[] = [];
  if (!bySeq(trace.edges).distinct) faults.push(fault('rig', 'Two edges of the trace carry the same number.'));
  let before: Edge | undefined;
  for (const edge of trace.edges) {
    if (!sound(edge.at_us) || !sound(edge.uncertainty_us) || edge.uncertainty_us < 0)
      faults.push(fault('rig', `${edgeName(edge)} carries no usable stamp.`));
    else if (before !== undefined && edge.at_us < before.at_us) faults.push(fault('rig', `${edgeName(edge)} stands behind a later one.`));
    else if (edge.at_us > trace.ended_us + edge.uncertainty_us)
      faults.push(fault('rig', `${edgeName(edge)} is stamped after the end of the trace.`));
    if ((edge.level === 'high' || edge.level === 'notHigh') !== isOutput(edge.signal))
      faults.push(fault('rig', `${edgeName(edge)} says ${edge.level}.`));
    before = edge;
  }
  for (const signal of SENSES) {
    let level = trace.initial[signal];
    for (const edge of edgesOf(trace.edges, signal)) {
      if (edge.level === level)
        faults.push(fault('rig', `${signalName(signal)} became ${level} twice (edge ${edge.seq}): an edge between is missing.`));
      level = edge.level;
    }
  }
  return faults;
}

/** The prediction speaks of the whole case, in numbers. */
function predictionFaults(prediction: Prediction, trace: Trace): Fault[] {
  const faults: Fault[] = [];
  for (const edge of prediction.edges) {
    const [earliest, latest] = edge.window_us;
    if (!sound(earliest) || Number.isNaN(latest) || latest < earliest)
      faults.push(fault('rig', `The predicted edge ${edge.id} has no usable window.`));
  }
  for (const signal of SENSES) {
    if (prediction.initial[signal] === undefined)
      faults.push(fault('rig', `The prediction does not say how ${signalName(signal)} begins.`));
    const spans = prediction.allowed.filter((span) => span.signal === signal).toSorted((a, b) => a.from_us - b.from_us);
    let until_us = 0;
    for (const span of spans) if (span.from_us <= until_us + 1 && span.levels.length > 0) until_us = Math.max(until_us, span.to_us);
    if (!(until_us >= trace.ended_us - 1_000)) {
      faults.push(
        fault(
          'rig',
          `The prediction says nothing of ${signalName(signal)} from ${seconds(until_us)} to the end at ${seconds(trace.ended_us)}.`,
        ),
      );
    }
  }
  return faults;
}

const wholeBench = (trace: Trace): Fault[] => wholeBenchFaults(trace).map(({ blame, text }) => fault(blame, text));

/** Whether trace and prediction can be trusted at all. Any fault here makes the case broken. */
export function judgeIntegrity({ testCase, trace, prediction }: Evidence): Partial<Findings> {
  // First what explains the others: the first fault gives the case its blame.
  const faults = [...wholeBench(trace), ...linkFaults(trace), ...edgeFaults(trace), ...predictionFaults(prediction, trace)];
  if (trace.case !== testCase.id) faults.push(fault('rig', `The trace is of the case ${trace.case}.`));
  if (prediction.case !== testCase.id) faults.push(fault('rig', `The prediction is of the case ${prediction.case}.`));
  if (prediction.basis !== 'executed') faults.push(fault('rig', 'The prediction is of the stimuli as planned, not as executed.'));
  const { most, bound } = prediction.states;
  const much =
    most > bound ? `more than ${bound} states were possible (${most} seen)` : 'what was possible changed too often to be followed';
  const text = `The reference gave up: ${much}, so the unit's behaviour is not fully checked.`;
  const open = unanswered(trace);
  return {
    faults,
    notMeasured: [
      ...(open === undefined ? [] : [doubt('reference', null, noAnswer(open), 'operator')]),
      ...(prediction.complete ? [] : [doubt('reference', null, text)]),
    ],
  };
}
