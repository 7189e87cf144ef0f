/** Runs independent jobs on worker threads, one per core, and gives their results back in the order of the jobs. */

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export interface PoolOptions<Job, Result> {
  /** Module of the worker: it answers each message `job` with one message. */
  readonly worker: URL;
  readonly jobs: readonly Job[];
  /** What every worker gets once, when it starts. */
  readonly workerData?: unknown;
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
  const results = Array.from<Result | undefined>({ length: jobs.length });
  let next = 0;
  let stopAt = Infinity;
  const drive = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      let current = -1;
      const takeNext = (): void => {
        if (next >= jobs.length || next > stopAt || signal?.aborted) return resolve();
        current = next++;
        options.onStart?.(current);
        worker.postMessage(jobs[current], []);
      };
      worker.on('message', (message: Result | { readonly asks: unknown }) => {
        if (isAsking(message)) {
          options.onAsk?.(message.asks).then((answered) => worker.postMessage({ answered }, []), reject);
          return;
        }
        const result = message;
        results[current] = result;
        if (current <= stopAt) options.onDone?.(current, result);
        if (options.stopAfter?.(result)) stopAt = Math.min(stopAt, current);
        takeNext();
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`A worker left with exit code ${code} instead of a result.`)));
      signal?.addEventListener('abort', () => resolve(), { once: true });
      takeNext();
    });
  const count = Math.max(1, Math.min(options.workers ?? availableParallelism(), jobs.length));
  const workers = Array.from({ length: count }, () => new Worker(options.worker, { workerData: options.workerData }));
  try {
    await Promise.all(workers.map(drive));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  // What ran beyond the stop is not reported: the outcome must not depend on how many workers there were.
  return results.map((result, index) => (index > stopAt ? undefined : result));
};
