/** A worker thread of the campaign of link faults: one run a message, by its seed. */

import { parentPort } from 'node:worker_threads';
import { runOnSpoiledLink } from './link-fault.ts';

parentPort?.on('message', (seed: number) => {
  void runOnSpoiledLink(seed).then((run) => parentPort?.postMessage(run, []));
});
