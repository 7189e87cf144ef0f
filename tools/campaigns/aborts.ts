/** Every way to stop a run, each several times: `npm run campaigns -- aborts`. */

import type { BenchRow } from '../../reports/json.ts';
import { progress } from '../rows.ts';
import { ABORT_ms, ABORT_WAYS, abortOnce } from './abort.ts';
import type { Campaign } from './campaign.ts';

const PERCENTILE = 0.99;

/** The 99th percentile by nearest rank: of fewer than 100 values the greatest. */
export const p99 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * PERCENTILE) - 1] ?? NaN;

export const ABORTS: Campaign = {
  summary: 'every way to stop a run: are the pins safe at once?',
  counts: 'stops of each way',
  usual: 10,
  run: async ({ count, seed, row }) => {
    const rows: BenchRow[] = [];
    const notes = [`aborts: 99th percentile of ${count} each, from the signal to the last pin that went safe, by the wall clock`];
    for (const way of ABORT_WAYS) {
      const took: number[] = [];
      for (let repeat = 0; repeat < count; repeat += 1) {
        progress(`${way.id} ${repeat + 1} of ${count}`);
        took.push(await abortOnce(way, seed + repeat));
      }
      rows.push(row(way.id, p99(took), 'ms', '<=', ABORT_ms));
      notes.push(`${way.id}: ${took.map((ms) => ms.toFixed(0)).join(' ')} ms`);
    }
    return { rows, notes };
  },
};
