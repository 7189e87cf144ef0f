/** Every way a person or system asks the rig to stop: Ctrl-C, SIGTERM, SIGHUP, or a parent that vanished; all end as one abort. */

import process from 'node:process';
import { watchAncestors } from './ancestors.cjs';

const PARENT_CHECK_ms = 20;
/** npm, the launcher and the terminal may all pass on one and the same Ctrl-C; what comes later is a second request. */
const SAME_REQUEST_ms = 500;

export class Stopped extends Error {
  /** What the person has to know or do now. */
  readonly hint: string;

  constructor(why: string, hint = 'the pins are safe') {
    super(`Stopped by ${why}.`);
    this.name = 'Stopped';
    this.hint = hint;
  }

  /** The same, with another hint. */
  but(hint: string): Stopped {
    const other = new Stopped('', hint);
    other.message = this.message;
    return other;
  }
}

export interface StopListener {
  readonly signal: AbortSignal;
  /** Gives the process's signals back. */
  readonly release: () => void;
}

/**
 * An abort signal that fires on the first request to stop; its reason is a Stopped. `onInsist` is called for a request that comes when the first has
 * had half a second and the process is still there.
 */
export const listenForStop = (onInsist: () => void = () => undefined, now_ms: () => number = () => performance.now()): StopListener => {
  const controller = new AbortController();
  let asked_ms = 0;
  const stop = (why: string): void => {
    if (!controller.signal.aborted) {
      asked_ms = now_ms();
      controller.abort(new Stopped(why));
    } else if (now_ms() - asked_ms > SAME_REQUEST_ms) onInsist();
  };
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((name) => {
    const handler = (): void => stop(name);
    process.on(name, handler);
    return () => process.off(name, handler);
  });
  const gone = watchAncestors();
  const watch = setInterval(() => {
    if (!gone()) return;
    clearInterval(watch);
    stop('the end of the process that started it');
  }, PARENT_CHECK_ms);
  watch.unref();
  return {
    signal: controller.signal,
    release: () => {
      clearInterval(watch);
      for (const off of handlers) off();
    },
  };
};
