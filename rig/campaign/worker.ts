/** A worker thread of a campaign: one unit a message, run through the suite it was last told. */

import { parentPort } from 'node:worker_threads';
import { asRigError, runUnit } from './unit-run.ts';
import type { Suite, UnitAnswer, UnitJob } from './units.ts';

let suite: Suite = { cases: [], bail: false };

const answer = async (job: UnitJob): Promise<UnitAnswer> => {
  try {
    return { ok: true, outcome: await runUnit(job, suite) };
  } catch (cause) {
    const { code, message, hint } = asRigError(cause);
    return { ok: false, fault: { code, message, hint } };
  }
};

parentPort?.on('message', (message: UnitJob | { readonly shared: Suite }) => {
  if ('shared' in message) suite = message.shared;
  else void answer(message).then((result) => parentPort?.postMessage(result, []));
});
