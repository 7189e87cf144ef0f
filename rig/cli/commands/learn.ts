/** `rig learn`: measures a unit that is known to be good, and writes its profile; never over another one, and never from a unit that does not pass. */

import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { PARAMETERS, type ParameterName } from '../../../firmware-ref/parameters.ts';
import { profileIssues } from '../../../firmware-ref/profile.ts';
import { renderLearn } from '../../../reports/render/learn.ts';
import { finalAttempts, type RunRecord } from '../../../reports/record.ts';
import type { LearnDocument } from '../../../reports/shape/learn.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import type { Prediction } from '../../../scenarios/contracts/prediction.ts';
import { PROFILE_READINGS } from '../../../scenarios/contracts/profile.ts';
import type { Trace } from '../../../scenarios/contracts/trace.ts';
import { readProfile } from '../../../scenarios/language/profile/read.ts';
import { benchIssues } from '../../bench-file/apply.ts';
import { DAY_ms, dateOf, later } from '../../calendar.ts';
import { learn, type Learned, type Shown } from '../../campaign/learn/learn.ts';
import { profileText } from '../../campaign/learn/profile-file.ts';
import { learnCases } from '../../campaign/learn/cases.ts';
import { RigError } from '../../error.ts';
import { BENCH_OPTIONS, type BenchArgs, chooseBench, isSimulated, resolveBench } from '../bench-choice.ts';
import type { RecordedRun } from '../bench-run.ts';
import { chooseCalibration } from '../calibration-option.ts';
import { EXIT_STOPPED, IssuesError, UsageError } from '../failures.ts';
import { JSON_OPTION, readCount, readSeed, UNIT_OPTIONS } from '../options.ts';
import { writeRecord } from '../filing.ts';
import { prepareOut } from '../out-folder.ts';
import { SIMULATED_HARDWARE } from '../profile-option.ts';
import { showProgress } from '../progress.ts';
import { listenForStop } from '../stop.ts';
import { isLively, printOptions, type Surroundings } from '../surroundings.ts';

const DEFAULT_DAYS = 365;
const MOST_DAYS = 3_650;
const DEFAULT_FILE = 'unit.yaml';

