/** One process at a time in an archive's folder. An empty SQLite file is the lock: the system lets go of it when a process dies, whatever way it dies. */

import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { patiently, silent_ms } from './database/patience.ts';
import { ArchiveUnusable } from './database/sqlite.ts';
import { DAMAGED, isSqlite, SQLITE } from './database/sqlite-code.ts';
import { makeFolder } from './make-folder.ts';

const LOCK = 'lock.db';
const PATIENCE_ms = 30_000;

/** Promises of this process wait for each other here; waiting in SQLite would stop them all. */
const turns = new Map<string, Promise<unknown>>();

const locked = async <T>(folder: string, work: () => Promise<T>, patience_ms: number): Promise<T> => {
  await makeFolder(folder);
  const file = path.join(folder, LOCK);
  const patience = { holder: `Another process is busy with the archive ${folder}`, patience_ms };
  let lock: DatabaseSync | null = null;
  try {
    const made = new DatabaseSync(file, { timeout: silent_ms(patience) });
    lock = made;
    patiently(made, patience, () => made.exec('begin exclusive'));
  } catch (cause) {
    lock?.close();
    if (isSqlite(cause, DAMAGED))
      throw new ArchiveUnusable(
        'archiveDamaged',
        `The lock ${file} is damaged: ${(cause as Error).message}.`,
        'nothing is kept in it: delete it; the run is safe in its folder and is taken in when the next one is made',
        cause,
      );
    const busy = isSqlite(cause, [SQLITE.busy]);
    throw busy
      ? new ArchiveUnusable(
          'archiveLocked',
          `Another process has been busy with the archive ${folder} for ${patience_ms / 1000} s.`,
          'the run is safe in its folder and is taken in when the next one is made',
          cause,
        )
      : new ArchiveUnusable(
          'archiveUnwritable',
          `The archive ${folder} cannot be written: ${(cause as Error).message}.`,
          'the run is safe in its folder and is taken in when the next one is made',
          cause,
        );
  }
  try {
    return await work();
  } finally {
    lock.exec('rollback');
    lock.close();
  }
};

/** Rejects with ArchiveUnusable where another process stays in it. */
export const withLock = <T>(folder: string, work: () => Promise<T>, patience_ms = PATIENCE_ms): Promise<T> => {
  const before = turns.get(folder) ?? Promise.resolve();
  const turn = before.then(() => locked(folder, work, patience_ms));
  turns.set(
    folder,
    turn.catch(() => undefined),
  );
  return turn;
};
