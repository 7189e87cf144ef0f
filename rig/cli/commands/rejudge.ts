/** `rig rejudge`: the traces of a stored run judged by today's model and limits; the result is put beside the original, never over it. */

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { sha256Of } from '../../../reports/archive/chain/entry.ts';
import { keyFolder } from '../../../reports/archive/chain/keys.ts';
import { chainRun } from '../../../reports/archive/file-run.ts';
import { makeRunDir, RECORD, writeRunFiles } from '../../../reports/archive/run-folder.ts';
import { REJUDGED } from '../../../reports/archive/verify-archive.ts';
import { toRejudgeDocument } from '../../../reports/json.ts';
import { makeRecord, type RunFacts, type RunRecord } from '../../../reports/record.ts';
import { printable } from '../../../reports/render/terminal-text.ts';
import { basisOf, type ProfileUse } from '../../../firmware-ref/profile.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { recordedProfile } from '../../profile/recorded.ts';
import { type Rejudged, rejudgeRun, type Today } from '../../run/rejudge-run.ts';
import { sourceHash } from '../../run/source-hash.ts';
import { inOurWords } from '../archive-errors.ts';
import { IssuesError, UsageError } from '../failures.ts';
import { chooseProfile, PROFILE_OPTIONS } from '../profile-option.ts';
import { JSON_OPTION } from '../options.ts';
import { unwritable } from '../out-folder.ts';
import { loadRun, STORED_RUN_OPTIONS, withStoredRun } from '../stored-run.ts';
import { loadTranscripts } from '../stored-transcript.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  limits: {
    type: 'string',
    requiresArg: true,
    describe:
      'scenario file or folder whose limits and demands count now; its steps have to be those that were run [default: those of the run]',
  },
  ...PROFILE_OPTIONS,
  ...STORED_RUN_OPTIONS,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  withStoredRun(y)
    .options(OPTIONS)
    .example('$0 rejudge', 'the last run, by the model and judge of this version')
    .example('$0 rejudge --profile unit.yaml', 'by a profile that was learned since')
    .example('$0 rejudge 20261128-100000-1a2b --limits scenarios/eol', 'against the limits that the scenarios have now');

interface Args {
  readonly run: string;
  readonly limits?: string;
  readonly profile?: string;
  readonly hardware?: string;
  readonly out: string;
  readonly json: boolean;
}

const casesOf = (limits: string | undefined): ReadonlyMap<string, Case> => {
  if (limits === undefined) return new Map();
  const { cases, issues } = compileFiles([limits], {});
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  return new Map(cases.map((one) => [one.id, one]));
};

/** Cases of the run that the file of limits does not have: they keep their own. Throws UsageError where that is all of them. */
const unlimited = ({ runId, cases }: RunRecord, limits: string | undefined, now: ReadonlyMap<string, Case>): readonly string[] => {
  if (limits === undefined) return [];
  const ids = cases.map((one) => one.case.id);
  const without = ids.filter((id) => !now.has(id));
  if (without.length === ids.length)
    throw new UsageError(
      `${limits} has none of the cases of run ${runId}: it has ${some([...now.keys()])}, and the run ${some(ids)}.`,
      'name the file or folder that the run was made with: a case is found by its id, folder and name',
    );
  return without;
};

const MOST_NAMED = 5;
const some = (ids: readonly string[]): string =>
  ids.length === 0 ? 'none' : `${ids.slice(0, MOST_NAMED).join(', ')}${ids.length > MOST_NAMED ? ' and others' : ''}`;

interface Anew extends Today {
  /** Of the profile that was asked for. */
  readonly use: ProfileUse | undefined;
}

