/** `npm run bench`: measures the numbers the project promises, each beside its baseline of the same run, and prints them as a table or with --json as a document. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Table from 'cli-table3';
import { account } from '../../firmware-ref/account.ts';
import { predict } from '../../firmware-ref/predict.ts';
import { type BenchRow, toBenchDocument } from '../../reports/json.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../../rig/run/images.ts';
import { type SpeedRun, timeEndOfLine } from './speed.ts';
import { timeStockBoard } from './stock-loop.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const END_OF_LINE = path.join(ROOT, 'scenarios/eol/production.yaml');
const WARM_RUNS = 20;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const row = (id: string, value: number, unit: string, sense: '<=' | '>=', bound: number, baseline: number | null = null): BenchRow => ({
  id,
  value,
  unit,
  bound,
  sense,
  met: sense === '<=' ? value <= bound : value >= bound,
  baseline,
  ratio: baseline === null ? null : value / baseline,
  command: 'npm run bench',
});

const endOfLineCase = (): Case => {
  const compiled = readAndCompile({ file: END_OF_LINE, bytes: readFileSync(END_OF_LINE) });
  if (!compiled.ok) throw new Error(`${END_OF_LINE} does not compile; run "rig check" on it.`);
  return compiled.cases[0]!;
};

/** Times real time of both boards on avr8js as it comes: one second of each, after one another. */
const stockSpeed = (): number => {
  const wall_ms = (['fixture', 'unit'] as const).map((board) => {
    const { flash } = loadImage(board === 'fixture' ? FIXTURE_IMAGE : UNIT_IMAGE, board).image;
    timeStockBoard(board, flash, 0.2);
    return median([1, 2, 3].map(() => timeStockBoard(board, flash, 1)));
  });
  return 1000 / (wall_ms[0]! + wall_ms[1]!);
};

/** Virtual seconds a wall second, for one function over one case. */
const modelSpeed = (testCase: Case, work: () => unknown): number => {
  for (let i = 0; i < 50; i++) work();
  const batches = Array.from({ length: 15 }, () => {
    const start = performance.now();
    for (let i = 0; i < 20; i++) work();
    return (performance.now() - start) / 20;
  });
  return testCase.timeline.endBounds_us[1] / 1e3 / median(batches);
};

const wallOf = (command: string, args: readonly string[]): number => {
  const start = performance.now();
  spawnSync(command, args, { cwd: ROOT, stdio: 'ignore' });
  return (performance.now() - start) / 1000;
};

const measure = async (): Promise<{ rows: BenchRow[]; notes: string[] }> => {
  const testCase = endOfLineCase();
  const runs: SpeedRun[] = [];
  for (let i = 0; i <= WARM_RUNS; i++) {
    process.stderr.write(`\rend-of-line run ${i} of ${WARM_RUNS}   `);
    runs.push(await timeEndOfLine(testCase, 1 + i));
  }
  process.stderr.write('\r');
  const [cold, ...warm] = runs;
  const speed = ({ virtual_s, wall_s }: SpeedRun): number => virtual_s / wall_s;
  const perSecond = (count: (run: SpeedRun) => number): number => Math.max(...runs.map((run) => count(run) / run.virtual_s));
  const stock = stockSpeed();
  const rows = [
    row('rig-speed-warm', median(warm.map(speed)), 'x real time', '>=', 200, stock),
    row('rig-speed-cold', speed(cold!), 'x real time', '>=', stock, stock),
    row('reference-predict', modelSpeed(testCase, () => predict(testCase)), 'x real time', '>=', 100_000),
    row('reference-account', modelSpeed(testCase, () => account(cold!.testCase, cold!.trace)), 'x real time', '>=', 100_000),
    row('fixture-executed', perSecond((run) => run.fixtureCycles), 'cycles/s', '<=', 30_000),
    row('unit-executed', perSecond((run) => run.unitCycles), 'cycles/s', '<=', 60_000),
    row('hand-overs', perSecond((run) => run.handOvers), '1/s', '<=', 500),
    row('npm-start', wallOf('npm', ['start']), 's', '<=', 20),
    row('help', median([1, 2, 3, 4, 5].map(() => wallOf(process.execPath, ['rig/cli/launcher.cjs', '--help']))) * 1000, 'ms', '<=', 200),
  ];
  return { rows, notes: [`end-of-line case: ${(median(warm.map((run) => run.virtual_s))).toFixed(1)} virtual s; baseline: both images on stock avr8js, one after the other`] };
};

const { rows, notes } = await measure();
const document = toBenchDocument(true, rows);
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(document)}\n`);
else {
  const table = new Table({ head: ['what', 'value', 'unit', 'wanted', 'met', 'baseline', 'ratio'], style: { head: [], border: [] } });
  const number = (value: number | null): string => (value === null ? '' : value.toLocaleString('en', { maximumSignificantDigits: 4 }));
  for (const one of rows) table.push([one.id, number(one.value), one.unit, `${one.sense} ${number(one.bound)}`, one.met ? 'yes' : 'NO', number(one.baseline), number(one.ratio)]);
  process.stdout.write(`${table.toString()}\n${notes.join('\n')}\n`);
}
process.exitCode = document.exit;
