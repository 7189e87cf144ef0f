/** How long a run may take and how often a spoilt case is tried again: the options, and the signal that ends a run whose time is up. */

import { readQuantity } from '../../scenarios/language/quantity.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { RigError } from '../error.ts';
import { UsageError } from './failures.ts';

export const LIMIT_OPTIONS = {
  timeout: { type: 'string', requiresArg: true, describe: 'end the whole run after this time, e.g. "10 min": exit 3, pins safe' },
  'retry-broken': {
    type: 'string',
    requiresArg: true,
    describe: 'try a case that rig or link spoilt so many times more; every attempt is kept',
  },
} as const;

const LONGEST_us = 7 * 86_400e6;
const MOST_RETRIES = 10;

/** In milliseconds; undefined without the option. Throws UsageError. */
export const readTimeout = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const read = readQuantity(text, ['time'], { min: 100_000, max: LONGEST_us });
  if (!read.ok) throw new UsageError(`--timeout: ${read.message}.`, read.hint);
  return read.value / 1000;
};

/** Throws UsageError. */
export const readRetries = (text: string | undefined): number => {
  if (text === undefined) return 0;
  const retries = Number(text);
  if (!/^\d+$/.test(text) || retries > MOST_RETRIES)
    throw new UsageError(`--retry-broken wants a whole number from 0 to ${MOST_RETRIES}, not "${text}".`, 'for example --retry-broken 1');
  return retries;
};

export interface Limited {
  /** Aborted by either: the person's stop, or the end of the time. */
  readonly signal: AbortSignal;
  /** Lets go of the clock. */
  readonly release: () => void;
}

/** The run's time counts from now. Its end is a fault of the rig, so that the run is broken as a whole. */
export const withTimeout = (stop: AbortSignal, timeout_ms: number | undefined, clock: Clock, asked = ''): Limited => {
  if (timeout_ms === undefined) return { signal: stop, release: () => undefined };
  const over = new AbortController();
  const waiting = new AbortController();
  clock.sleep(timeout_ms, waiting.signal).then(
    () =>
      over.abort(
        new RigError('runTimeout', `The run was not finished within ${asked.trim()}.`, {
          hint: 'give it more time with --timeout, or look at why it is slow',
        }),
      ),
    () => undefined,
  );
  return { signal: AbortSignal.any([stop, over.signal]), release: () => waiting.abort('no longer waited for') };
};
