/** A thread that holds a database until it is told to let go. */

import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

const { file, letGo } = workerData as { readonly file: string; readonly letGo: Int32Array };
const database = new DatabaseSync(file);
// Readers of a write-ahead log are kept out by this alone.
database.exec('pragma locking_mode = exclusive; begin exclusive');
parentPort!.postMessage('held', []);
Atomics.wait(letGo, 0, 0);
database.exec('rollback');
database.close();
