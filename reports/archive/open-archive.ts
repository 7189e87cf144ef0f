/** Which database an archive is in, opened: a folder's own file, or a server that a URL names. */

import path from 'node:path';
import type { ArchiveQueries } from './archive-queries.ts';
import type { Engine } from './database/engine.ts';
import { migrate } from './database/migrations.ts';
import { openPostgres } from './database/postgres.ts';
import { queriesOf } from './database/queries.ts';
import { openSqlite } from './database/sqlite.ts';
import { makeFolder } from './make-folder.ts';
import { openUnwritable } from './read-only.ts';

/** Names a lab's archive for all commands. */
export const ARCHIVE_URL_VARIABLE = 'RIG_ARCHIVE_URL';
/** In the folder of the runs: the database, the chain of records and what belongs to them. */
export const ARCHIVE_FOLDER = 'archive';
export const DATABASE_FILE = 'archive.db';

export const databaseFile = (out: string): string => path.join(out, ARCHIVE_FOLDER, DATABASE_FILE);

/** The tables are brought to this rig's version. Rejects with ArchiveAway, ArchiveUnusable or ArchiveNewer. */
const ready = async (engine: Engine): Promise<Engine> => {
  try {
    await migrate(engine);
    return engine;
  } catch (cause) {
    await engine.close().catch(() => undefined);
    throw cause;
  }
};

/** The database of the folder that holds the runs. */
export const openLocal = async (out: string, patience_ms?: number): Promise<Engine> => {
  await makeFolder(path.join(out, ARCHIVE_FOLDER));
  return ready(openSqlite(databaseFile(out), patience_ms === undefined ? {} : { patience_ms }));
};

/** Who only asks does not wait for writers; what is in the way then is there for long. */
const ASKING_ms = 5_000;

/** What the system or SQLite says of a place that cannot be written. */
export const UNWRITABLE: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'archiveUnwritable'];

/** The same for questions alone: also where the folder cannot be written. */
export const openToRead = (out: string): Promise<Engine> =>
  openLocal(out, ASKING_ms).catch((cause: unknown) => {
    if (!UNWRITABLE.includes((cause as { readonly code?: string }).code ?? '')) throw cause;
    return openUnwritable(databaseFile(out), cause);
  });

export const openServer = async (url: string): Promise<Engine> => ready(await openPostgres(url));

/** For questions: `url` where a lab has one, else the archive of the folder `out`. */
export const openArchive = async (out: string, url?: string | null): Promise<ArchiveQueries> =>
  queriesOf(await (url == null ? openToRead(out) : openServer(url)));
