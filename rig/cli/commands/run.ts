/** `rig run`: compiles the files, runs the cases on the chosen bench, writes the run's folder, and tells the verdict. */

import type { SimulatedTurn } from '../../grr/simulated-turn.ts';
import path from 'node:path';
import type { Argv } from 'yargs';
import { basisOf, type ProfileUse } from '../../../firmware-ref/profile.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { ANSWERS_OPTION, asksAnybody, askTerminal, loadAnswers, operatorOf, terminalKeys } from '../ask-operator.ts';
import { TAG_OPTION, withTag } from '../by-tag.ts';
import { chooseCalibration } from '../calibration-option.ts';
import { defaultScenarios } from '../default-scenarios.ts';
import { listDefects } from '../defect-list.ts';
import { BENCH_OPTIONS, type BenchArgs, type BenchChoice, chooseBench, isSimulated, resolveBench } from '../bench-choice.ts';
import type { RecordedRun } from '../bench-run.ts';
import { EXIT_STOPPED, IssuesError, UsageError } from '../failures.ts';
import { issueLine } from '../issue-lines.ts';
import { listFaults } from '../fault-list.ts';
import { listUnits } from '../unit-list.ts';
import { FAULT_OPTION, JSON_OPTION, readFaults, readSeed, UNIT_OPTIONS } from '../options.ts';
import { dateDoubt, settleOut, writeRecord } from '../filing.ts';
import { attemptOf } from '../attempts.ts';
import { IDENTITY_OPTIONS, type IdentityArgs, readIdentity } from '../identity-options.ts';
import { prepareOut } from '../out-folder.ts';
import { chooseProfile, PROFILE_OPTIONS } from '../profile-option.ts';
import { LIMIT_OPTIONS, readRetries, readTimeout, withTimeout } from '../run-limits.ts';
import { selectByOptions, SELECTION_OPTIONS, type SelectionArgs } from '../selection-options.ts';
import { CI_OPTIONS, type CiArgs, tellCi } from '../ci-output.ts';
import { showProgress } from '../progress.ts';
import { listenForStop } from '../stop.ts';
import { isLively, printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  ...BENCH_OPTIONS,
  ...TAG_OPTION,
  ...UNIT_OPTIONS,
  ...FAULT_OPTION,
  calibration: {
    type: 'string',
    requiresArg: true,
    describe: "factory (that of the simulated board), none, or a file made by rig calibrate [default: the bench's own]",
  },
  unproven: {
    type: 'boolean',
    default: false,
    describe: 'on a port: do without the self-test and the verification of the bench; stands in the record and on each page',
  },
  ...PROFILE_OPTIONS,
  pace: { choices: ['virtual', 'real'], requiresArg: true, describe: 'how fast the simulated bench runs [default: virtual]' },
  out: { type: 'string', requiresArg: true, default: path.join('reports', 'runs'), describe: 'folder for run folders' },
  bail: { type: 'boolean', default: false, describe: 'end after the first case that fails' },
  ...SELECTION_OPTIONS,
  ...LIMIT_OPTIONS,
  ...IDENTITY_OPTIONS,
  ...CI_OPTIONS,
  ...ANSWERS_OPTION,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', describe: 'scenario files or folders', defaultDescription: 'scenarios/eol' })
    .options(OPTIONS)
    .example('$0 run scenarios/eol', 'the end-of-line scenario on the simulated bench')
    .example('$0 run scenarios/regression --tag quick', 'a part of the regression suite')
    .example('$0 run scenarios/regression --defect wait-25s', 'a unit that is known to be bad')
    .example('$0 run scenarios/eol --fault unplugged', 'a bench with a fault: it must not be held against the unit')
    .example('$0 run scenarios/eol --profile unit.yaml', 'against what rig learn has measured of a good unit')
    .example('$0 run scenarios/eol --bench bench.yaml', 'the real bench of this file, on whatever port its board is')
    .example('$0 run scenarios/eol --bench bench.yaml --unit new.hex', 'programs the unit first, where the bench file says how')
    .example('$0 run led.yaml --answers answers.yaml', 'what the scenario asks an operator is answered by a file')
    .example('$0 run scenarios --tags regression --shard 1/4', 'the first of four parts of it, for CI')
    .example('$0 run scenarios/eol --retry-broken 1 --timeout "10 min"', 'one more try where the bench spoilt a case');

interface Args extends BenchArgs, SelectionArgs, IdentityArgs, CiArgs {
  readonly files?: readonly string[];
  readonly tag?: string;
  readonly unit?: string;
  readonly defect?: string;
  readonly fault?: string | readonly string[];
  readonly seed?: string;
  readonly calibration?: string;
  readonly unproven: boolean;
  readonly profile?: string;
  readonly hardware?: string;
  readonly pace?: 'virtual' | 'real';
  readonly out: string;
  readonly bail: boolean;
  readonly timeout?: string;
  readonly 'retry-broken'?: string;
  readonly answers?: string;
  /** Given by `rig grr` alone. */
  readonly turn?: SimulatedTurn;
  readonly json: boolean;
}

const SIMULATED_ONLY = ['defect', 'fault', 'seed', 'pace'] as const;

const refuseBadBench = (args: Args, choice: BenchChoice): void => {
  if (isSimulated(choice)) return;
  // A real unit can be given an image; the reference has none.
  for (const option of args.bench === 'reference' ? (['unit', ...SIMULATED_ONLY] as const) : SIMULATED_ONLY) {
    if (args[option] !== undefined)
      throw new UsageError(`--${option} is for the simulated bench; the bench asked for is ${args.bench}.`, 'leave one of the two out');
  }
};

const refuseNeedlessWaiver = ({ unproven, bench }: Args, { file }: BenchChoice): void => {
  if (unproven && (bench === 'reference' || (bench === 'sim' && file === null)))
    throw new UsageError('--unproven is for a real bench; nothing has to be shown of this one.', 'leave it out');
};

const refuseForReference = ({ bench, timeout, 'retry-broken': retry }: Args): void => {
  if (bench !== 'reference') return;
  for (const [name, value] of Object.entries({ timeout, 'retry-broken': retry }))
    if (value !== undefined)
      throw new UsageError(`--${name} is for a bench; the reference takes no time and breaks nothing.`, 'leave one of the two out');
};

/** Everything that can be said against the files is said before any hardware moves. */
const compile = async (
  files: readonly string[],
  { bench, tag, json, profile: profileFile }: Args,
  { file }: BenchChoice,
  use: ProfileUse | undefined,
  { err }: Surroundings,
): Promise<readonly Case[]> => {
  const { cases: all, issues: read } = compileFiles(files, { bench });
  const mistaken = read.some(({ severity }) => severity === 'error');
  const cases = mistaken ? all : withTag(all, tag);
  const { checkCases, checkWithProfile } = await import('../../check/check-cases.ts');
  const basis = use === undefined ? null : basisOf(use);
  // One that does not count narrows nothing.
  const counts = basis?.profile?.fault === null && profileFile !== undefined ? { file: profileFile, parameters: basis.parameters } : null;
  const found = counts === null ? checkCases(cases) : checkWithProfile(cases, counts);
  const beyond = file === null ? [] : (await import('../../bench-file/apply.ts')).benchIssues(cases, file);
  const issues = [...read, ...found, ...beyond];
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  if (!json) for (const issue of issues) err.write(issueLine(issue));
  return cases;
};

/** Writes the run's folder and tells what came of it. */
const conclude = async (
  run: RecordedRun,
  { out: folder, json }: Args,
  surroundings: Surroundings,
  earlier: readonly string[],
): Promise<void> => {
  const { out } = surroundings;
  const { record } = run;
  if (json) {
    const { toRunDocument } = await import('../../../reports/json.ts');
    const { dir, notes } = await writeRecord(folder, run, surroundings);
    out.write(`${JSON.stringify(toRunDocument(record, dir, [...earlier, ...notes]))}\n`);
    return;
  }
  const { renderRun } = await import('../../../reports/render/console.ts');
  // Told before it is written: a full disk must not take the verdict along.
  out.write(`${renderRun(record, printOptions(surroundings))}\n`);
  const { report, notes } = await writeRecord(folder, run, surroundings);
  for (const note of notes) surroundings.err.write(`${note}\n`);
  out.write(`Report: ${report}\n`);
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { unit, defect, bail, json } = args;
  if (defect === 'list') return listDefects(json, surroundings);
  if (unit === 'list') return listUnits(json, surroundings);
  const faults = readFaults(args.fault);
  if (faults.includes('list')) return listFaults(json, surroundings);
  const choice = chooseBench(args, surroundings);
  refuseBadBench(args, choice);
  refuseForReference(args);
  refuseNeedlessWaiver(args, choice);
  const timeout_ms = readTimeout(args.timeout);
  const retries = readRetries(args['retry-broken']);
  const seed = readSeed(args.seed);
  const profile = chooseProfile(args, isSimulated(choice), surroundings);
  const asked = readIdentity(args, args.bench !== 'reference' && !isSimulated(choice), surroundings);
  const all = await compile(args.files?.length ? args.files : defaultScenarios(), args, choice, profile, surroundings);
  const { cases, selection } = selectByOptions(all, args);
  const answers = loadAnswers(args.answers, all, isSimulated(choice) || args.bench === 'reference');
  const keys = asksAnybody(cases, isSimulated(choice)) ? terminalKeys() : null;
  const ask = operatorOf(answers, keys === null ? null : askTerminal(keys, surroundings));
  const { checkFaults, checkUnit, runOnBench } = await import('../bench-run.ts');
  // Images, names and folders are looked at before anything starts, so that a bad one is told at once and once.
  if (isSimulated(choice)) checkFaults(faults);
  if (isSimulated(choice) || unit !== undefined) checkUnit({ unit, defect });
  const calibration = await chooseCalibration(args, choice);
  await prepareOut(args.out);
  const tell = (notes: readonly string[]): void => {
    if (!json) for (const note of notes) surroundings.err.write(`${note}\n`);
  };
  const settled = await settleOut(args.out, surroundings.env);
  tell(settled);
  const kindOfBench = { out: args.out, simulated: isSimulated(choice), reference: args.bench === 'reference' };
  const { attempt, notes } =
    args.purpose === 'study' ? { attempt: null, notes: [] } : await attemptOf(asked, kindOfBench, surroundings.env);
  tell(notes);
  const earlier = [...settled, ...notes];
  const bench = await resolveBench(choice, seed, surroundings);

  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  try {
    const { signal, release } = withTimeout(stop.signal, timeout_ms, surroundings.clock, args.timeout);
    // A list that is drawn anew would draw over a question.
    const kind = json ? 'none' : keys === null && isLively(surroundings, surroundings.err) ? 'list' : 'lines';
    const progress = await showProgress(cases, { kind, oneByOne: !isSimulated(choice), surroundings });
    let run: RecordedRun;
    try {
      const { listener } = progress;
      run = await runOnBench({
        out: args.out,
        ...(args.purpose && { purpose: args.purpose }),
        identity: { ...asked.identity, attempt },
        stationFile: asked.station?.hash ?? null,
        station: asked.station?.name ?? null,
        dateDoubt: await dateDoubt(args.out, surroundings.now()),
        cases,
        bench,
        benchFile: choice.file,
        unit,
        defect,
        faults,
        turn: args.turn,
        seed,
        pace: args.pace ?? 'virtual',
        bail,
        retries,
        selection,
        ask,
        signal,
        listener,
        clock: surroundings.clock,
        calibration,
        unproven: args.unproven,
        profile,
        now: surroundings.now,
        onOutput: (text) => (json ? undefined : surroundings.err.write(text)),
      });
    } finally {
      release();
      await progress.finish();
    }
    const { record } = run;
    const { warning = null } = record.maintenance ?? {};
    if (warning !== null && !json) surroundings.err.write(`warning: ${warning}\n`);
    await conclude(run, args, surroundings, earlier);
    await tellCi(record, args, surroundings);
    return stop.signal.aborted ? EXIT_STOPPED : record.exit;
  } finally {
    stop.release();
  }
};
