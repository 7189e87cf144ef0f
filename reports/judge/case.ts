/** Judges one case: every planned check gets an outcome, and the verdict is the worst of what was found. */

import type { Blame, CaseVerdict } from '../../scenarios/contracts/blame.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Measurement } from '../../scenarios/contracts/expectation.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import type { SenseLevel, SenseSignal } from '../../scenarios/signals.ts';
import { judgeAfterShort } from './after-short.ts';
import { judgeConfirmed } from './confirm.ts';
import { judgeConsistency } from './consistency.ts';
import { judgeCapture } from './coverage.ts';
import { judgeExecution, wasCutShort } from './execution.ts';
import { judgeExpectation } from './expectations.ts';
import { agrees, doubt, fault, together, type Evidence, type Findings } from './findings.ts';
import { expectationFrame, identity, type Entailments } from './frame.ts';
import { judgeFloating } from './floating.ts';
import { heldSpans, unitsOwn } from './held.ts';
import { judgeInstrument } from './instrument.ts';
import { judgeIntegrity } from './integrity.ts';
import { withLostClock } from './lost-clock.ts';
import { behindBypass } from './confirm-supply.ts';
import { judgeMeasurement, outOfLimit } from './measurements.ts';
import { inOrder } from './order.ts';
import { pair, unsettled } from './pair.ts';
import { refusals, type Refusal } from './refused.ts';
import { judgeProfile } from './profile.ts';
import { judgeReference } from './reference.ts';
import type { CaseResult, ExpectationResult, MeasurementResult } from './result.ts';
import { expectationBefore, findSetOff, measurementBefore, withoutWhatFollows } from './set-off.ts';
import { judgeSwitching } from './switching.ts';
import { inReference } from './without-unit.ts';

export interface JudgeInput {
  readonly testCase: Case;
  /** Null only in mode `reference`, where it is not looked at. */
  readonly trace: Trace | null;
  /** From `account` in mode `unit`, from `predict` in mode `reference`. */
  readonly prediction: Prediction;
  readonly mode: 'unit' | 'reference';
  readonly entailments?: Entailments;
}

interface Outcomes {
  readonly expectations: readonly ExpectationResult[];
  readonly measurements: readonly MeasurementResult[];
}

/** Worst first: a fault, then the unit's differences, then what stayed open. */
function verdictOf(findings: Findings, outcomes: Outcomes): { verdict: CaseVerdict; blame: Blame | null; reason: string } {
  const [broken] = findings.faults;
  if (broken !== undefined) return { verdict: 'broken', blame: broken.blame, reason: broken.text };
  const unit = findings.differences.filter((one) => one.blame === 'unit').toSorted((a, b) => Number(a.consequence) - Number(b.consequence));
  const demand = outcomes.expectations.find((one) => one.outcome === 'broken');
  const reason = unit[0]?.text ?? (demand === undefined ? undefined : `${demand.what}: ${demand.text}`);
  if (reason !== undefined) return { verdict: 'fail', blame: 'unit', reason };
  const doubts = [...findings.differences, ...findings.marginal, ...findings.notMeasured];
  // The unit's own doing explains the doubts that follow from it.
  const open = doubts.find((one) => one.blame === 'unit') ?? doubts[0];
  if (open !== undefined) return { verdict: 'inconclusive', blame: open.blame, reason: open.text };
  return { verdict: 'pass', blame: null, reason: 'Every planned check was kept.' };
}

/** Whatever is planned and has no outcome keeps the case from passing. */
function judgePlan(testCase: Case, outcomes: Outcomes): Partial<Findings> {
  const decided = new Set(['reference', ...outcomes.expectations.map((one) => one.id), ...outcomes.measurements.map((one) => one.id)]);
  const open = testCase.planned
    .filter((id) => !decided.has(id))
    .map((id) => doubt(id, null, `The planned check ${id} has no outcome.`, 'scenario'));
  const empty = testCase.planned.includes('reference')
    ? []
    : [doubt('reference', null, 'The case does not plan to be compared with the reference.', 'scenario')];
  return { notMeasured: [...open, ...empty] };
}

const openChecks = ({ expectations, measurements }: Outcomes): Partial<Findings> => ({
  marginal: [
    ...expectations.filter((one) => one.marginal).map((one) => doubt(one.id, one.signal, one.text)),
    ...measurements.filter((one) => one.outcome === 'marginal').map((one) => doubt(one.id, one.analog, one.text)),
  ],
  notMeasured: [
    ...expectations.filter((one) => one.outcome === 'notMeasured' && !one.marginal).map((one) => doubt(one.id, one.signal, one.text)),
    ...measurements.filter((one) => one.outcome === 'notMeasured').map((one) => doubt(one.id, one.analog, one.text)),
  ],
});

