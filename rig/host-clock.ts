/** The host's real clock, for real hardware and for simulations at real pace. */

import { setTimeout as delay } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { type Clock, hostTime } from '../scenarios/contracts/clocks.ts';

export const hostClock: Clock = {
  now: () => hostTime(performance.now()),
  sleep: (ms, signal) => delay(Math.max(0, ms), undefined, signal === undefined ? {} : { signal }),
  external: (work) => work,
};
