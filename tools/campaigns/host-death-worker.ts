/** A worker thread of the campaign of host deaths: one death a message, by its number. */

import { parentPort } from 'node:worker_threads';
import { deathOf } from './host-death.ts';

parentPort?.on('message', (index: number) => {
  void deathOf(index).then((death) => parentPort?.postMessage(death, []));
});
