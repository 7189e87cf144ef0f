/** A worker thread of `rig check`: a batch of files a message, answered with what each of them holds. */

import { parentPort, workerData } from 'node:worker_threads';
import type { ScenarioSource } from '../run/scenario-files.ts';
import { type Against, checkSource, openCheck } from './check-source.ts';

const check = openCheck(workerData as Against);

parentPort?.on('message', (batch: readonly ScenarioSource[]) => {
  parentPort?.postMessage(
    batch.map((source) => checkSource(source, check)),
    [],
  );
});