export const OPTIONS = {
  ...BENCH_OPTIONS,
  unit: UNIT_OPTIONS.unit,
  seed: UNIT_OPTIONS.seed,
  golden: { type: 'string', requiresArg: true, demandOption: true, describe: 'id of the unit, which is known to be good' },
  hardware: {
    type: 'string',
    requiresArg: true,
    describe: `its hardware revision, as it is printed on it [default on the simulated bench: ${SIMULATED_HARDWARE}]`,
  },
  days: { type: 'string', requiresArg: true, describe: `how long the profile counts [default: ${DEFAULT_DAYS}]` },
  profile: { type: 'string', requiresArg: true, default: DEFAULT_FILE, describe: 'file to write; it may not exist yet' },
  out: { type: 'string', requiresArg: true, default: path.join('reports', 'runs'), describe: 'folder for the run it is learned in' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 learn --golden G-07', 'the stand-in of the simulated bench, into unit.yaml')
    .example('$0 learn --golden G-07 --hardware "rev 2" --bench bench.yaml', 'a real unit; takes twelve minutes');

interface Args extends BenchArgs {
  readonly unit?: string;
  readonly seed?: string;
  readonly golden: string;
  readonly hardware?: string;
  readonly days?: string;
  readonly profile: string;
  readonly out: string;
  readonly json: boolean;
}

/** Said before twelve minutes have passed. */
const refuseToOverwrite = async (file: string): Promise<void> => {
  const there = await access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
  if (there) throw new UsageError(`${file} exists, and a profile is never written over.`, 'name another with --profile, or move it away');
  const folder = path.dirname(file);
  await access(folder, constants.W_OK).catch((cause: Error) => {
    throw new UsageError(`${file} cannot be written: ${cause.message}.`, 'name another file with --profile');
  });
};

/** No number of a trace is open, and those of a prediction only where nothing is learned from them. */
const shownBy = (record: RunRecord): readonly Shown[] =>
  finalAttempts(record).flatMap(({ recorded, last: { trace, prediction } }) =>
    trace === null || prediction === null
      ? []
      : [{ testCase: recorded.case as unknown as Case, trace: trace as unknown as Trace, prediction: prediction as unknown as Prediction }],
  );

const nothing: Pick<LearnDocument, 'file' | 'seen' | 'limits' | 'readings' | 'open'> = {
  file: null,
  seen: {},
  limits: [],
  readings: {},
  open: [],
};

const document = (file: string, { seen, limits, readings }: Learned): Pick<LearnDocument, keyof typeof nothing> => ({
  file,
  seen: { ...seen },
  limits: Object.entries(limits).map(([parameter, value]) => ({
    parameter,
    value,
    reference: PARAMETERS[parameter as ParameterName].value,
  })),
  readings,
  open: Object.keys(PROFILE_READINGS).filter((ruling) => !(ruling in readings)),
});

/** What is written has to be what `rig run --profile` accepts. */
const insistOnGood = (file: string, text: string): void => {
  const read = readProfile({ file, bytes: Buffer.from(text) });
  const issues = read.ok ? profileIssues(read.profile) : read.issues;
  if (issues.length > 0) throw new RigError('internal', `The profile would be refused: ${issues[0]!.message} (line ${issues[0]!.line}).`);
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { unit, golden, json, out, profile: file } = args;
  const choice = chooseBench(args, surroundings);
  const simulated = isSimulated(choice);
  if (args.bench === 'reference')
    throw new UsageError('The reference has nothing to learn: it has no unit.', 'give sim, a port or a bench file');
  const hardware = args.hardware ?? (simulated ? SIMULATED_HARDWARE : undefined);
  if (hardware === undefined)
    throw new UsageError('A profile is of one hardware revision.', 'add --hardware with what is printed on the unit');
  const days = readCount('days', args.days, MOST_DAYS) ?? DEFAULT_DAYS;
  const seed = readSeed(args.seed);
  await refuseToOverwrite(file);
  const cases = learnCases();
  const beyond = choice.file === null ? [] : benchIssues(cases, choice.file);
  if (beyond.length > 0) throw new IssuesError(beyond);
  const { checkUnit, runOnBench } = await import('../bench-run.ts');
  if (simulated || unit !== undefined) checkUnit({ unit });
  const calibration = await chooseCalibration(args, choice);
  await prepareOut(out);
  const bench = await resolveBench(choice, seed, surroundings);
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  try {
    const kind = json ? 'none' : isLively(surroundings, surroundings.err) ? 'list' : 'lines';
    const progress = await showProgress(cases, { kind, oneByOne: !simulated, surroundings });
    let recorded: RecordedRun;
    try {
      recorded = await runOnBench({
        out,
        cases,
        bench,
        benchFile: choice.file,
        unit,
        faults: [],
        seed,
        pace: 'virtual',
        bail: true,
        retries: 0,
        selection: null,
        signal: stop.signal,
        listener: progress.listener,
        clock: surroundings.clock,
        calibration,
        now: surroundings.now,
      });
    } finally {
      await progress.finish();
    }
    if (stop.signal.aborted) return EXIT_STOPPED;
    const { record } = recorded;
    const { dir, notes } = await writeRecord(out, recorded, surroundings);
    for (const note of notes) surroundings.err.write(`${note}\n`);
    const [learned, expires] = [dateOf(surroundings.now()), dateOf(later(surroundings.now(), days * DAY_ms))];
    const common = {
      schema: 'bms-rig/learn/1',
      exit: record.exit,
      simulated: record.bench.simulated,
      run: { id: record.runId, dir },
      hardware,
      goldenUnit: golden,
      expires,
    } as const;
    const told = async (): Promise<LearnDocument> => {
      if (record.exit !== 0) return { ...common, ...nothing, reason: `the unit is not known to be good: ${record.reason}` };
      const found = learn(shownBy(record));
      const text = profileText(found, {
        name: `${hardware} of ${golden}`,
        hardware,
        goldenUnit: golden,
        learned,
        expires,
        run: record.runId,
        simulated: record.bench.simulated,
      });
      insistOnGood(file, text);
      // Where another was written meanwhile this one is not.
      await writeFile(file, text, { flag: 'wx' });
      return { ...common, ...document(file, found), reason: record.reason };
    };
    const result = await told();
    surroundings.out.write(json ? `${JSON.stringify(result)}\n` : `${renderLearn(result, printOptions(surroundings))}\n`);
    return result.exit;
  } finally {
    stop.release();
  }
};
