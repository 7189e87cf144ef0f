/** A folder of runs as an archive that lives as long as a command: for runs that were never filed. */

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ArchiveQueries } from './archive-queries.ts';
import { archive, type ArchivedRun } from './archived-run.ts';
import { migrate } from './database/migrations.ts';
import { queriesOf } from './database/queries.ts';
import { openSqlite } from './database/sqlite.ts';
import { addRuns } from './database/store.ts';
import { readRun } from './read-run.ts';

const hasRecord = async (dir: string): Promise<boolean> => (await readdir(dir).catch((): string[] => [])).includes('record.json');

/** The folders in this one that hold a run, in the order of their names, which is that of their beginning. */
export async function runFolders(out: string): Promise<readonly string[]> {
  const names = (await readdir(out).catch((): string[] => [])).filter((name) => !name.startsWith('.')).toSorted();
  const found = await Promise.all(names.map(async (name) => ((await hasRecord(path.join(out, name))) ? [path.join(out, name)] : [])));
  return found.flat();
}

/** Rejects with RunUnreadable for a record that cannot be read: left out in silence it would make a yield look better. */
export async function openFolder(out: string): Promise<ArchiveQueries> {
  const runs: ArchivedRun[] = [];
  for (const dir of await runFolders(out)) {
    const { record } = await readRun(dir, out);
    const recordHash = createHash('sha256')
      .update(await readFile(path.join(dir, 'record.json')))
      .digest('hex');
    runs.push(archive(record, { archive: out, seq: runs.length + 1, recordHash }));
  }
  const engine = openSqlite(':memory:');
  await migrate(engine);
  await addRuns(engine, runs);
  return { ...queriesOf(engine), name: out };
}
