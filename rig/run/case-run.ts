/** One case on one bench, from the planned prediction to the judged result. */

import type { Bench } from '../bench/bench.ts';
import type { CaseTranscript } from '../bench/case-transcript.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import type { AskOperator, Hands } from '../bench/operator.ts';
import { planConfirmations } from '../bench/plan-confirmations.ts';
import { planProbes } from '../bench/plan-probes.ts';
import { account } from '../../firmware-ref/account.ts';
import { type Basis, REFERENCE } from '../../firmware-ref/profile.ts';
import { type PlannedPrediction, predict } from '../../firmware-ref/predict.ts';
import { entail } from '../../firmware-ref/entail.ts';
import { judgeCase } from '../../reports/judge/case.ts';
import { unitsOwn } from '../../reports/judge/held.ts';
import type { Entailment } from '../../reports/judge/frame.ts';
import type { CaseResult } from '../../reports/judge/result.ts';
import { unjudged } from '../../reports/judge/run.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { ContactReading, Trace } from '../../scenarios/contracts/trace.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import { withStillDue } from './still-due.ts';

/** What ended a case, as a value that a worker can hand over. */
export interface CaseFault {
  readonly code: RigErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly blame: 'rig' | 'link' | 'operator';
}

export interface CaseRun {
  /** As run: with the probes that were planned into it. */
  readonly testCase: Case;
  readonly trace: Trace | null;
  readonly prediction: Prediction;
  readonly result: CaseResult;
  /** Contacts as measured before it; also where they were too bad for the case to begin. */
  readonly contacts: readonly ContactReading[];
  /** Code of the fault that ended it, for run-wide faults; null where a trace came back. */
  readonly fault: CaseFault | null;
  /** What the trace was made from; null without one. */
  readonly transcript: CaseTranscript | null;
}

export const faultOf = (cause: unknown): CaseFault => {
  const { code, message, hint, blame } =
    cause instanceof RigError ? cause : new RigError('internal', `The rig itself failed: ${String(cause)}`, { cause });
  return { code, message, hint, blame };
};

/** What happened, and what to try. */
export const faultText = ({ message, hint }: CaseFault): string => (hint === '' ? message : `${message} (${hint})`);

/** How each of the author's demands relates to the reference. */
export const entailments = (testCase: Case, planned: Prediction): Record<string, Entailment> =>
  Object.fromEntries(testCase.expectations.map((one) => [one.id, entail(planned, one)]));

export interface CaseRunOptions {
  readonly ask?: AskOperator | undefined;
  readonly hands?: Hands | undefined;
  readonly signal?: AbortSignal;
  /** What the unit is judged by. Default: the reference alone. */
  readonly basis?: Basis | undefined;
  readonly onProgress?: (progress: { readonly at_us: number; readonly of_us: number }) => void;
  /** Hears each line on the wire as it goes by. */
  readonly onLine?: (line: TranscriptLine) => void;
}

/** As it is recorded: what it was worked out from is for what is asked before a run. */
const recordable = (planned: PlannedPrediction): Prediction => {
  const { instants: _instants, segments: _segments, ...prediction } = planned;
  return prediction;
};

/** Never throws for rig, link or unit: a fault is a broken result with its blame. An abort is thrown on. */
export const runCase = async (bench: Bench, asked: Case, options: CaseRunOptions = {}): Promise<CaseRun> => {
  const { basis = REFERENCE } = options;
  const planned = predict(asked, basis.parameters);
  const testCase = planConfirmations(planProbes(asked, planned), planned);
  let trace: Trace;
  try {
    trace = await bench.runCase(testCase, options);
  } catch (cause) {
    options.signal?.throwIfAborted();
    const fault = faultOf(cause);
    return {
      testCase,
      trace: null,
      prediction: recordable(planned),
      result: unjudged(testCase, 'broken', fault.blame, faultText(fault)),
      contacts: bench.contacts,
      fault,
      transcript: null,
    };
  }
  const { prediction, result } = judgeTrace(testCase, trace, planned, basis);
  return { testCase, trace, prediction, result, contacts: trace.contacts, fault: null, transcript: bench.caseTranscript };
};

/** What the reference allows of a trace, and what comes of it. `planned` is the prediction of the same case without a trace. */
export const judgeTrace = (
  testCase: Case,
  trace: Trace,
  planned: Prediction,
  { parameters, profile }: Basis = REFERENCE,
): Pick<CaseRun, 'prediction' | 'result'> => {
  const own = unitsOwn(testCase, trace);
  const accounted = withStillDue(testCase, own, account(testCase, own, parameters));
  const prediction = profile === undefined ? accounted : { ...accounted, profile };
  return { prediction, result: judgeCase({ testCase, trace, prediction, mode: 'unit', entailments: entailments(testCase, planned) }) };
};

/** The case against the reference alone: only its explicit expectations are judged. */
export const runInReference = (testCase: Case): CaseRun => {
  const prediction = predict(testCase);
  const result = judgeCase({ testCase, trace: null, prediction, mode: 'reference', entailments: entailments(testCase, prediction) });
  return { testCase, trace: null, prediction: recordable(prediction), result, contacts: [], fault: null, transcript: null };
};
