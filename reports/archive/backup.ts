/** A copy of a whole folder of runs while others go on writing: run folders, chain, waveforms, and the database as one moment saw it. */

import { chmod, copyFile, cp, mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { CHAIN } from './chain/chain-file.ts';
import { DAMAGED, isSqlite, SQLITE } from './database/sqlite-code.ts';
import { withLock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { ARCHIVE_FOLDER, DATABASE_FILE, databaseFile, UNWRITABLE } from './open-archive.ts';
import { archiveParts } from './take-in.ts';
import { findRuns } from './verify-archive.ts';

/** The copy is not whole. */
export class BackupDamaged extends Error {
  readonly code = 'archiveDamaged';
  readonly hint: string;
  constructor(message: string, hint = 'move the database away, let `rig archive import` make it anew from the runs, and back up again') {
    super(message);
    this.hint = hint;
  }
}

const checked = (file: string): number => {
  // Not opened to read alone: the last to close the copy then takes its log away.
  const copy = new DatabaseSync(file);
  try {
    const [result] = copy.prepare('pragma integrity_check(1)').all();
    if (result?.['integrity_check'] !== 'ok')
      throw new BackupDamaged(`The copy ${file} is damaged: ${String(result?.['integrity_check'])}.`);
    return Number(copy.prepare('select count(*) as n from run').get()?.['n']);
  } finally {
    copy.close();
  }
};

/** What SQLite says where it would have to write beside the file. */
const NEEDS_WRITING: readonly number[] = [SQLITE.readOnly, SQLITE.inputOutput, SQLITE.cannotOpen];

/** Whoever writes it has its log open, and the log is read with the file then. False where that cannot be, as on a read-only mount. */
const copyOpen = async (file: string, target: string): Promise<boolean> => {
  let source: DatabaseSync | null = null;
  try {
    source = new DatabaseSync(file);
    await copyDatabase(source, target);
    return true;
  } catch (cause) {
    if (!isSqlite(cause, NEEDS_WRITING)) throw cause;
    await rm(target, { force: true });
    return false;
  } finally {
    source?.close();
  }
};

const timesOf = async (file: string): Promise<string> => {
  const files = await Promise.all(['', '-wal'].map((end) => stat(`${file}${end}`).catch(() => null)));
  return JSON.stringify(files.map((one) => [one?.size, one?.mtimeMs]));
};

const MEANWHILE = 'delete it and back up again, or make the backup where the archive can be written';

/** Byte for byte with its log, which then goes into the copy. */
const copyClosed = async (file: string, target: string): Promise<void> => {
  const before = await timesOf(file);
  for (const end of ['', '-wal']) {
    if (!(await stat(`${file}${end}`).catch(() => null))) continue;
    await copyFile(`${file}${end}`, `${target}${end}`);
    await chmod(`${target}${end}`, 0o644);
  }
  if (before !== (await timesOf(file)))
    throw new BackupDamaged(`The database ${file} was written while it was copied; what was made is no whole copy.`, MEANWHILE);
  const copy = new DatabaseSync(target);
  try {
    copy.exec('pragma wal_checkpoint(truncate)');
  } finally {
    copy.close();
  }
};

/** Gives how many runs it holds. */
const copyTables = async (file: string, target: string): Promise<number> => {
  try {
    if (!(await copyOpen(file, target))) await copyClosed(file, target);
    return checked(target);
  } catch (cause) {
    if (!isSqlite(cause, DAMAGED)) throw cause;
    throw new BackupDamaged(
      `The database ${file} is damaged: ${(cause as Error).message}. The runs, their chain and waveforms are copied.`,
    );
  }
};

const copyAll = async (out: string, to: string): Promise<number> => {
  await mkdir(path.join(to, ARCHIVE_FOLDER));
  for (const name of await archiveParts(out))
    await cp(path.join(out, ARCHIVE_FOLDER, name), path.join(to, ARCHIVE_FOLDER, name), { recursive: true, preserveTimestamps: true });
  const { recorded } = await findRuns(out);
  for (const run of recorded.filter((name) => !name.includes('/')))
    await cp(path.join(out, run), path.join(to, run), { recursive: true, preserveTimestamps: true });
  const [file, target] = [databaseFile(out), path.join(to, ARCHIVE_FOLDER, DATABASE_FILE)];
  if (!(await stat(file).catch(() => null))) return recorded.length;
  return copyTables(file, target);
};

/** Changes whenever a run is filed. */
const stateOf = async (out: string): Promise<string> => {
  const chain = await readFile(path.join(out, ARCHIVE_FOLDER, CHAIN)).catch(() => Buffer.alloc(0));
  const { recorded } = await findRuns(out);
  return JSON.stringify([chain.length, recorded]);
};

/** Where there is no lock to be had, nothing may have been filed meanwhile. `copy`: a test hands in one during which something is. */
export const copyUnlocked = async (out: string, to: string, copy = copyAll): Promise<number> => {
  const before = await stateOf(out);
  const runs = await copy(out, to);
  if (before === (await stateOf(out))) return runs;
  throw new BackupDamaged(
    `Runs were filed in ${out} while it was copied, and it cannot be locked from here because it cannot be written; ${to} is no whole copy.`,
    MEANWHILE,
  );
};

/** Gives how many runs the copy holds. `to` must not be there yet. Rejects with EEXIST, with BackupDamaged, or with the system's error. */
export const backUp = async (out: string, to: string): Promise<number> => {
  await makeFolder(path.dirname(path.resolve(to)));
  await mkdir(to);
  const folder = path.join(out, ARCHIVE_FOLDER);
  let isLocked = false;
  try {
    // Under the lock no run is filed meanwhile, so that chain, folders and database speak of the same runs.
    return await withLock(folder, () => {
      isLocked = true;
      return copyAll(out, to);
    });
  } catch (cause) {
    if (isLocked || !UNWRITABLE.includes((cause as { readonly code?: string }).code ?? '')) throw cause;
    return copyUnlocked(out, to);
  }
};
