/** A worker thread of the campaign of wires: one wiring mistake a message. */

import { parentPort } from 'node:worker_threads';
import { runWire, type WireJob } from './wire.ts';

parentPort?.on('message', (job: WireJob) => {
  void runWire(job).then((run) => parentPort?.postMessage(run, []));
});
