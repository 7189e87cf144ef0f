/** A thread that adds the same forty runs to an archive, for tests of several writers. */

import { workerData } from 'node:worker_threads';
import { migrate } from '../database/migrations.ts';
import { openSqlite } from '../database/sqlite.ts';
import { addRuns } from '../database/store.ts';
import { archivedRunOf } from './archived.ts';

const engine = openSqlite(workerData as string);
await migrate(engine);
for (let seq = 1; seq <= 40; seq += 1) await addRuns(engine, [archivedRunOf(seq)]);
await engine.close();
