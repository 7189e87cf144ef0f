/** One run: every case on the bench that was chosen, in order, with progress told, ending early where the rules say so. */

import type { Basis } from '../../firmware-ref/profile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { CaseResult } from '../../reports/judge/result.ts';
import type { BenchFault } from '../../reports/judge/run.ts';
import { wholeBenchFaults } from '../../reports/judge/whole-bench.ts';
import { type AskOperator, nobody, type Question } from '../bench/operator.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import { type CaseRun, runInReference } from './case-run.ts';
import { calibrationFaults } from './calibration-choice.ts';
import { runJobs } from './pool.ts';
import type { SimulatedJob } from './simulated-case.ts';
import type { UnitOptions } from './unit-choice.ts';
import { notRun } from './without-trace.ts';
import type { WorkerAnswer, WorkerJob } from './worker.ts';

export interface RunListener {
  onStart?(index: number): void;
  onProgress?(index: number, fraction: number): void;
  /** What goes over the wire of a real bench, while it does. */
  onLine?(index: number, line: TranscriptLine): void;
  /** Each attempt by itself, as soon as it is known; from 1. */
  onAttempt?(index: number, attempt: number, run: CaseRun): void;
  /** With the attempts that were spoilt before it. */
  onDone?(index: number, result: CaseResult, spoilt?: readonly CaseResult[]): void;
}

export interface RunOptions {
  readonly cases: readonly Case[];
  /** Ends after the first case that failed. */
  readonly bail: boolean;
  /** How often a case that rig or link spoilt is tried again. Default: not at all. */
  readonly retries?: number;
  /** What the unit is judged by. Default: the reference alone. */
  readonly basis?: Basis | undefined;
  /** Who answers what the scenarios ask. Default: nobody. */
  readonly ask?: AskOperator | undefined;
  readonly signal: AbortSignal;
  readonly listener: RunListener;
}

export interface RunOutcome {
  readonly mode: 'unit' | 'reference';
  readonly simulated: boolean | null;
  readonly board: string;
  readonly firmware: string;
  /** Of each case the attempt that counts: its last. */
  readonly runs: readonly CaseRun[];
  /** Of each case all of them, in order. */
  readonly attempts: readonly (readonly CaseRun[])[];
  readonly benchFaults: readonly BenchFault[];
  readonly virtual_s: number;
}

/** Faults that say something about the bench and not about one case. */
const BENCH_WIDE: readonly RigErrorCode[] = [
  'fixtureReset',
  'signalTable',
  'protocolVersion',
  'portForeign',
  'fixtureGarbled',
  'portClosed',
  'portMissing',
  'portBusy',
  'fixtureSilent',
  'contactBad',
  'ohmmeter',
  'supplyOn',
  'sensorBad',
  'switchBad',
  'dropBad',
];

/** What says something about the bench and not about one case only. */
export const benchFaultsOf = (runs: readonly CaseRun[]): BenchFault[] => [
  ...runs.flatMap(({ fault, trace, result }): BenchFault[] => [
    ...(fault !== null && BENCH_WIDE.includes(fault.code) ? [{ code: fault.code, blame: result.blame ?? 'rig', text: fault.message }] : []),
    ...(trace === null ? [] : wholeBenchFaults(trace)),
  ]),
  ...calibrationFaults(runs.map(({ trace }) => trace)),
];

export const endsRun = (verdict: CaseResult['verdict'], bail: boolean): boolean => verdict === 'broken' || (bail && verdict === 'fail');
export const whyNotRun = (signal: AbortSignal): string => {
  if (!signal.aborted) return 'Not run: an earlier case ended the run.';
  return signal.reason instanceof RigError ? `Not run: ${signal.reason.message}` : 'Not run: the run was stopped.';
};

export const tellDone = (listener: RunListener, index: number, attempts: readonly CaseRun[]): void => {
  const results = attempts.map(({ result }) => result);
  listener.onDone?.(index, results.at(-1)!, results.slice(0, -1));
};

/** A run that was ended by a fault of the rig (its time ran out) is broken as a whole, whatever its cases came to. */
const endedBy = (signal: AbortSignal): readonly BenchFault[] => {
  const reason: unknown = signal.aborted ? signal.reason : null;
  return reason instanceof RigError ? [{ code: reason.code, blame: reason.blame, text: reason.message }] : [];
};

export const withAttempts = (
  attempts: readonly (readonly CaseRun[])[],
  signal: AbortSignal,
): Pick<RunOutcome, 'runs' | 'attempts' | 'benchFaults'> => {
  const runs = attempts.map(lastOf);
  return { runs, attempts, benchFaults: [...endedBy(signal), ...benchFaultsOf(runs)] };
};

/** Explicit expectations against the model alone. */
export const runReference = ({ cases, listener }: RunOptions): RunOutcome => {
  const runs = cases.map((testCase, index) => {
    listener.onStart?.(index);
    const run = runInReference(testCase);
    listener.onAttempt?.(index, 1, run);
    listener.onDone?.(index, run.result, []);
    return run;
  });
  const attempts = runs.map((run) => [run]);
  return { mode: 'reference', simulated: null, board: 'none', firmware: 'none', runs, attempts, benchFaults: [], virtual_s: 0 };
};

type SimulatedOptions = UnitOptions &
  Pick<SimulatedJob, 'seed' | 'pace' | 'faults' | 'conditions' | 'insertion' | 'calibration' | 'now' | 'settings'>;

export const lastOf = (attempts: readonly CaseRun[]): CaseRun => attempts.at(-1)!;

const runsOf = ({ attempts }: WorkerAnswer): readonly CaseRun[] => attempts.map(({ run }) => run);

/** Each case on a simulated bench of its own, one worker per core. */
export const runSimulated = async (options: RunOptions & SimulatedOptions): Promise<RunOutcome> => {
  const {
    cases,
    seed,
    unit,
    defect,
    faults = [],
    conditions,
    insertion,
    pace,
    calibration,
    now,
    settings,
    retries = 0,
    listener,
    basis,
    ask,
  } = options;
  const answers = await runJobs<WorkerJob, WorkerAnswer>({
    worker: new URL('./worker.ts', import.meta.url),
    jobs: cases.map((testCase) => ({
      testCase,
      seed,
      unit,
      defect,
      faults,
      ...(conditions && { conditions }),
      insertion,
      pace,
      calibration,
      now,
      settings,
      retries,
      basis,
      asks: ask !== undefined,
    })),
    onAsk: (question) => (ask ?? nobody)(question as Question, options.signal),
    signal: options.signal,
    onStart: (index) => listener.onStart?.(index),
    onDone: (index, answer) => {
      for (const [earlier, run] of runsOf(answer).entries()) listener.onAttempt?.(index, earlier + 1, run);
      tellDone(listener, index, runsOf(answer));
    },
    stopAfter: (answer) => endsRun(lastOf(runsOf(answer)).result.verdict, options.bail),
  });
  const attempts = answers.map((answer, index) =>
    answer === undefined ? [notRun(cases[index]!, whyNotRun(options.signal))] : runsOf(answer),
  );
  const done = answers.flatMap((answer) => answer?.attempts.flatMap((one) => one.done ?? []) ?? []);
  const [identity] = done.flatMap((one) => one.identity ?? []);
  return {
    mode: 'unit',
    simulated: true,
    board: identity?.board ?? 'unknown',
    firmware: identity?.firmware ?? 'unknown',
    ...withAttempts(attempts, options.signal),
    virtual_s: done.reduce((sum, { counters }) => sum + counters.virtual_s, 0),
  };
};
