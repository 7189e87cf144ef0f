/** 1 000 hosts that die at a random instant, in virtual time, judged by the emulated pins: `node tools/campaigns/host-deaths.ts [deaths]`. */

import { runJobs } from '../../rig/run/pool.ts';
import { type Death, kept } from './host-death.ts';
import { countAsked, printRows, progress, rowsOf } from '../rows.ts';

const count = countAsked(1_000);
const row = rowsOf('node tools/campaigns/host-deaths.ts');
let done = 0;
const deaths = (
  await runJobs<number, Death>({
    worker: new URL('host-death-worker.ts', import.meta.url),
    jobs: Array.from({ length: count }, (_, index) => index + 1),
    workers: 2,
    onDone: () => progress(`${(done += 1)} of ${count} hosts dead`),
  })
).filter((death) => death !== undefined);
const most = (of: (death: Death) => number): number => deaths.reduce((so_far, death) => Math.max(so_far, of(death)), 0);
const unsafe = deaths.filter((death) => !kept(death));
const [withSupply, withSink] = [deaths.filter(({ supplyOn }) => supplyOn), deaths.filter(({ sinkOn, sinks_ms }) => sinkOn || sinks_ms > 0)];
process.exitCode = printRows(
  [
    row('host-deaths', deaths.length, 'deaths', '>=', count),
    row('host-death-unsafe', unsafe.length, 'deaths', '<=', 0),
    row(
      'host-death-sinks-off',
      most(({ sinks_ms }) => sinks_ms),
      'ms',
      '<=',
      250,
    ),
    row(
      'host-death-all-safe',
      most(({ all_ms }) => all_ms),
      'ms',
      '<=',
      1_000,
    ),
  ],
  [
    'from the last byte that reached the fixture to the last pin that went safe, in the simulated world',
    `the supply was on in ${withSupply.length} of them, a sink was on or came on behind the death in ${withSink.length}`,
    ...unsafe.map((death) => `not kept: ${JSON.stringify(death)}`),
  ],
);
