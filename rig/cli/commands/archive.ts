/** `rig archive`: takes runs in, gives them out, and copies the whole archive while it is in use. */

import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline as pipelined, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Argv } from 'yargs';
import { backUp } from '../../../reports/archive/backup.ts';
import { keyFolder } from '../../../reports/archive/chain/keys.ts';
import { forwardRuns, waitingRuns } from '../../../reports/archive/forward.ts';
import { openLocal, openServer, openToRead } from '../../../reports/archive/open-archive.ts';
import { exportLines, importLines, type TakenIn } from '../../../reports/archive/run-lines.ts';
import { settle } from '../../../reports/archive/settle.ts';
import { takeInFolders } from '../../../reports/archive/take-in.ts';
import { findRuns } from '../../../reports/archive/verify-archive.ts';
import { toArchiveDocument } from '../../../reports/json.ts';
import { printable } from '../../../reports/render/terminal-text.ts';
import type { ArchiveDocument } from '../../../reports/shape/archive.ts';
import { RigError } from '../../error.ts';
import { transcriptHash } from '../../run/transcript-file.ts';
import { inOurWords } from '../archive-errors.ts';
import { UsageError } from '../failures.ts';
import { labUrl } from '../filing.ts';
import { JSON_OPTION } from '../options.ts';
import { prepareOut } from '../out-folder.ts';
import type { Surroundings } from '../surroundings.ts';
import { howMany } from '../../../reports/render/how-many.ts';

const ACTIONS = ['import', 'export', 'backup'] as const;

