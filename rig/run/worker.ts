/** A worker thread of a simulated run: one case a message, answered with its result or with the fault that left none. */

import { parentPort } from 'node:worker_threads';
import { RigError, type RigErrorCode } from '../error.ts';
import { runSimulatedCase, type SimulatedCaseRun, type SimulatedJob } from './simulated-case.ts';

export interface WorkerFault {
  readonly code: RigErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly blame: 'rig' | 'link' | 'operator';
}

export type WorkerAnswer =
  | { readonly ok: true; readonly done: SimulatedCaseRun; readonly wall_ms: number }
  | { readonly ok: false; readonly fault: WorkerFault; readonly wall_ms: number };

const answer = async (job: SimulatedJob): Promise<WorkerAnswer> => {
  const start = process.hrtime.bigint();
  const wall_ms = (): number => Number(process.hrtime.bigint() - start) / 1e6;
  try {
    const done = await runSimulatedCase(job);
    return { ok: true, done, wall_ms: wall_ms() };
  } catch (cause) {
    const { code, message, hint, blame } =
      cause instanceof RigError ? cause : new RigError('internal', `The rig itself failed: ${String(cause)}`, { cause });
    return { ok: false, fault: { code, message, hint, blame }, wall_ms: wall_ms() };
  }
};

parentPort?.on('message', (job: SimulatedJob) => {
  void answer(job).then((result) => parentPort?.postMessage(result, []));
});
