/** `rig verify-bench`: a golden unit has to pass and a known-bad plug has to fail on its signal, before a bench may judge units. */

import { readFileSync } from 'node:fs';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { finalAttempts, type RunRecord } from '../../../reports/record.ts';
import type { BenchFile, VerifyBench } from '../../../scenarios/contracts/bench-file.ts';
import {
  askedOf,
  dueOf,
  type Verification,
  VERIFICATION_SCHEMA,
  verificationFile,
  writeVerification,
} from '../../bench-file/verification.ts';
import { isoOf } from '../../calendar.ts';
import { checkCases } from '../../check/check-cases.ts';
import { benchIssues } from '../../bench-file/apply.ts';
import { besideFile } from '../../bench-file/load.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { BENCH_OPTIONS, type BenchArgs, type BenchChoice, chooseBench, isSimulated, resolveBench } from '../bench-choice.ts';
import { chooseCalibration } from '../calibration-option.ts';
import { defaultScenarios } from '../default-scenarios.ts';
import { EXIT_BROKEN, EXIT_STOPPED, IssuesError, UsageError } from '../failures.ts';
import { JSON_OPTION, readSeed, UNIT_OPTIONS } from '../options.ts';
import { settleOut, writeRecord } from '../filing.ts';
import { prepareOut } from '../out-folder.ts';
import { listenForStop, type StopListener } from '../stop.ts';
import type { Surroundings } from '../surroundings.ts';
import { howMany } from '../../../reports/render/how-many.ts';

export const OPTIONS = {
  ...BENCH_OPTIONS,
  seed: UNIT_OPTIONS.seed,
  yes: { type: 'boolean', default: false, describe: 'ask nothing: whatever changes the units does so by itself' },
  answers: { type: 'string', requiresArg: true, describe: 'file with the ids of golden unit and plug, one a line, instead of typing' },
  out: { type: 'string', requiresArg: true, default: path.join('reports', 'runs'), describe: 'folder for run folders' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 verify-bench --bench bench.yaml', 'guided: asks for the golden unit, then for the plug')
    .example('$0 verify-bench --bench-file bench.yaml', 'the simulated bench, with a good unit and one with the defect of the plug');

interface Args extends BenchArgs {
  readonly seed?: string;
  readonly yes: boolean;
  readonly answers?: string;
  readonly out: string;
  readonly json: boolean;
}

type Ask = (what: string, id: string) => Promise<void>;

const insist = (what: string, id: string, given: string): void => {
  if (given.trim() !== id)
    throw new UsageError(`The ${what} asked for is ${id}, not "${given.trim()}".`, `insert ${id}, or correct the bench file`);
};

/** Who is there confirms by typing or scanning the id of what was inserted, so that one is not taken for the other. */
const asker = ({ yes, answers }: Args, choice: BenchChoice, signal: AbortSignal): Ask => {
  if (answers !== undefined) {
    let lines: string[];
    try {
      lines = readFileSync(answers, 'utf8').split('\n');
    } catch (cause) {
      throw new UsageError(`--answers ${answers} cannot be read: ${(cause as Error).message}.`, 'check the path');
    }
    return async (what, id) => insist(what, id, lines.shift() ?? '');
  }
  if (yes || isSimulated(choice)) return async () => undefined;
  if (!process.stdin.isTTY)
    throw new UsageError('Nobody is there to change the units.', 'run it in a terminal, or with --yes where a machine changes them');
  return async (what, id) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      insist(what, id, await terminal.question(`Insert the ${what} ${id}, close the lid, and type or scan its id: `, { signal }));
    } finally {
      terminal.close();
    }
  };
};

/** Null where the plug was caught on its signal by a sound bench, else why not. */
export const plugFault = (record: RunRecord, { plug }: VerifyBench): string | null => {
  const { verdict, blame, reason } = record;
  if (verdict !== 'fail' || blame !== 'unit' || record.benchFaults.length > 0)
    return `The plug ${plug.id} had to fail on ${plug.fails}, but its run is ${verdict}: ${reason}`;
  const seen = finalAttempts(record).flatMap(({ last }) =>
    last.result.verdict === 'fail' ? last.result.differences.filter((one) => one.blame === 'unit' && !one.consequence) : [],
  );
  if (seen.some(({ signal }) => signal === plug.fails)) return null;
  return `The plug ${plug.id} had to fail on ${plug.fails}, but it failed on ${[...new Set(seen.map(({ signal }) => signal))].join(', ')} only.`;
};

const goldenFault = (record: RunRecord, { goldenUnit }: VerifyBench): string | null =>
  record.verdict === 'pass' ? null : `The golden unit ${goldenUnit} had to pass, but its run is ${record.verdict}: ${record.reason}`;

const casesOf = (file: BenchFile, { scenarios }: VerifyBench) => {
  const files = scenarios.length === 0 ? defaultScenarios() : scenarios.map((one) => path.relative('', besideFile(file, one)));
  const { cases, issues } = compileFiles(files, {});
  const all = [...issues, ...checkCases(cases), ...benchIssues(cases, file)];
  if (all.some(({ severity }) => severity === 'error')) throw new IssuesError(all);
  return cases;
};