export function assemble(input: JudgeInput, findings: Findings, outcomes: Outcomes): CaseResult {
  const own = input.trace === null ? null : unitsOwn(input.testCase, input.trace);
  const order = inOrder(findings.differences, {
    notHigh: (output, at_us) => {
      const before = own?.edges.findLast((edge) => edge.signal === output && edge.at_us <= at_us);
      return (before?.level ?? own?.initial[output as SenseSignal]) === 'notHigh';
    },
    wasDue: ({ signal, got }) =>
      got !== null &&
      input.prediction.edges.some(
        ({ signal: of, level, window_us: [from_us, to_us] }) =>
          of === signal && agrees(got.level as SenseLevel, level) && got.at_us >= from_us && got.at_us <= to_us,
      ),
  });
  const sorted = { ...findings, differences: order };
  const duration_us = input.trace?.ended_us ?? 0;
  return {
    ...identity(input.testCase),
    mode: input.mode,
    ...verdictOf(sorted, outcomes),
    duration_us: Number.isFinite(duration_us) ? duration_us : 0,
    differences: [...order],
    expectations: [...outcomes.expectations],
    measurements: [...outcomes.measurements],
    notMeasured: [...findings.notMeasured],
    marginal: [...findings.marginal],
    faults: [...findings.faults],
    glitches: [...findings.glitches],
    readings: input.prediction.readings.map((one) => ({ ...one })),
  };
}

interface Spoiling {
  readonly refused: readonly Refusal[];
  readonly isBehindBypass: (at_us: number) => boolean;
}

const measured = (
  evidence: Evidence,
  edges: readonly Edge[],
  one: Measurement,
  { refused, isBehindBypass }: Spoiling,
): MeasurementResult =>
  one.switching === null
    ? judgeMeasurement(evidence.trace, one, refused, isBehindBypass)
    : judgeSwitching(evidence, edges, { ...one, switching: one.switching });

/** Outputs that fell late, as with a capacitor on them. A sink that is stuck, under which a unit starts late, makes no fall late. */
const movedBy = ({ differences = [] }: Partial<Findings>): ReadonlySet<string> =>
  new Set(
    differences.filter(({ kind, blame, got }) => blame === 'unit' && kind === 'late' && got?.level !== 'high').map(({ signal }) => signal),
  );

function onUnit(input: JudgeInput, trace: Trace): CaseResult {
  const { testCase, prediction, entailments } = input;
  // What the bench did is judged by all that was observed, the unit by what is its own.
  const observed: Evidence = { testCase, trace, prediction, cutShort: wasCutShort(trace.stimuli), held: heldSpans(testCase, trace) };
  const own = unitsOwn(testCase, trace);
  const evidence: Evidence = { ...observed, trace: own };
  const pairing = pair(prediction, own);
  const forgiven = unsettled(pairing);
  const edges = forgiven.size === 0 ? own.edges : own.edges.filter((edge) => !forgiven.has(edge.seq));
  const setOff = findSetOff(evidence, pairing);
  const expectations = testCase.expectations.map((one) => ({
    ...expectationFrame(one, entailments?.[one.id]),
    ...expectationBefore(evidence, edges, one, judgeExpectation(evidence, edges, one), setOff),
  }));
  const spoiling: Spoiling = { refused: refusals(testCase, trace), isBehindBypass: behindBypass(testCase, trace) };
  const measurements = testCase.measurements.map((one) => measurementBefore(measured(evidence, edges, one, spoiling), setOff));
  const outcomes = { expectations, measurements };
  const contradicted = testCase.expectations.filter((one) => entailments?.[one.id] === 'contradicted');
  const reference = judgeReference(evidence, pairing);
  const findings = together(
    judgeIntegrity(observed),
    judgeInstrument(trace),
    judgeConfirmed(observed, movedBy(reference)),
    { faults: contradicted.map((one) => fault('scenario', `${one.text}: the reference allows no behaviour that keeps this.`)) },
    judgeExecution(observed),
    judgeCapture(observed),
    reference,
    judgeConsistency(evidence, edges, reference),
    judgeFloating(evidence, pairing, edges),
    judgeAfterShort(evidence),
    judgeProfile(prediction),
    { differences: measurements.map((one) => outOfLimit(one, testCase.covers)).filter((one) => one !== null) },
    openChecks(outcomes),
    judgePlan(testCase, outcomes),
  );
  return assemble(input, withLostClock(withoutWhatFollows(findings, setOff), trace, expectations), outcomes);
}

/**
 * The verdict of one case, with everything that led to it. Pass is earned: a complete, sound trace, every entry executed, every planned check
 * with an outcome, every limit met with its uncertainty. Never throws for what a trace or prediction contains.
 */
export function judgeCase(input: JudgeInput): CaseResult {
  if (input.mode === 'reference') {
    const { findings, outcomes } = inReference(input.testCase, input.prediction, input.entailments ?? {});
    return assemble({ ...input, trace: null }, findings, outcomes);
  }
  if (input.trace !== null) return onUnit(input, input.trace);
  return assemble(input, together({ faults: [fault('rig', 'The bench returned no trace.')] }), { expectations: [], measurements: [] });
}
