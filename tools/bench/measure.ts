/** The promised numbers, each with its bound and, where it depends on the machine, a baseline measured in the same run. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { account } from '../../firmware-ref/account.ts';
import { predict } from '../../firmware-ref/predict.ts';
import type { BenchRow } from '../../reports/json.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../../rig/run/images.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { rowsOf } from '../rows.ts';
import { checkThousand } from './check-speed.ts';
import { endOfLine, onTheBus_s } from './end-of-line.ts';
import { foreignSpeed } from './foreign.ts';
import { measureIdle } from './idle.ts';
import { measureJudging, workerScaling } from './judging.ts';
import { machineScaling } from './machine-scaling.ts';
import { measureRecording } from './recording.ts';
import { type SpeedRun, timeCase } from './speed.ts';
import { median } from './timed-run.ts';
import { type StockBoard, timeStockBoard } from './stock-loop.ts';
import { watchSaves } from './watch-speed.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const END_OF_LINE = path.join(ROOT, 'scenarios/eol/production.yaml');
/** One wait with few steps: what the reference costs where little happens. */
const WAIT = path.join(ROOT, 'scenarios/regression/r03-wait.yaml');
/** V8 has compiled what a case runs once some thirty have run, some four seconds of a campaign: before, half of what is timed is compiling. */
const WARMING_RUNS = 40;
const WARM_RUNS = 20;
/** Does not trip within 35 s, so that the case ends without a trip. */
const LATE_UNIT = 'wait-40s';
/** Fails the end-of-line case. */
const FAILING_UNIT = 'wait-25s';
/** Of what two processes with nothing in common do on the same machine: the rest is for handing out work and for a memory that threads share. */
const OF_THE_MACHINE = 0.85;
/** Calls before a function of the model is timed: fewer would time its compilation. */
const WARM_CALLS = 3_000;

const row = rowsOf('npm run bench');

const onlyCase = (file: string): Case => {
  const compiled = readAndCompile({ file, bytes: readFileSync(file) });
  if (!compiled.ok) throw new Error(`${file} does not compile; run "rig check" on it.`);
  return compiled.cases[0]!;
};

/** Wall milliseconds for a second of one board. */
const stock_ms = (board: StockBoard, image: string): number => {
  const { flash } = loadImage(image, board).image;
  timeStockBoard(board, flash, 0.2); // compiles
  return median([1, 2, 3].map(() => timeStockBoard(board, flash, 1)));
};

/** Seconds of the case a wall second, for a function of the model. */
const modelSpeed = (case_s: number, work: () => unknown): number => {
  for (let i = 0; i < WARM_CALLS; i += 1) work();
  const batches = Array.from({ length: 15 }, () => {
    const start = performance.now();
    for (let i = 0; i < 20; i += 1) work();
    return (performance.now() - start) / 20;
  });
  return (case_s * 1000) / median(batches);
};

const timed = (command: string, args: readonly string[]): { readonly wall_s: number; readonly status: number | null } => {
  const start = performance.now();
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: 'ignore', shell: process.platform === 'win32' });
  if (error !== undefined) throw new Error(`${[command, ...args].join(' ')} did not start: ${error.message}.`, { cause: error });
  return { wall_s: (performance.now() - start) / 1000, status };
};

const speedOf = ({ virtual_s, wall_s }: SpeedRun): number => virtual_s / wall_s;

export interface Measured {
  readonly rows: readonly BenchRow[];
  /** What the rows were measured on, one line each. */
  readonly notes: readonly string[];
}

interface Speed extends Measured {
  readonly cold: SpeedRun;
  readonly runs: readonly SpeedRun[];
  /** Seconds of both boards a wall second on the stock emulator. */
  readonly stock: number;
}

/** The rows of the whole rig's speed, and the runs they are of. */
export const measureSpeed = async (onProgress: (text: string) => void): Promise<Speed> => {
  const testCase = onlyCase(END_OF_LINE);
  const runs: SpeedRun[] = [];
  const last = WARMING_RUNS + WARM_RUNS;
  for (let run = 0; run <= last; run += 1) {
    onProgress(`end-of-line run ${run} of ${last}`);
    runs.push(await timeCase(testCase, 1 + run));
  }
  const cold = runs[0]!;
  const warming = runs.slice(1, 1 + WARM_RUNS);
  const warm = runs.slice(-WARM_RUNS);
  onProgress('baseline');
  const stock = 1000 / (stock_ms('fixture', FIXTURE_IMAGE) + stock_ms('unit', UNIT_IMAGE));
  return {
    cold,
    runs,
    stock,
    rows: [
      row('rig-speed-warm', median(warm.map(speedOf)), 'x real time', '>=', 500, stock),
      row('rig-speed-processor', median(warm.map(({ virtual_s, processor_s }) => virtual_s / processor_s)), 'x real time', '>=', 500),
      row('rig-speed-cold', speedOf(cold), 'x real time', '>=', stock, stock),
    ],
    notes: [
      `end-of-line case: ${median(warm.map((run) => run.virtual_s)).toFixed(1)} virtual s, median of ${WARM_RUNS} warm runs with as many units, after ${WARMING_RUNS} that warm it; of the first ${WARM_RUNS} of these the median is ${median(warming.map(speedOf)).toFixed(0)} x`,
    ],
  };
};

