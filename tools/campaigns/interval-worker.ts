/** A worker thread of the campaign of intervals: one interval a message, by its seed. */

import { parentPort } from 'node:worker_threads';
import { measureInterval } from './interval.ts';

parentPort?.on('message', (seed: number) => {
  void measureInterval(seed).then((interval) => parentPort?.postMessage(interval, []));
});
