/** Hosts that die at a random instant, in virtual time, judged by the emulated pins: `npm run campaigns -- host-deaths`. */

import type { Campaign } from './campaign.ts';
import { type Death, kept } from './host-death.ts';
import { onWorkers, seedsFrom } from './on-workers.ts';

const most = (deaths: readonly Death[], of: (death: Death) => number): number =>
  deaths.reduce((so_far, death) => Math.max(so_far, of(death)), 0);

export const HOST_DEATHS: Campaign = {
  summary: 'the link goes silent at a random instant: are the pins safe in time?',
  counts: 'deaths',
  usual: 1_000,
  run: async ({ count, seed, row }) => {
    const deaths = await onWorkers<Death>(
      new URL('host-death-worker.ts', import.meta.url),
      seedsFrom(seed, count),
      (done) => `${done} of ${count} hosts dead`,
    );
    const unsafe = deaths.filter((death) => !kept(death));
    const withSupply = deaths.filter(({ supplyOn }) => supplyOn);
    const withSink = deaths.filter(({ sinkOn, sinks_ms }) => sinkOn || sinks_ms > 0);
    const [sinks_ms, all_ms] = [most(deaths, (death) => death.sinks_ms), most(deaths, (death) => death.all_ms)];
    return {
      rows: [
        row('host-deaths', deaths.length, 'deaths', '>=', count),
        // Where nothing was on, nothing could stay on.
        row('host-deaths-with-supply', withSupply.length, 'deaths', '>=', Math.floor(count / 2)),
        row('host-deaths-with-a-sink', withSink.length, 'deaths', '>=', Math.floor(count / 20)),
        row('host-death-unsafe', unsafe.length, 'deaths', '<=', 0),
        row('host-death-sinks-off', sinks_ms, 'ms', '<=', 250),
        row('host-death-all-safe', all_ms, 'ms', '<=', 1_000),
      ],
      notes: [
        'host-deaths: from the last byte that reached the fixture to the last pin that went safe, in the simulated world',
        `host-deaths: the supply was on in ${withSupply.length} of them, a sink was on or came on behind the death in ${withSink.length}`,
        ...unsafe.map((death) => `not kept: ${JSON.stringify(death)}`),
      ],
    };
  },
};
