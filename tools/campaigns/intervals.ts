/** 30 s measured on many benches with crystals as far off as they may be: `npm run campaigns -- interval`. */

import type { Campaign } from './campaign.ts';
import type { Interval } from './interval.ts';
import { onWorkers, seedsFrom } from './on-workers.ts';

/** The true time lies inside the bound that was stated. */
export const isWithin = ({ true_us, measured_us, bound_us }: Interval): boolean => Math.abs(measured_us - true_us) <= bound_us;

export const INTERVALS: Campaign = {
  summary: '30 s by a fixture 0.5 % fast and a unit 0.4 % slow: is it right, and is the stated bound true?',
  counts: 'seeds',
  usual: 1_000,
  run: async ({ count, seed, row }) => {
    const intervals = await onWorkers<Interval>(
      new URL('interval-worker.ts', import.meta.url),
      seedsFrom(seed, count),
      (done) => `${done} of ${count} intervals`,
    );
    const most = (of: (interval: Interval) => number): number =>
      intervals.reduce((so_far, interval) => Math.max(so_far, Math.abs(of(interval))), 0);
    const nominal_ppm = most(({ nominal_us, true_us }) => (nominal_us / true_us - 1) * 1e6);
    const outside = intervals.filter((interval) => !isWithin(interval));
    const share = most(({ measured_us, true_us, bound_us }) => (measured_us - true_us) / bound_us);
    return {
      rows: [
        row(
          'interval-error',
          most(({ host_ppm }) => host_ppm),
          'ppm',
          '<=',
          5,
          nominal_ppm,
        ),
        row('interval-in-bound', intervals.length - outside.length, 'seeds', '>=', count),
      ],
      notes: [
        'interval-error: the worst, against the host clock; baseline: the same ticks at the nominal rate of the resonator',
        `interval: ${(most(({ true_us }) => true_us) / 1e6).toFixed(3)} s at most; stated bound ${most(({ bound_us }) => bound_us).toFixed(0)} us at most, the error against true time took up to ${(share * 100).toFixed(0)} % of it`,
        ...outside.map((interval) => `outside its bound: ${JSON.stringify(interval)}`),
      ],
    };
  },
};
