/** Worker threads that have nothing to do, kept for the next jobs of their kind: to load its modules costs a thread more than to run a case. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

interface Idle {
  readonly href: string;
  readonly worker: Worker;
  readonly failed: () => void;
}

/** Longest idle first. They keep no process alive. */
const idle: Idle[] = [];

const forget = (worker: Worker): void => {
  const index = idle.findIndex((one) => one.worker === worker);
  if (index >= 0) idle.splice(index, 1);
};

/** An idle worker of a module, or a new one. One that is told something at its start (`workerData`) is always new. */
export const takeWorker = (module: URL, workerData: unknown): Worker => {
  const found = workerData === undefined ? idle.findLast(({ href }) => href === module.href) : undefined;
  if (found === undefined) return new Worker(module, { workerData });
  forget(found.worker);
  found.worker.off('error', found.failed).ref();
  return found.worker;
};

/** Takes back a worker that has answered every job it was given. */
export const keepWorker = async (module: URL, worker: Worker): Promise<void> => {
  // One that fails with nothing to do is no longer to be had.
  const failed = (): void => forget(worker);
  worker.on('error', failed).unref();
  idle.push({ href: module.href, worker, failed });
  if (idle.length > availableParallelism()) await idle.shift()?.worker.terminate();
};