export const OPTIONS = {
  out: { type: 'string', requiresArg: true, default: 'reports/runs', describe: 'the folder that holds the runs and their archive' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('action', { choices: ACTIONS, describe: 'what to do', demandOption: true })
    .positional('path', { type: 'string', describe: 'what to take in, or where to put it' })
    .options(OPTIONS)
    .example('$0 archive import', 'runs of reports/runs that no archive knows yet, and those that wait for the lab')
    .example('$0 archive import /media/line-2/runs', 'runs of another folder, copied')
    .example('$0 archive export year.jsonl.gz', 'every run without its traces, one line each')
    .example('$0 archive backup /backup/runs-2026-11-29', 'everything, while others write');

interface Args {
  readonly action: (typeof ACTIONS)[number];
  readonly path?: string;
  readonly out: string;
  readonly json: boolean;
}

const DISK: readonly string[] = ['EACCES', 'EDQUOT', 'EEXIST', 'EFBIG', 'EIO', 'ENOENT', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];

const isLines = (file: string): boolean => /\.jsonl(\.gz)?$/.test(file);

/** Rejects with RigError for a file that cannot be read to its end. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? pipelined(bytes, createGunzip(), () => undefined) : bytes;
  text.setEncoding('utf8');
  let rest = '';
  try {
    for await (const part of text) {
      const lines = `${rest}${part as string}`.split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (cause) {
    throw new RigError('recordDamaged', `${file} cannot be read to its end: ${(cause as Error).message}.`, {
      hint: 'what stands before that is taken in; get the file anew and import it again: each run is taken once',
      blame: 'operator',
      cause,
    });
  }
  yield rest;
}

const engineOf = (out: string, url: string | null) => (url === null ? openLocal(out) : openServer(url));

type Done = Omit<ArchiveDocument, 'schema' | 'exit'>;

const importFrom = async ({ path: from, out }: Args, { env, err }: Surroundings, tell: boolean): Promise<Done> => {
  await prepareOut(out);
  const url = labUrl(env);
  const keys = keyFolder(env);
  const progress = (runs: number): void => {
    if (tell && err.isTerminal) err.write(`\r${runs} runs`);
  };
  const source = from ?? out;
  if (!(await stat(source).catch(() => null)))
    throw new RigError('runMissing', `There is nothing at ${source}.`, {
      hint: 'give a folder of runs, or a file that `rig archive export` wrote',
      blame: 'operator',
    });
  let taken: TakenIn;
  if (isLines(source)) {
    const engine = await engineOf(out, url);
    try {
      taken = await importLines(engine, linesOf(source), progress);
    } finally {
      await engine.close();
    }
  } else {
    const { unfinished } = await findRuns(out);
    const finish = () => settle(out, { keys, forLab: url !== null, transcriptHash }, unfinished);
    const before = await finish();
    const found = await takeInFolders(source, out, { keys, forLab: url !== null }, progress);
    // What was taken in is no trouble any more.
    const { troubles } = before.troubles.length === 0 ? before : await finish();
    taken = { ...found, refused: [...troubles.map((why) => ({ what: out, why })), ...found.refused] };
  }
  if (url !== null) await forwardRuns(out, url);
  return { action: 'import', archive: out, ...taken, refused: [...taken.refused], waiting: await waitingRuns(out), to: null };
};

/** The errors of a disk, told of what was to be written there. */
const refuseTarget =
  (to: string) =>
  (cause: NodeJS.ErrnoException): never => {
    if (!DISK.includes(cause.code ?? '')) throw cause;
    throw new RigError('outUnwritable', `${to} cannot be written: ${cause.message}.`, {
      hint: 'make room or give another place; what was written so far is no whole copy, and can be deleted',
      blame: 'operator',
      cause,
    });
  };

const wanted = ({ action, path: to }: Args): string => {
  if (to === undefined)
    throw new UsageError(
      `rig archive ${action} wants to know where to.`,
      `for example rig archive ${action} ${action === 'export' ? 'runs.jsonl.gz' : '/backup/runs'}`,
    );
  return to;
};

/** A name that was mistyped must not end as an empty copy that nobody misses. Rejects with RigError `runMissing`. */
const insistOnFolder = async (out: string): Promise<void> => {
  if ((await stat(out).catch(() => null))?.isDirectory()) return;
  throw new RigError('runMissing', `There is no folder ${out}.`, {
    hint: 'name the folder that holds the runs with --out',
    blame: 'operator',
  });
};

const exportTo = async (args: Args, { env }: Surroundings): Promise<Done> => {
  const to = wanted(args);
  if (!isLines(to)) throw new UsageError(`${to} is neither .jsonl nor .jsonl.gz.`, 'for example rig archive export runs.jsonl.gz');
  if (await stat(to).catch(() => null)) throw new UsageError(`${to} is there already.`, 'give another name: nothing is overwritten');
  const url = labUrl(env);
  if (url === null) await insistOnFolder(args.out);
  const engine = await (url === null ? openToRead(args.out) : openServer(url));
  let runs = 0;
  async function* counted(): AsyncGenerator<string> {
    for await (const text of exportLines(engine)) {
      runs += text.split('\n').length - 1;
      yield text;
    }
  }
  try {
    const file = createWriteStream(to, { flags: 'wx' });
    await (to.endsWith('.gz') ? pipeline(Readable.from(counted()), createGzip(), file) : pipeline(Readable.from(counted()), file)).catch(
      refuseTarget(to),
    );
  } finally {
    await engine.close();
  }
  return { action: 'export', archive: args.out, runs, added: 0, refused: [], waiting: await waitingRuns(args.out), to };
};

const backUpTo = async (args: Args): Promise<Done> => {
  const to = wanted(args);
  await insistOnFolder(args.out);
  const runs = await backUp(args.out, to).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST' && cause.path === to)
      throw new UsageError(`${to} is there already.`, 'give another name: nothing is overwritten');
    return refuseTarget(to)(cause);
  });
  return { action: 'backup', archive: args.out, runs, added: 0, refused: [], waiting: await waitingRuns(args.out), to };
};

const told = ({ action, archive, runs, added, refused, waiting, to }: ArchiveDocument): string => {
  const what =
    action === 'import'
      ? `${howMany(runs, 'run')} read, ${added} of them new in ${archive}`
      : `${howMany(runs, 'run')} of ${archive} in ${to}`;
  const rest = waiting === 0 ? '' : `; ${waiting} wait for the lab’s archive`;
  return `${refused.map(({ what: one, why }) => `refused: ${printable(one)}: ${printable(why)}\n`).join('')}${printable(what)}${rest}.\n`;
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const done = await inOurWords(() =>
    args.action === 'import'
      ? importFrom(args, surroundings, !args.json)
      : args.action === 'export'
        ? exportTo(args, surroundings)
        : backUpTo(args),
  );
  const document = toArchiveDocument(done);
  surroundings.out.write(args.json ? `${JSON.stringify(document)}\n` : told(document));
  return document.exit;
};
