/** `rig verify`: names each record of a folder that was changed, removed, inserted, swapped or cut off since it was signed. */

import type { KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Argv } from 'yargs';
import { toVerifyDocument } from '../../../reports/json.ts';
import { publicKeyOf } from '../../../reports/archive/chain/entry.ts';
import { keyFolder } from '../../../reports/archive/chain/keys.ts';
import { settle, unsettled } from '../../../reports/archive/settle.ts';
import { stateOf } from '../../../reports/archive/writer.ts';
import { findRuns, verifyArchive } from '../../../reports/archive/verify-archive.ts';
import type { ChainProblem, VerifyDocument } from '../../../reports/shape/archive.ts';
import { printable } from '../../../reports/render/terminal-text.ts';
import { RigError } from '../../error.ts';
import { transcriptHash } from '../../run/transcript-file.ts';
import { inOurWords } from '../archive-errors.ts';
import { UsageError } from '../failures.ts';
import { labUrl } from '../filing.ts';
import { JSON_OPTION } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { howMany } from '../../../reports/render/how-many.ts';

export const OPTIONS = {
  key: { type: 'string', requiresArg: true, describe: 'public key of the station, where this is not the station itself (station.pub)' },
  finish: {
    type: 'string',
    requiresArg: true,
    describe: 'a run of another machine that surely does not go on there: it is recorded as aborted',
  },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('dir', { type: 'string', default: 'reports/runs', describe: 'the folder that holds the runs' })
    .options(OPTIONS)
    .example('$0 verify', 'every record of reports/runs')
    .example('$0 verify /media/backup/runs --key station.pub', 'a copy, with the key of the station that made it')
    .example('$0 verify --finish 20261128-100000-1a2b', 'a run whose machine is gone or has another name now');

interface Args {
  readonly dir: string;
  readonly key?: string;
  readonly finish?: string;
  readonly json: boolean;
}

const readKey = async (file: string | undefined): Promise<readonly KeyObject[]> => {
  if (file === undefined) return [];
  try {
    return [publicKeyOf(await readFile(file, 'utf8'))];
  } catch (cause) {
    throw new UsageError(
      `--key ${file} is no public key: ${(cause as Error).message}.`,
      'give station.pub of the station’s folder of keys',
    );
  }
};

const line = ({ run, kind, text }: ChainProblem): string => `${kind.toUpperCase().padEnd(9)}  ${printable(run)}: ${printable(text)}\n`;

const awayText = (dir: string, { run, host, began, written }: VerifyDocument['elsewhere'][number]): string =>
  `Run ${run} goes on at the machine ${host}, or was interrupted there${began === null ? '' : `: it began at ${began}`}${written === null ? '' : `, its journal was last written at ${written}`}. ` +
  `Look there; where it surely does not go on, or that machine is gone or has another name now: rig verify ${dir} --finish ${run}`;

const told = ({ dir, records, problems, keys, finished, running, elsewhere, notes, ok }: VerifyDocument): string => {
  const runs = new Set(problems.map(({ run }) => run)).size;
  const signed =
    keys.length === 0 ? '' : `, signed by ${keys.map(({ id, known }) => `${id}${known ? '' : ' (not known here)'}`).join(', ')}`;
  return [
    ...problems.map(line),
    ...finished.map((run) => `Run ${printable(run)} was interrupted; it is recorded as aborted.\n`),
    ...running.filter((run) => !elsewhere.some((one) => one.run === run)).map((run) => `Run ${printable(run)} is going on.\n`),
    ...elsewhere.map((one) => `${printable(awayText(dir, one))}\n`),
    ...notes.map((note) => `${printable(note)}\n`),
    ok
      ? `${printable(dir)}: ${howMany(records, 'record')}, each as it was when its run ended${signed}.\n`
      : `${printable(dir)}: ${howMany(problems.length, 'problem')} with ${howMany(runs, 'record')}; the chain has ${records} links${signed}.\n`,
  ].join('');
};

/** Throws UsageError where there is nothing to finish, or where it is known that the run goes on. */
const checkFinish = async (dir: string, run: string, unfinished: readonly string[]): Promise<void> => {
  const open = await unsettled(dir, unfinished);
  if (!open.has(run))
    throw new UsageError(
      `There is no run ${run} in ${dir} that has to be finished.`,
      `give the name of its folder; rig verify ${dir} names the runs that are not over`,
    );
  const writer = open.get(run) ?? null;
  if (writer !== null && stateOf(writer) === 'alive')
    throw new UsageError(
      `Run ${run} is going on: process ${writer.pid} of this machine is at it.`,
      'wait for its end, or stop it with Ctrl-C where it runs',
    );
};

export const handle = async ({ dir, key, finish, json }: Args, { out, env }: Surroundings): Promise<number> => {
  const given = await readKey(key);
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw new RigError('runMissing', `There is no folder ${dir}.`, { hint: 'give the folder that holds the runs', blame: 'operator' });
  const document = await inOurWords(async () => {
    const keys = keyFolder(env);
    const { unfinished } = await findRuns(dir);
    if (finish !== undefined) await checkFinish(dir, finish, unfinished);
    const options = { keys, forLab: labUrl(env) !== null, transcriptHash, ...(finish !== undefined && { finish }) };
    const { aborted, filed, entered, running, elsewhere, troubles } = await settle(dir, options, unfinished);
    const { archive, records, problems, keys: signers, notes } = await verifyArchive(dir, { keys, given, running });
    return toVerifyDocument({
      dir,
      archive,
      records,
      problems: [...problems],
      keys: [...signers],
      finished: [...aborted],
      running: [...running],
      elsewhere: [...elsewhere],
      // Signed just now and not when it ended: whoever verifies has to know.
      notes: [
        ...notes,
        ...filed.map((run) => `Run ${run} was over and had not been signed; it is signed now, as it was found.`),
        ...entered.map((run) => `Run ${run} had waited for the database, and is in it now.`),
        ...troubles,
      ],
    });
  });
  out.write(json ? `${JSON.stringify(document)}\n` : told(document));
  return document.exit;
};
