/** A worker thread of the boundary campaign: one number of the reference a message. */

import { parentPort } from 'node:worker_threads';
import { runPair } from './boundary.ts';
import { LIMITS } from './limits.ts';
import type { PairAnswer, PairJob } from './pairs.ts';

const answer = async ({ parameter, seed }: PairJob): Promise<PairAnswer> => {
  try {
    return {
      ok: true,
      row: await runPair(
        LIMITS.find((one) => one.parameter === parameter)!,
        seed,
      ),
    };
  } catch (cause) {
    return { ok: false, message: `${parameter}: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
};

parentPort?.on('message', (job: PairJob) => {
  void answer(job).then((result) => parentPort?.postMessage(result, []));
});
