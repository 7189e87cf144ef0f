/** The jobs of a campaign on worker threads, with progress told. */

import { runJobs } from '../../rig/run/pool.ts';
import { progress } from '../rows.ts';

/** A machine of two cores is what the numbers of a campaign come from. */
const WORKERS = 2;

/** `told`: what to say once so many jobs are done. */
export const onWorkers = async <Result>(
  worker: URL,
  jobs: readonly unknown[],
  told: (done: number) => string,
): Promise<readonly Result[]> => {
  let done = 0;
  const results = await runJobs<unknown, Result>({ worker, jobs, workers: WORKERS, onDone: () => progress(told((done += 1))) });
  return results.filter((result) => result !== undefined);
};

/** One job a seed. */
export const seedsFrom = (seed: number, count: number): readonly number[] => Array.from({ length: count }, (_, index) => seed + index);
