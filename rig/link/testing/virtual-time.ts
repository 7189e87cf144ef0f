/** A clock for tests: time passes only when everybody waits, and then at once. */

import { setImmediate as settled } from 'node:timers/promises';
import { type Clock, hostTime } from '../../../scenarios/contracts/clocks.ts';

interface Appointment {
  readonly at_ms: number;
  readonly action: () => void;
  cancelled: boolean;
}

export class VirtualTime {
  #now_ms = 1_000;
  #appointments: Appointment[] = [];

  get now_ms(): number {
    return this.#now_ms;
  }

  at(at_ms: number, action: () => void): Appointment {
    const appointment: Appointment = { at_ms: Math.max(at_ms, this.#now_ms), action, cancelled: false };
    const index = this.#appointments.findIndex((other) => other.at_ms > appointment.at_ms);
    this.#appointments.splice(index === -1 ? this.#appointments.length : index, 0, appointment);
    return appointment;
  }

  readonly clock: Clock = {
    now: () => hostTime(this.#now_ms),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const appointment = this.at(this.#now_ms + ms, resolve);
        signal?.addEventListener('abort', () => {
          appointment.cancelled = true;
          reject(signal.reason);
        });
      }),
    external: (work) => work,
  };

  /** Nobody does anything for so long: what falls due meanwhile is done at its end. */
  stall(ms: number): void {
    this.#now_ms += ms;
  }

  /** Lets time pass until `work` has settled; rejects when nothing is left that could ever settle it, or after `limit_ms`. */
  async run<T>(work: Promise<T>, limit_ms = 7_200_000): Promise<T> {
    let pending = true;
    const end_ms = this.#now_ms + limit_ms;
    void work.then(
      () => (pending = false),
      () => (pending = false),
    );
    for (;;) {
      await settled();
      if (!pending) return work;
      this.#appointments = this.#appointments.filter(({ cancelled }) => !cancelled);
      const next = this.#appointments.shift();
      if (!next) throw new Error('Nobody has anything left to do, but the work has not settled.');
      if (next.at_ms > end_ms) throw new Error(`The work has not settled within ${limit_ms} ms.`);
      this.#now_ms = Math.max(this.#now_ms, next.at_ms);
      next.action();
    }
  }

  pass(ms: number): Promise<void> {
    return this.run(this.clock.sleep(ms));
  }
}
