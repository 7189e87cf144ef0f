/** The database of a folder that cannot be written, such as an auditor's mount or a copy on a disc: read where it lies, or from a copy of it. */

import { chmod, copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Engine } from './database/engine.ts';
import { isCurrent, migrate } from './database/migrations.ts';
import { ArchiveUnusable, openSqlite } from './database/sqlite.ts';

/** Null where it has to be copied: its log cannot be read beside it, or its tables are of an earlier rig. */
const inPlace = async (file: string, unchanging: boolean): Promise<Engine | null> => {
  let engine: Engine | null = null;
  try {
    engine = openSqlite(file, { readOnly: true, unchanging });
    if (await isCurrent(engine)) return engine;
  } catch (cause) {
    if ((cause as { readonly code?: string }).code !== 'archiveUnwritable') {
      await engine?.close();
      throw cause;
    }
  }
  await engine?.close();
  return null;
};

/** A copy that is gone once it is closed. */
const ofCopy = async (file: string): Promise<Engine> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'bms-rig-archive-'));
  const copy = path.join(folder, path.basename(file));
  try {
    for (const end of ['', '-wal']) {
      if (!(await stat(`${file}${end}`).catch(() => null))) continue;
      await copyFile(`${file}${end}`, `${copy}${end}`);
      await chmod(`${copy}${end}`, 0o600);
    }
    const engine = openSqlite(copy);
    await migrate(engine);
    return {
      kind: engine.kind,
      name: file,
      db: engine.db,
      exclusive: (work) => engine.exclusive(work),
      found: (table, key, values) => engine.found(table, key, values),
      add: (db, table, values) => engine.add(db, table, values),
      close: async () => {
        await engine.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (cause) {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  }
};

/** For questions alone. Rejects with ArchiveUnusable, ArchiveNewer or the system's error. */
export const openUnwritable = async (file: string, cause: unknown): Promise<Engine> => {
  if (!(await stat(file).catch(() => null)))
    throw new ArchiveUnusable(
      'archiveUnwritable',
      `There is no database ${file}, and none can be made there: ${(cause as Error).message}.`,
      'copy the runs to where you may write, and use the copy',
      cause,
    );
  const log = await stat(`${file}-wal`).catch(() => null);
  // Whoever writes it has its log open, and the log is read with the file then. Where it has none, nobody does.
  const engine = log === null ? null : await inPlace(file, false);
  if (engine !== null) return engine;
  return (log === null || log.size === 0 ? await inPlace(file, true) : null) ?? ofCopy(file);
};
