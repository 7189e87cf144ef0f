/** `rig run`: compiles the files, runs the cases on the chosen bench, writes the run's folder, and tells the verdict. */

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Argv } from 'yargs';
import { writeRunFolder } from '../../../reports/archive/run-folder.ts';
import { toRunDocument } from '../../../reports/json.ts';
import { makeRecord } from '../../../reports/record.ts';
import { renderRun } from '../../../reports/render/console.ts';
import { formatIssue } from '../../../scenarios/contracts/issue.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { FIXTURE_IMAGE, loadImage } from '../../run/images.ts';
import { runOnPort, type RunOutcome, runReference, runSimulated } from '../../run/run.ts';
import { sourceHash } from '../../run/source-hash.ts';
import { chooseUnit } from '../../run/unit-choice.ts';
import { EXIT_STOPPED, IssuesError, UsageError } from '../failures.ts';
import { hostClock } from '../../host-clock.ts';
import { showProgress } from '../progress.ts';
import { listenForStop } from '../stop.ts';

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', array: true, describe: 'scenario files or folders (default: scenarios/eol)' })
    .option('bench', { type: 'string', default: 'sim', describe: 'sim, reference (the model alone), or a serial port' })
    .option('unit', { type: 'string', describe: 'Intel HEX image for the simulated unit' })
    .option('defect', { type: 'string', describe: 'a named defect of the simulated unit' })
    .option('seed', { type: 'number', default: 1, describe: 'draws parts, crystals and noise of the simulated bench' })
    .option('pace', { choices: ['virtual', 'real'] as const, default: 'virtual' as const, describe: 'how fast the simulated bench runs' })
    .option('out', { type: 'string', default: path.join('reports', 'runs'), describe: 'folder for run folders' })
    .option('bail', { type: 'boolean', default: false, describe: 'end after the first case that fails' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON document on standard output' })
    .example('$0 run scenarios/eol', 'the end-of-line scenario on the simulated bench')
    .example('$0 run scenarios/regression --defect wait-25s', 'a unit that is known to be bad')
    .example('$0 run scenarios/eol --bench /dev/ttyACM0', 'a real fixture');

interface Args {
  readonly files?: readonly string[];
  readonly bench: string;
  readonly unit?: string;
  readonly defect?: string;
  readonly seed: number;
  readonly pace: 'virtual' | 'real';
  readonly out: string;
  readonly bail: boolean;
  readonly json: boolean;
}

const DEFAULT_FILES = [path.join('scenarios', 'eol')];

const validate = (args: Args): void => {
  if (!Number.isSafeInteger(args.seed) || args.seed < 0) throw new UsageError(`--seed wants a whole number from 0, not ${args.seed}.`, 'for example --seed 42');
  if (args.bench === 'sim') return;
  for (const option of ['unit', 'defect'] as const) {
    if (args[option] !== undefined) throw new UsageError(`--${option} is for the simulated bench; the bench asked for is ${args.bench}.`, 'leave one of the two out');
  }
};

const runId = (now: Date): string => `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}-${randomBytes(2).toString('hex')}`;

export const handle = async (args: Args): Promise<number> => {
  validate(args);
  const { cases, issues } = compileFiles(args.files?.length ? args.files : DEFAULT_FILES);
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  if (!args.json) for (const issue of issues) process.stderr.write(`warning: ${formatIssue(issue)}\n`);

  const simulated = args.bench === 'sim';
  const reference = args.bench === 'reference';
  // Images and names are looked at before anything starts, so that a bad one is told at once and once.
  const unitImage = simulated ? loadImage(chooseUnit(args).image, 'unit').hash : null;
  const firmwareHash = loadImage(FIXTURE_IMAGE, 'fixture').hash;

  const started = new Date();
  const start_ms = performance.now();
  const stop = listenForStop();
  const progress = showProgress(cases, args.json ? 'json' : process.stderr.isTTY ? 'terminal' : 'plain');
  const options = { cases, bail: args.bail, signal: stop.signal, listener: progress.listener };
  let outcome: RunOutcome;
  try {
    outcome = reference
      ? runReference(options)
      : simulated
        ? await runSimulated({ ...options, seed: args.seed, unit: args.unit, defect: args.defect, pace: args.pace })
        : await runOnPort({ ...options, path: args.bench, clock: hostClock });
  } finally {
    await progress.finish();
    stop.release();
  }
  const wall_s = (performance.now() - start_ms) / 1000;

  const id = runId(started);
  const record = makeRecord({
    runId: id,
    started: started.toISOString(),
    mode: outcome.mode,
    bench: { id: args.bench, board: outcome.board, simulated: outcome.simulated },
    seed: simulated ? args.seed : null,
    node: process.version,
    commandLine: process.argv.slice(2),
    hashes: {
      scenarios: Object.fromEntries(cases.map((one) => [one.place.file, one.scenarioHash])),
      model: sourceHash('firmware-ref'),
      host: sourceHash('rig', 'reports', 'scenarios'),
      firmware: reference ? 'none' : simulated ? firmwareHash : outcome.firmware,
      unitImage,
    },
    speed: { virtual_s: outcome.virtual_s, wall_s },
    benchFaults: outcome.benchFaults,
    cases: outcome.runs.map(({ testCase, result, trace, prediction }) => ({ testCase, attempts: [{ result, trace, prediction }] })),
  });
  const folder = await writeRunFolder(args.out, record);
  if (args.json) process.stdout.write(`${JSON.stringify(toRunDocument(record, folder.dir))}\n`);
  else {
    const colour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
    process.stdout.write(`${renderRun(record, { colour, width: process.stdout.columns ?? 100 })}\n\nReport: ${folder.report}\n`);
  }
  return stop.signal.aborted ? EXIT_STOPPED : record.exit;
};
