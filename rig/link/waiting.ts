/** Waiting on the handed-in clock: an alarm that can be moved, and a bound on how long a promise is waited for. */

import type { Clock, Interruption } from '../../scenarios/contracts/clocks.ts';

/** Nobody hears the reason; without one each abort would make an exception with a stack. */
const NO_LONGER = 'no longer waited for';

/** What an AbortController does, for one listener and without an event: a case waits thousands of times. */
class Ended implements Interruption {
  aborted = false;
  readonly reason = NO_LONGER;
  #listener: (() => void) | null = null;

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listener = listener;
  }

  removeEventListener(): void {
    this.#listener = null;
  }

  abort(): void {
    this.aborted = true;
    this.#listener?.();
  }
}

/** Calls `ring` at a host time that may be moved while it waits, and says how late that is. Moving it later costs nothing: it looks again when it wakes. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: (late_ms: number) => void;
  #due_ms = Infinity;
  #sleep: { readonly until_ms: number; readonly controller: Ended } | null = null;

  constructor(clock: Clock, ring: (late_ms: number) => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** By how much it should have rung already; 0 where it is not due. */
  get late_ms(): number {
    return Math.max(0, this.#clock.now() - this.#due_ms);
  }

  /** Infinity: not at all. */
  set(due_ms: number): void {
    this.#due_ms = due_ms;
    if (due_ms === Infinity) {
      this.#sleep?.controller.abort();
      this.#sleep = null;
    } else if (this.#sleep === null || this.#sleep.until_ms > due_ms) {
      this.#sleep?.controller.abort();
      this.#begin();
    }
  }

  clear(): void {
    this.set(Infinity);
  }

  #begin(): void {
    const controller = new Ended();
    const sleep = { until_ms: this.#due_ms, controller };
    this.#sleep = sleep;
    this.#clock.sleep(Math.max(0, this.#due_ms - this.#clock.now()), controller).then(
      () => {
        if (this.#sleep !== sleep) return;
        this.#sleep = null;
        if (this.#due_ms === Infinity) return;
        if (this.#clock.now() < this.#due_ms - 1e-6) this.#begin();
        else {
          const due_ms = this.#due_ms;
          this.#ring(this.#clock.now() - due_ms);
          if (this.#due_ms === due_ms) this.#due_ms = Infinity;
        }
      },
      () => undefined,
    );
  }
}

/** The value of `work`, or `otherwise` where it has not come after `ms` milliseconds. A rejection of `work` is passed on. */
export const within = async <T, U>(clock: Clock, ms: number, work: Promise<T>, otherwise: U): Promise<T | U> => {
  const controller = new Ended();
  const late = clock.sleep(ms, controller).then(
    () => otherwise,
    () => otherwise,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    controller.abort();
  }
};
