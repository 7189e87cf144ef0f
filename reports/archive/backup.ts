/** A copy of a whole folder of runs while others go on writing: run folders, chain, waveforms, and the database as one moment saw it. */

import { cp, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { withLock } from './lock.ts';
import { ARCHIVE_FOLDER, DATABASE_FILE, databaseFile } from './open-archive.ts';
import { archiveParts } from './take-in.ts';
import { findRuns } from './verify-archive.ts';

/** The copy is not whole. */
export class BackupDamaged extends Error {
  readonly code = 'archiveDamaged';
  readonly hint = 'look at the database itself, and back up again';
}

const checked = (file: string): number => {
  const copy = new DatabaseSync(file, { readOnly: true });
  try {
    const [result] = copy.prepare('pragma integrity_check(1)').all();
    if (result?.['integrity_check'] !== 'ok')
      throw new BackupDamaged(`The copy ${file} is damaged: ${String(result?.['integrity_check'])}.`);
    return Number(copy.prepare('select count(*) as n from run').get()?.['n']);
  } finally {
    copy.close();
  }
};

/** Gives how many runs the copy holds. `to` must not be there yet. Rejects with EEXIST, with BackupDamaged, or with the system's error. */
export const backUp = async (out: string, to: string): Promise<number> => {
  await mkdir(path.dirname(path.resolve(to)), { recursive: true });
  await mkdir(to);
  // Under the lock no run is filed meanwhile, so that chain, folders and database speak of the same runs.
  return withLock(path.join(out, ARCHIVE_FOLDER), async () => {
    await mkdir(path.join(to, ARCHIVE_FOLDER));
    for (const name of await archiveParts(out))
      await cp(path.join(out, ARCHIVE_FOLDER, name), path.join(to, ARCHIVE_FOLDER, name), { recursive: true, preserveTimestamps: true });
    const { recorded } = await findRuns(out);
    for (const run of recorded.filter((name) => !name.includes('/')))
      await cp(path.join(out, run), path.join(to, run), { recursive: true, preserveTimestamps: true });
    if (!(await stat(databaseFile(out)).catch(() => null))) return 0;
    const source = new DatabaseSync(databaseFile(out));
    try {
      await copyDatabase(source, path.join(to, ARCHIVE_FOLDER, DATABASE_FILE));
    } finally {
      source.close();
    }
    return checked(path.join(to, ARCHIVE_FOLDER, DATABASE_FILE));
  });
};