const demanded = ({ file }: BenchChoice): { readonly file: BenchFile; readonly verify: VerifyBench } => {
  if (file === null) throw new UsageError('A bench file has to say what is verified.', 'give --bench-file, or --bench with a bench file');
  if (file.verify === null)
    throw new UsageError(`${file.file} asks for no verification.`, 'add `verify:`; rig/bench-file/example.yaml shows how');
  return { file, verify: file.verify };
};

interface Part {
  readonly record: RunRecord;
  readonly dir: string;
}

const parts = async (args: Args, surroundings: Surroundings, stop: StopListener) => {
  const choice = chooseBench(args, surroundings);
  const { file, verify } = demanded(choice);
  const { signal } = stop;
  const ask = asker(args, choice, signal);
  const cases = casesOf(file, verify);
  const { checkUnit, runOnBench } = await import('../bench-run.ts');
  const defect = isSimulated(choice) ? verify.plug.defect : undefined;
  if (isSimulated(choice)) checkUnit({ defect });
  const calibration = await chooseCalibration({ bench: args.bench }, choice);
  await prepareOut(args.out);
  for (const note of await settleOut(args.out, surroundings.env)) if (!args.json) surroundings.err.write(`${note}\n`);
  const seed = readSeed(args.seed);
  const bench = await resolveBench(choice, seed, surroundings);
  const run = async (what: string, id: string, fault: string | undefined): Promise<Part> => {
    await ask(what, id);
    signal.throwIfAborted();
    if (!args.json) surroundings.err.write(`Running ${howMany(cases.length, 'case')} on the ${what} ${id} ...\n`);
    const recorded = await runOnBench({
      out: args.out,
      cases,
      bench,
      benchFile: file,
      defect: fault,
      faults: [],
      seed,
      pace: 'virtual',
      bail: false,
      retries: 0,
      selection: null,
      signal,
      listener: {},
      clock: surroundings.clock,
      calibration,
      now: surroundings.now,
      purpose: 'verification',
    });
    signal.throwIfAborted();
    const { dir, notes } = await writeRecord(args.out, recorded, surroundings);
    if (!args.json) for (const note of notes) surroundings.err.write(`${note}\n`);
    return { record: recorded.record, dir };
  };
  return {
    file,
    verify,
    golden: () => run('golden unit', verify.goldenUnit, undefined),
    plug: () => run('plug', verify.plug.id, defect),
  };
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { out, now } = surroundings;
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  try {
    const { file, verify, golden: runGolden, plug: runPlug } = await parts(args, surroundings, stop);
    const golden = await runGolden();
    let reason = goldenFault(golden.record, verify);
    // Where good is not told to be good, what the plug does shows nothing.
    const plug = reason === null ? await runPlug() : null;
    if (plug !== null) reason = plugFault(plug.record, verify);
    if (plug !== null && reason === null && plug.record.bench.board !== golden.record.bench.board)
      reason = `Board ${plug.record.bench.board} answered for the plug, and ${golden.record.bench.board} for the golden unit.`;
    const made = now();
    const { bench, calibration, hashes } = golden.record;
    const verification: Verification = {
      schema: VERIFICATION_SCHEMA,
      board: bench.board,
      simulated: bench.simulated === true,
      made: isoOf(made),
      result: reason === null ? 'passed' : 'failed',
      reason: reason ?? `The golden unit passed, and the plug failed on ${verify.plug.fails}.`,
      goldenUnit: verify.goldenUnit,
      plug: verify.plug.id,
      fails: verify.plug.fails,
      asked: askedOf(file),
      calibration: calibration?.id ?? null,
      firmware: hashes.firmware,
      runs: [golden, plug].flatMap((part) => (part === null ? [] : [part.record.runId])),
    };
    const target = verificationFile(file);
    try {
      writeVerification(target, verification);
    } catch (cause) {
      throw new UsageError(`The verification cannot be written to ${target}: ${(cause as Error).message}.`, 'make its folder writable');
    }
    const exit = reason === null ? 0 : EXIT_BROKEN;
    const due = reason === null ? isoOf(dueOf(made, file)) : null;
    if (args.json) {
      const { toVerifyBenchDocument } = await import('../../../reports/json.ts');
      const part = (one: Part | null) => (one === null ? null : { run: one.record.runId, dir: one.dir, verdict: one.record.verdict });
      const { simulated, board, reason: text, goldenUnit, plug: plugId, fails } = verification;
      out.write(
        `${JSON.stringify(toVerifyBenchDocument({ exit, simulated, board, verified: reason === null, reason: text, goldenUnit, plug: plugId, fails, golden: part(golden)!, bad: part(plug), made: verification.made, due, file: target }))}\n`,
      );
    } else {
      const kind = verification.simulated ? 'SIMULATED bench' : 'Bench';
      out.write(
        reason === null
          ? `${kind} ${file.name} (board ${verification.board}) is verified until ${due}: ${verification.reason}\n`
          : `${kind} ${file.name} (board ${verification.board}) is NOT verified: ${reason}\n`,
      );
    }
    return exit;
  } finally {
    stop.release();
  }
};
