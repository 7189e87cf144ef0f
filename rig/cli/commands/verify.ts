/** `rig verify`: names each record of a folder that was changed, removed, inserted, swapped or cut off since it was signed. */

import type { KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Argv } from 'yargs';
import { toVerifyDocument } from '../../../reports/json.ts';
import { publicKeyOf } from '../../../reports/archive/chain/entry.ts';
import { keyFolder } from '../../../reports/archive/chain/keys.ts';
import { settle } from '../../../reports/archive/settle.ts';
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

export const OPTIONS = {
  key: { type: 'string', requiresArg: true, describe: 'public key of the station, where this is not the station itself (station.pub)' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('dir', { type: 'string', default: 'reports/runs', describe: 'the folder that holds the runs' })
    .options(OPTIONS)
    .example('$0 verify', 'every record of reports/runs')
    .example('$0 verify /media/backup/runs --key station.pub', 'a copy, with the key of the station that made it');

interface Args {
  readonly dir: string;
  readonly key?: string;
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

const told = ({ dir, records, problems, keys, finished, running, notes, ok }: VerifyDocument): string => {
  const runs = new Set(problems.map(({ run }) => run)).size;
  const signed =
    keys.length === 0 ? '' : `, signed by ${keys.map(({ id, known }) => `${id}${known ? '' : ' (not known here)'}`).join(', ')}`;
  return [
    ...problems.map(line),
    ...finished.map((run) => `Run ${printable(run)} was interrupted; it is recorded as aborted.\n`),
    ...running.map((run) => `Run ${printable(run)} is going on.\n`),
    ...notes.map((note) => `${printable(note)}\n`),
    ok
      ? `${printable(dir)}: ${records} record${records === 1 ? '' : 's'}, each as it was when its run ended${signed}.\n`
      : `${printable(dir)}: ${problems.length} problem${problems.length === 1 ? '' : 's'} with ${runs} record${runs === 1 ? '' : 's'}; the chain has ${records} links${signed}.\n`,
  ].join('');
};

export const handle = async ({ dir, key, json }: Args, { out, env }: Surroundings): Promise<number> => {
  const given = await readKey(key);
  if (!(await stat(dir).catch(() => null))?.isDirectory())
    throw new RigError('runMissing', `There is no folder ${dir}.`, { hint: 'give the folder that holds the runs', blame: 'operator' });
  const document = await inOurWords(async () => {
    const keys = keyFolder(env);
    const { unfinished } = await findRuns(dir);
    const { aborted, filed, running, troubles } = await settle(dir, { keys, forLab: labUrl(env) !== null, transcriptHash }, unfinished);
    const { archive, records, problems, keys: signers, notes } = await verifyArchive(dir, { keys, given, running });
    return toVerifyDocument({
      dir,
      archive,
      records,
      problems: [...problems],
      keys: [...signers],
      finished: [...aborted],
      running: [...running],
      // Signed just now and not when it ended: whoever verifies has to know.
      notes: [
        ...notes,
        ...filed.map((run) => `Run ${run} was over and had not been signed; it is signed now, as it was found.`),
        ...troubles,
      ],
    });
  });
  out.write(json ? `${JSON.stringify(document)}\n` : told(document));
  return document.exit;
};
