/** Runs independent jobs on worker threads, one per core, and gives their results back in the order of the jobs. */

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { keepWorker, takeWorker } from './idle-workers.ts';

export interface PoolOptions<Job, Result> {
  /** Module of the worker: it answers each message `job` with one message. */
  readonly worker: URL;
  readonly jobs: readonly Job[];
  /** What every worker gets once, when it starts. Without it workers may be those of an earlier run. */
  readonly workerData?: unknown;
  /** What every worker is told before its first job, with a message `{ shared }`, which it does not answer; workers may be those of an earlier run. */
  readonly shared?: unknown;
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Answers what a worker asks in the middle of a job, with a message `{ asks }`; it gets a message `{ answered }`. */
  readonly onAsk?: ((question: unknown) => Promise<unknown>) | undefined;
  readonly onStart?: (index: number) => void;
  readonly onDone?: (index: number, result: Result) => void;
  /** True for a result after which jobs further down the list need not be started any more. */
  readonly stopAfter?: (result: Result) => boolean;
}

const isAsking = (message: unknown): message is { readonly asks: unknown } =>
  typeof message === 'object' && message !== null && 'asks' in message;

/** `undefined` = never run (after a stop or an abort). Rejects when a worker itself fails. */
export const runJobs = async <Job, Result>(options: PoolOptions<Job, Result>): Promise<(Result | undefined)[]> => {
  const { jobs, signal } = options;
  if (jobs.length === 0) return [];
  const results = Array.from<Result | undefined>({ length: jobs.length });
  let next = 0;
  const answered = new Set<Worker>();
  let stopAt = Infinity;
  const drive = async (worker: Worker): Promise<void> => {
    const { promise: over, resolve, reject } = Promise.withResolvers<void>();
    let current = -1;
    const takeNext = (): void => {
      answered.add(worker);
      if (next >= jobs.length || next > stopAt || signal?.aborted) return resolve();
      answered.delete(worker);
      current = next++;
      options.onStart?.(current);
      worker.postMessage(jobs[current], []);
    };
    const onMessage = (message: Result | { readonly asks: unknown }): void => {
      if (isAsking(message)) {
        options.onAsk?.(message.asks).then((answer) => worker.postMessage({ answered: answer }, []), reject);
        return;
      }
      const result = message;
      results[current] = result;
      if (current <= stopAt) options.onDone?.(current, result);
      if (options.stopAfter?.(result)) stopAt = Math.min(stopAt, current);
      takeNext();
    };
    const onExit = (code: number): void => reject(new Error(`A worker left with exit code ${code} instead of a result.`));
    const onAbort = (): void => resolve();
    worker.on('message', onMessage).on('error', reject).on('exit', onExit);
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      if (options.shared !== undefined) worker.postMessage({ shared: options.shared }, []);
      takeNext();
      await over;
    } finally {
      worker.off('message', onMessage).off('error', reject).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
    }
  };
  const count = Math.min(options.workers ?? availableParallelism(), jobs.length);
  const workers = Array.from({ length: count }, () => takeWorker(options.worker, options.workerData));
  try {
    await Promise.all(workers.map(drive));
  } finally {
    const reusable = (worker: Worker): boolean => answered.has(worker) && options.workerData === undefined;
    await Promise.all(workers.map((worker) => (reusable(worker) ? keepWorker(options.worker, worker) : worker.terminate())));
  }
  // What ran beyond the stop is not reported: the outcome must not depend on how many workers there were.
  return results.map((result, index) => (index > stopAt ? undefined : result));
};
