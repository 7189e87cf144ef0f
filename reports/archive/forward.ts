/** Gives the runs that wait in a folder's archive to the lab's, each once, and forgets that they waited only when they are there. */

import { stat } from 'node:fs/promises';
import { archivedRun } from './archived-run.ts';
import { addRuns } from './database/store.ts';
import { databaseFile, openLocal, openServer, openToRead } from './open-archive.ts';

const MOST = 500;

/** How many were given. Rejects with ArchiveAway while the server is away: then all of them wait on. */
export const forwardRuns = async (out: string, url: string): Promise<number> => {
  const local = await openLocal(out);
  try {
    const lab = await openServer(url);
    try {
      let given = 0;
      for (;;) {
        const waiting = await local.db.selectFrom('outbox').selectAll().orderBy('run').limit(MOST).execute();
        if (waiting.length === 0) return given;
        await addRuns(
          lab,
          waiting.map(({ document }) => archivedRun.parse(JSON.parse(document))),
        );
        // A run that is given twice, because the power went before this, is there once all the same.
        await local.exclusive(async (db) => {
          for (const { archive, run } of waiting)
            await db.deleteFrom('outbox').where('archive', '=', archive).where('run', '=', run).execute();
        });
        given += waiting.length;
      }
    } finally {
      await lab.close();
    }
  } finally {
    await local.close();
  }
};

/** How many wait. */
export const waitingRuns = async (out: string): Promise<number> => {
  if (!(await stat(databaseFile(out)).catch(() => null))) return 0;
  const local = await openToRead(out);
  try {
    const [row] = await local.db
      .selectFrom('outbox')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .execute();
    return row?.n ?? 0;
  } finally {
    await local.close();
  }
};
