/** One run: every case on the bench that was chosen, in order, with progress told, ending early where the rules say so. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { CaseResult } from '../../reports/judge/result.ts';
import { type BenchFault, unjudged } from '../../reports/judge/run.ts';
import { type BenchSettings, openFixtureBench } from '../bench/bench.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { RigErrorCode } from '../error.ts';
import { type CaseRun, runCase, runInReference } from './case-run.ts';
import type { CalibrationChoice } from '../calibration/calibration.ts';
import { calibrationFaults } from './calibration-choice.ts';
import { runJobs } from './pool.ts';
import type { SimulatedJob } from './simulated-case.ts';
import type { UnitOptions } from './unit-choice.ts';
import type { WorkerAnswer } from './worker.ts';

export interface RunListener {
  onStart?(index: number): void;
  onProgress?(index: number, fraction: number): void;
  onDone?(index: number, result: CaseResult): void;
}

export interface RunOptions {
  readonly cases: readonly Case[];
  /** Ends after the first case that failed. */
  readonly bail: boolean;
  readonly signal: AbortSignal;
  readonly listener: RunListener;
}

export interface RunOutcome {
  readonly mode: 'unit' | 'reference';
  readonly simulated: boolean | null;
  readonly board: string;
  readonly firmware: string;
  readonly runs: readonly CaseRun[];
  readonly benchFaults: readonly BenchFault[];
  readonly virtual_s: number;
}

/** Faults that say something about the bench and not about one case. */
const BENCH_WIDE: readonly RigErrorCode[] = [
  'fixtureReset',
  'signalTable',
  'protocolVersion',
  'portForeign',
  'portClosed',
  'portMissing',
  'portBusy',
  'fixtureSilent',
  'contactBad',
  'ohmmeter',
  'supplyOn',
];

/** What says something about the bench and not about one case only. */
export const benchFaultsOf = (runs: readonly CaseRun[]): BenchFault[] => [
  ...runs.flatMap(({ fault, result }): BenchFault[] =>
    fault !== null && BENCH_WIDE.includes(fault.code) ? [{ code: fault.code, blame: result.blame ?? 'rig', text: fault.message }] : [],
  ),
  ...calibrationFaults(runs.map(({ trace }) => trace)),
];

const notRun = (testCase: Case, why: string): CaseRun => ({
  testCase,
  trace: null,
  prediction: {
    case: testCase.id,
    basis: 'planned',
    initial: DARK,
    edges: [],
    allowed: [],
    unexplained: [],
    readings: [],
    states: { most: 0, bound: 0 },
    complete: false,
    parameters: {},
  },
  result: unjudged(testCase, 'notRun', null, why),
  contacts: [],
  fault: null,
});
const DARK = { load: 'floating', preAlarm: 'floating', charger: 'floating', ledBlue: 'off', ledRed: 'off' } as const;

const endsRun = (verdict: CaseResult['verdict'], bail: boolean): boolean => verdict === 'broken' || (bail && verdict === 'fail');
const whyNotRun = (signal: AbortSignal): string =>
  signal.aborted ? 'Not run: the run was stopped.' : 'Not run: an earlier case ended the run.';

/** Explicit expectations against the model alone. */
export const runReference = ({ cases, listener }: RunOptions): RunOutcome => {
  const runs = cases.map((testCase, index) => {
    listener.onStart?.(index);
    const run = runInReference(testCase);
    listener.onDone?.(index, run.result);
    return run;
  });
  return { mode: 'reference', simulated: null, board: 'none', firmware: 'none', runs, benchFaults: [], virtual_s: 0 };
};

/** What is left of a case whose worker could not run it. */
const failed = (testCase: Case, { fault }: WorkerAnswer & { ok: false }): CaseRun => ({
  ...notRun(testCase, fault.message),
  result: unjudged(testCase, 'broken', fault.blame, fault.hint === '' ? fault.message : `${fault.message} (${fault.hint})`),
  fault,
});

/** Each case on a simulated bench of its own, one worker per core. */
export const runSimulated = async (
  options: RunOptions & UnitOptions & Pick<SimulatedJob, 'seed' | 'pace' | 'faults' | 'calibration' | 'now' | 'settings'>,
): Promise<RunOutcome> => {
  const { cases, seed, unit, defect, faults = [], pace, calibration, now, settings, listener } = options;
  const caseRun = (index: number, answer: WorkerAnswer): CaseRun => (answer.ok ? answer.done.run : failed(cases[index]!, answer));
  const answers = await runJobs<SimulatedJob, WorkerAnswer>({
    worker: new URL('./worker.ts', import.meta.url),
    jobs: cases.map((testCase) => ({ testCase, seed, unit, defect, faults, pace, calibration, now, settings })),
    signal: options.signal,
    onStart: (index) => listener.onStart?.(index),
    onDone: (index, answer) => listener.onDone?.(index, caseRun(index, answer).result),
    stopAfter: (answer) => endsRun(answer.ok ? answer.done.run.result.verdict : 'broken', options.bail),
  });
  const runs = answers.map((answer, index) =>
    answer === undefined ? notRun(cases[index]!, whyNotRun(options.signal)) : caseRun(index, answer),
  );
  const [identity] = answers.flatMap((answer) => (answer?.ok && answer.done.identity !== null ? [answer.done.identity] : []));
  return {
    mode: 'unit',
    simulated: true,
    board: identity?.board ?? 'unknown',
    firmware: identity?.firmware ?? 'unknown',
    runs,
    benchFaults: benchFaultsOf(runs),
    virtual_s: answers.reduce((sum, answer) => sum + (answer?.ok ? answer.done.counters.virtual_s : 0), 0),
  };
};

/** All cases one after the other on a fixture behind a serial port. */
export const runOnPort = async (
  options: RunOptions & {
    readonly path: string;
    readonly clock: Clock;
    readonly calibration?: CalibrationChoice | undefined;
    readonly settings?: BenchSettings | undefined;
  },
): Promise<RunOutcome> => {
  const { cases, path, clock, calibration, settings, signal, listener } = options;
  const bench = await openFixtureBench({ path, clock, simulated: false, unitImage: null, seed: null, calibration, settings, signal });
  const runs: CaseRun[] = [];
  const start_ms = clock.now();
  try {
    let ended = false;
    for (const [index, testCase] of cases.entries()) {
      if (ended || signal.aborted) {
        runs.push(notRun(testCase, whyNotRun(signal)));
        continue;
      }
      listener.onStart?.(index);
      const run = await runCase(bench, testCase, { signal, onProgress: ({ at_us, of_us }) => listener.onProgress?.(index, at_us / of_us) });
      runs.push(run);
      listener.onDone?.(index, run.result);
      ended = endsRun(run.result.verdict, options.bail);
    }
  } finally {
    await bench.close();
  }
  const { board, firmware, simulated } = bench.identity;
  return { mode: 'unit', simulated, board, firmware, runs, benchFaults: benchFaultsOf(runs), virtual_s: (clock.now() - start_ms) / 1000 };
};
