/** Random and damaged scenario files: each has to end in issues or in cases, and soon: `npm run campaigns -- hostile-files`. */

import type { Campaign } from './campaign.ts';
import type { Outcome } from './hostile-file.ts';
import { onWorkers } from './on-workers.ts';

export interface HostileBatch {
  readonly first: number;
  readonly count: number;
}

export interface HostileSum {
  readonly files: number;
  readonly refused: number;
  readonly cases: number;
  readonly slowest: Outcome;
  readonly wrong: readonly Outcome[];
}

const BATCH = 250;
/** Nobody waits longer for a file to be refused, on a core of his own. */
const PATIENCE_ms = 5_000;

export const HOSTILE_FILES: Campaign = {
  summary: 'random and damaged scenario files: does each end in issues or cases, at a place and in time (of the processor)?',
  counts: 'files',
  usual: 100_000,
  run: async ({ count, seed, row }) => {
    const batches = Array.from({ length: Math.ceil(count / BATCH) }, (_, index): HostileBatch => ({
      first: seed + index * BATCH,
      count: Math.min(BATCH, count - index * BATCH),
    }));
    const sums = await onWorkers<HostileSum>(
      new URL('hostile-file-worker.ts', import.meta.url),
      batches,
      (done) => `${done * BATCH} of ${count} files`,
    );
    const total = (of: (sum: HostileSum) => number): number => sums.reduce((all, sum) => all + of(sum), 0);
    const slowest = sums.map((sum) => sum.slowest).reduce((slow, one) => (one.busy_ms > slow.busy_ms ? one : slow));
    const wrong = sums.flatMap((sum) => sum.wrong);
    return {
      rows: [
        row(
          'hostile-files-read',
          total(({ files }) => files),
          'files',
          '>=',
          count,
        ),
        row('hostile-files-wrong', wrong.length, 'files', '<=', 0),
        row('hostile-file-slowest', slowest.busy_ms, 'ms', '<=', PATIENCE_ms),
      ],
      notes: [
        `hostile files: ${total(({ refused }) => refused)} refused with issues, the others came to ${total(({ cases }) => cases)} cases; slowest: seed ${slowest.seed}`,
        ...wrong.slice(0, 10).map((one) => `seed ${one.seed}: ${one.wrong}`),
      ],
    };
  },
};
