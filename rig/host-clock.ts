/** The host's real clock, for real hardware and for simulations at real pace. */

import { setTimeout as delay } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { type Clock, hostTime, type Interruption } from '../scenarios/contracts/clocks.ts';

/** Timers of Node.js know no other interruption. */
const signalOf = (interruption: Interruption): AbortSignal => {
  if (interruption instanceof AbortSignal) return interruption;
  if (interruption.aborted) return AbortSignal.abort(interruption.reason);
  const controller = new AbortController();
  interruption.addEventListener('abort', () => controller.abort(interruption.reason));
  return controller.signal;
};

export const hostClock: Clock = {
  now: () => hostTime(performance.now()),
  sleep: (ms, signal) => delay(Math.max(0, ms), undefined, signal === undefined ? {} : { signal: signalOf(signal) }),
  external: (work) => work,
};
