/** Files a run whose files are on the disk: signs it into the chain, gives the record its name, puts it into the database; each step once, however often it is tried. */

import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { createHash, randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type { RunRecord } from '../record.ts';
import { archive, type ArchivedRun } from './archived-run.ts';
import { addLink, archiveIdOf, findEntry } from './chain/chain-file.ts';
import { sha256Of } from './chain/entry.ts';
import { readHead, stationKey, writeHead } from './chain/keys.ts';
import type { Engine } from './database/engine.ts';
import { addRuns } from './database/store.ts';
import { withLock } from './lock.ts';
import { ARCHIVE_FOLDER, openLocal } from './open-archive.ts';
import { unmark } from './progress.ts';
import { parseRecord } from './read-run.ts';
import { RECORD, RECORD_PART, settleRecord, writeDurably } from './run-folder.ts';

const WAVEFORMS = 'waveforms';
const zipped = promisify(gzip);

/** A larger file is read piece by piece. */
const AT_ONCE_bytes = 16 * 2 ** 20;

const hashOfFile = async (file: string): Promise<string> => {
  if ((await stat(file)).size <= AT_ONCE_bytes) return sha256Of(await readFile(file));
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
};

/** sha256 of each file of a run's folder; the record under its own name, whichever it has now. Folders in it are runs of their own. */
export const filesOf = async (dir: string): Promise<Record<string, string>> => {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const told = names.toSorted().filter((name) => name !== RECORD_PART || !names.includes(RECORD));
  const hashes = await Promise.all(
    told.map(async (name) => [name === RECORD_PART ? RECORD : name, await hashOfFile(path.join(dir, name))] as const),
  );
  return Object.fromEntries(hashes);
};

/** Where the record is kept a second time, compressed. Below a folder for each month, as a folder of a million files is slow. */
export const waveformFile = (out: string, run: string): string =>
  path.join(out, ARCHIVE_FOLDER, WAVEFORMS, run.slice(0, 6), `${run.replaceAll('/', '_')}.json.gz`);

const keepWaveforms = async (out: string, run: string, bytes: Buffer): Promise<void> => {
  const file = waveformFile(out, run);
  if (await stat(file).catch(() => null)) return;
  await mkdir(path.dirname(file), { recursive: true });
  // Of this writer alone: whoever else files the run meanwhile writes the same.
  const part = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID()}`);
  await writeDurably(part, await zipped(bytes));
  await rename(part, file);
};

export interface Filed {
  readonly archived: ArchivedRun;
  readonly record: RunRecord;
  /** False where the database had it already; of several who file it at once it is new to one. */
  readonly isNew: boolean;
}

/** Into the chain. Rejects with ArchiveUnusable, KeyUnusable, ChainDamaged or the system's error; then the run is as it was, and is filed another time. */
export const chainRun = async (out: string, run: string, keys: string): Promise<{ archive: string; seq: number; recordHash: string }> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  const dir = path.join(out, run);
  return withLock(folder, async () => {
    const id = await archiveIdOf(folder);
    const there = await findEntry(folder, run);
    if (there !== null) {
      await settleRecord(dir).catch((cause: NodeJS.ErrnoException) => {
        throw cause.code === 'ENOENT' ? new Error('it is signed, and its record is there no more; see rig verify', { cause }) : cause;
      });
      return { archive: id, seq: there.n, recordHash: there.files[RECORD]! };
    }
    const { key } = await stationKey(keys);
    const files = await filesOf(dir);
    const { entry, head } = await addLink(folder, { archive: id, run, files }, key, await readHead(keys, id, key.publicKey));
    await writeHead(keys, head);
    await settleRecord(dir);
    return { archive: id, seq: entry.n, recordHash: files[RECORD]! };
  });
};

/** Adds it to the database of the folder, and to what waits for the lab's where there is one. 0 where it was there. */
const putAway = async (engine: Engine, archived: ArchivedRun, forLab: boolean): Promise<number> => {
  const added = await addRuns(engine, [archived]);
  if (!forLab) return added;
  await engine.db
    .insertInto('outbox')
    .values({ archive: archived.archive, run: archived.run, document: JSON.stringify(archived) })
    .onConflict((already) => already.doNothing())
    .execute();
  return added;
};

/** The run is signed and its record has its name; its database could not take it in, and is asked again another time. */
export class NotInDatabase extends Error {
  readonly code: string | undefined;
  readonly hint: string;
  constructor(cause: unknown) {
    const { code, message, hint = '' } = cause as { readonly code?: string; readonly message: string; readonly hint?: string };
    super(message, { cause });
    this.name = 'NotInDatabase';
    this.code = code;
    this.hint = hint;
  }
}

/** A record and its file; of one that this process has just written, so that it need not be read again. */
export interface MadeRecord {
  readonly record: RunRecord;
  readonly bytes: Buffer;
  /** sha256 of the bytes. */
  readonly recordHash: string;
}

/** Rejects with RunUnreadable, or with the system's error. */
export const readMade = async (file: string): Promise<MadeRecord> => {
  const bytes = await readFile(file);
  return { record: parseRecord(file, bytes.toString('utf8')), bytes, recordHash: sha256Of(bytes) };
};

const intoDatabase = async (out: string, archived: ArchivedRun, forLab: boolean): Promise<number> => {
  const engine = await openLocal(out);
  try {
    return await putAway(engine, archived, forLab);
  } finally {
    await engine.close();
  }
};

export interface FilingOptions {
  /** Folder of the station's keys. */
  readonly keys: string;
  /** Whether the run is for a lab's archive, too. */
  readonly forLab: boolean;
}

/** Rejects with what `chainRun` does, or with NotInDatabase. `run`: name of the folder below `out`; `made`: its record, where the caller has written it. */
export const fileRun = async (out: string, run: string, { keys, forLab }: FilingOptions, made?: MadeRecord): Promise<Filed> => {
  const [linked, kept] = await Promise.allSettled([
    chainRun(out, run, keys),
    made === undefined ? undefined : keepWaveforms(out, run, made.bytes),
  ]);
  // What is wrong with the archive as a whole says more than that a file in it could not be written.
  if (linked.status === 'rejected') throw linked.reason;
  if (kept.status === 'rejected') throw kept.reason;
  const link = linked.value;
  const { record, bytes, recordHash } = made ?? (await readMade(path.join(out, run, RECORD)));
  // What was changed since it was signed is for `rig verify`; it does not go into the database.
  if (recordHash !== link.recordHash) throw new Error(`${path.join(out, run, RECORD)} is not the record that was signed; see rig verify`);
  const archived = archive(record, link);
  if (made === undefined) await keepWaveforms(out, run, bytes);
  const added = await intoDatabase(out, archived, forLab).catch((cause: unknown) => {
    throw new NotInDatabase(cause);
  });
  await unmark(out, run);
  return { archived, record, isNew: added > 0 };
};
