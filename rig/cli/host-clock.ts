/** The host's real clock, for benches of real hardware. */

import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, hostTime } from '../../scenarios/contracts/clocks.ts';

export const hostClock: Clock = {
  now: () => hostTime(performance.now()),
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }),
  external: (work) => work,
};
