/** A worker thread of a campaign: one unit a message, run through the suite it was started with. */

import { parentPort, workerData } from 'node:worker_threads';
import { asRigError, runUnit } from './unit-run.ts';
import type { Suite, UnitAnswer, UnitJob } from './units.ts';

const answer = async (job: UnitJob): Promise<UnitAnswer> => {
  try {
    return { ok: true, outcome: await runUnit(job, workerData as Suite) };
  } catch (cause) {
    const { code, message, hint } = asRigError(cause);
    return { ok: false, fault: { code, message, hint } };
  }
};

parentPort?.on('message', (job: UnitJob) => {
  void answer(job).then((result) => parentPort?.postMessage(result, []));
});