const recordingRows = async (): Promise<readonly BenchRow[]> => {
  const { case_ms, caseProcessor_ms, ofRealTime_percent } = await measureRecording([onlyCase(END_OF_LINE), onlyCase(WAIT)]);
  return [
    row('recording-case', case_ms, 'ms', '<=', 50),
    row('recording-case-processor', caseProcessor_ms, 'ms', '<=', 50),
    row('recording-real-paced', ofRealTime_percent, '%', '<=', 2),
  ];
};

/** The rows of what it costs to keep a run. */
export const measureKeeping = async (): Promise<Measured> => ({ rows: await recordingRows(), notes: [] });

export const measure = async (onProgress: (text: string) => void): Promise<Measured> => {
  const testCase = onlyCase(END_OF_LINE);
  const speed = await measureSpeed(onProgress);
  const { cold, runs, stock } = speed;
  const late = await timeCase(testCase, 1, LATE_UNIT);
  onProgress('model');
  const case_s = cold.trace.ended_us / 1e6;
  // Steps that hang on edges may come as late as their edges, so what is predicted lasts longer than a run.
  const planned_s = testCase.timeline.endBounds_us[1] / 1e6;
  const predicting = modelSpeed(planned_s, () => predict(testCase));
  const accounting = modelSpeed(case_s, () => account(cold.testCase, cold.trace));
  const wait = await timeCase(onlyCase(WAIT), 1);
  const wait_s = wait.trace.ended_us / 1e6;
  const plannedWait_s = wait.testCase.timeline.endBounds_us[1] / 1e6;
  const predictingWait = modelSpeed(plannedWait_s, () => predict(wait.testCase));
  const accountingWait = modelSpeed(wait_s, () => account(wait.testCase, wait.trace));
  onProgress('idle');
  const idle = await measureIdle(1);
  onProgress('foreign image');
  const foreign = await foreignSpeed(1);
  onProgress('judging');
  const judging = await measureJudging(onlyCase(WAIT), testCase, FAILING_UNIT);
  const scaling = await workerScaling(testCase);
  const machine = await machineScaling();
  onProgress('recording');
  const recording = await recordingRows();
  onProgress('a thousand files');
  const thousand = checkThousand();
  onProgress('saves');
  const watch = await watchSaves();
  onProgress('commands');
  const start = timed('npm', ['start']);
  const help_s = median([1, 2, 3, 4, 5].map(() => timed(process.execPath, ['rig/cli/launcher.cjs', '--help']).wall_s));
  return {
    rows: [
      ...speed.rows,
      row('eol-beyond-physics', Math.max(...runs.map(({ trace }) => endOfLine(trace).beyond_s)), 's', '<=', 2),
      row('eol-never-trips', late.trace.ended_us / 1e6, 's', '<=', 37),
      row('eol-bus', Math.max(...runs.map(onTheBus_s)), 's', '<=', 3),
      row('reference-predict', predicting, 'x real time', '>=', 100_000),
      row('reference-account', accounting, 'x real time', '>=', 100_000),
      row('reference-predict-wait', predictingWait, 'x real time', '>=', 100_000),
      row('reference-account-wait', accountingWait, 'x real time', '>=', 100_000),
      row('fixture-idle', idle.fixtureCycles_per_s, 'cycles/s', '<=', 30_000),
      row('unit-idle', idle.unitCycles_per_s, 'cycles/s', '<=', 60_000),
      row('hand-overs-idle', idle.handOvers_per_s, '1/s', '<=', 500),
      row('foreign-1kHz', foreign, 'x real time', '>=', 20, stock),
      row('workers-two-against-one', scaling, 'x', '>=', OF_THE_MACHINE * machine, machine),
      row('judge-1e6-edges', judging.judge_s, 's', '<=', 1),
      row('explain-difference', judging.explain_ms, 'ms', '<=', 50),
      ...recording,
      row('check-1000', thousand.wall_s, 's', '<=', 2),
      row('watch-save-to-drawing', watch.median_ms, 'ms', '<=', 200),
      row('npm-start', start.wall_s, 's', '<=', 20),
      row('help', help_s * 1000, 'ms', '<=', 200),
    ],
    notes: [
      ...speed.notes,
      `check-1000: ${thousand.cases} cases, no two alike, in a process of its own`,
      `watch-save-to-drawing: median of 20 saves of the end-of-line scenario; ${watch.slowest_ms.toFixed(0)} ms at the worst, the first ${watch.first_ms.toFixed(0)} ms`,
      `reference-predict: what may be until ${planned_s.toFixed(1)} s, as late as the case can end; by the ${case_s.toFixed(1)} s that a run took it is ${((predicting * case_s) / planned_s).toFixed(0)} x`,
      'baseline: both images on stock avr8js, one after the other; of the workers: two processes with nothing in common against one',
      ...(start.status === 0 ? [] : [`npm start ended with exit code ${start.status}: see what it prints`]),
    ],
  };
};