const judgedAnew = (
  record: RunRecord,
  rejudged: readonly Rejudged[],
  { cases: now, use, basis }: Anew,
  origin: NonNullable<RunRecord['rejudged']>,
): RunRecord => {
  const { cases: _, schema: __, ...facts } = record;
  const ids = new Set(rejudged.map(({ testCase }) => testCase.id));
  const scenarios = Object.fromEntries([...now.values()].filter(({ id }) => ids.has(id)).map((one) => [one.place.file, one.scenarioHash]));
  return makeRecord({
    ...(facts as unknown as Omit<RunFacts, 'cases'>),
    rejudged: origin,
    ...(use !== undefined && basis !== undefined && { profile: recordedProfile(use, basis) }),
    hashes: {
      ...record.hashes,
      scenarios: { ...record.hashes.scenarios, ...scenarios },
      model: sourceHash('firmware-ref'),
      host: sourceHash('rig', 'reports', 'scenarios'),
      ...(use !== undefined && { profile: use.profile.hash }),
    },
    cases: rejudged.map(({ testCase, attempts }) => ({ testCase, attempts })),
  });
};

/** A number that is free. Rejects with the system's error. */
const makeDir = async (dir: string): Promise<{ readonly name: string; readonly made: string }> => {
  const taken = (await readdir(dir)).filter((one) => REJUDGED.test(one)).map((one) => Number(one.split('-')[1]));
  const name = `rejudged-${Math.max(0, ...taken) + 1}`;
  return { name, made: await makeRunDir(dir, name) };
};

const row = ({ told: { id, stored, now, judged, changed, reason } }: Rejudged): string =>
  [
    `${(judged ? (stored === now ? 'as before' : 'changed') : 'no trace').padEnd(9)}  ${printable(id)}: ${stored === now ? now : `${stored} then, ${now} now`}\n`,
    ...changed.map((one) => `           ${printable(one)}\n`),
    ...(stored === now ? [] : [`           ${printable(reason)}\n`]),
  ].join('');

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { run, limits, out: folder, json } = args;
  const { out, err, env } = surroundings;
  const { dir, record } = await loadRun(run, folder);
  if (record.mode === 'reference') throw new UsageError('A run on the reference has no traces to judge.', 'name a run on a bench');
  const use = chooseProfile({ ...args, bench: 'a stored run' }, record.bench.simulated === true, surroundings);
  const anewBy: Anew = { cases: casesOf(limits), use, basis: use === undefined ? undefined : basisOf(use) };
  const without = unlimited(record, limits, anewBy.cases);
  const kept = await loadTranscripts(dir, record.hashes.transcript);
  let rejudged: readonly Rejudged[];
  try {
    rejudged = rejudgeRun(record, kept, anewBy);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new UsageError(
      `The traces of run ${record.runId} cannot be judged by ${limits}: ${cause.message}.`,
      'run the scenario again for that',
    );
  }
  const origin = {
    of: record.runId,
    recordHash: sha256Of(await readFile(path.join(dir, RECORD))),
    with: [limits ?? 'the limits of the run', ...(use === undefined ? [] : [`profile ${use.profile.name}`])].join(', '),
  };
  const anew = judgedAnew(record, rejudged, anewBy, origin);
  const { name, made } = await makeDir(dir).catch((cause: unknown) => {
    throw unwritable(dir, cause);
  });
  await writeRunFiles(made, anew, null).catch((cause: unknown) => {
    throw unwritable(made, cause);
  });
  await inOurWords(() => chainRun(path.dirname(dir), `${path.basename(dir)}/${name}`, keyFolder(env)));
  const { exit, verdict, bench } = anew;
  const document = toRejudgeDocument({
    exit,
    simulated: bench.simulated,
    run: record.runId,
    dir: made,
    stored: record.verdict,
    now: verdict,
    cases: rejudged.map(({ told }) => told),
  });
  if (json) out.write(`${JSON.stringify(document)}\n`);
  else {
    if (without.length > 0) err.write(`${limits} does not have ${printable(some(without))}: judged by the limits of the run.\n`);
    if (record.dateDoubt !== null) err.write(`${record.dateDoubt}\n`);
    const kind = bench.simulated === true ? 'SIMULATED bench' : `bench ${printable(bench.id)}`;
    out.write(`${rejudged.map(row).join('')}\nRun ${record.runId}, ${kind}: ${record.verdict} then, ${verdict} now. Beside it: ${made}\n`);
  }
  return exit;
};
