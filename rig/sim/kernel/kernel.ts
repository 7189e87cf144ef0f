/** The pump of virtual time: world, then the host's next appointment, then a pause until the host's promises have settled, and again. */

import { setImmediate as immediate, setTimeout as realDelay } from 'node:timers/promises';
import { type Clock, hostTime } from '../../../scenarios/contracts/clocks.ts';
import { Agenda, type Appointment } from './agenda.ts';
import type { TrueTime_ns } from './oscillator.ts';
import type { World } from './world.ts';

export type Pace = 'virtual' | 'real';

/** Longest stretch of true time run in one go at real pace, so that bytes from another program are not kept waiting. */
const REAL_SLICE_ns = 2e6;

export class Kernel {
  readonly #world: World;
  readonly #pace: Pace;
  readonly #agenda = new Agenda();
  readonly #hostRate: number;
  #now_ns: TrueTime_ns = 0;
  #closed = false;
  #external = 0;
  #wake: () => void = () => undefined;
  #failure: unknown = null;
  readonly #sleepers = new Set<(cause: unknown) => void>();
  #onFailure: (cause: unknown) => void = () => undefined;
  readonly #realStart_ms = performance.now();

  constructor(options: { readonly world: World; readonly pace: Pace; readonly hostOscillator_ppm: number }) {
    this.#world = options.world;
    this.#pace = options.pace;
    this.#hostRate = 1 + options.hostOscillator_ppm / 1e6;
  }

  /** True time of the host's side: that of the last appointment kept. */
  get now_ns(): TrueTime_ns {
    return this.#now_ns;
  }

  /** True time as the outside world sees it: at real pace the wall clock's, otherwise `now_ns`. */
  get present_ns(): TrueTime_ns {
    return this.#pace === 'real' ? Math.max(this.#now_ns, this.#real_ns()) : this.#now_ns;
  }

  at(at_ns: TrueTime_ns, action: () => void): Appointment {
    const appointment = this.#agenda.add(Math.max(at_ns, this.#now_ns), action);
    this.#wake();
    return appointment;
  }

  /** The host's clock: virtual time through an oscillator of its own. */
  readonly clock: Clock = {
    now: () => hostTime((this.#now_ns * this.#hostRate) / 1e6),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (this.#failure !== null) return reject(this.#failure);
        if (signal?.aborted) return reject(signal.reason);
        const end = (settle: () => void): void => {
          signal?.removeEventListener('abort', abort);
          this.#sleepers.delete(fail);
          appointment.cancelled = true;
          settle();
        };
        const abort = (): void => end(() => reject(signal?.reason));
        const fail = (cause: unknown): void => end(() => reject(cause));
        const appointment = this.at(this.#now_ns + (ms * 1e6) / this.#hostRate, () => end(resolve));
        this.#sleepers.add(fail);
        signal?.addEventListener('abort', abort, { once: true });
      }),
    external: async (work) => {
      this.#external += 1;
      try {
        return await work;
      } finally {
        this.#external -= 1;
        this.#wake();
      }
    },
  };

  /** Starts the pump. An exception out of the simulated world (forbidden register, model fault) goes to `onFailure`, then to everyone asleep. */
  start(onFailure: (cause: unknown) => void): void {
    this.#onFailure = onFailure;
    void this.#pump();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async #pump(): Promise<void> {
    try {
      while (!this.#closed) {
        await immediate(); // everything the host does with promises, ticks and streams happens in here
        if (this.#closed) return;
        if (this.#external > 0 || (this.#pace === 'virtual' && this.#agenda.next_ns() === Infinity)) {
          await new Promise<void>((resolve) => (this.#wake = resolve));
          continue;
        }
        if (this.#pace === 'virtual') this.#advance(Infinity);
        else await this.#advanceInRealTime();
        this.#keepAppointments();
      }
    } catch (cause) {
      this.#failure = cause;
      this.#onFailure(cause);
      for (const fail of [...this.#sleepers]) fail(cause);
    }
  }

  #advance(limit_ns: TrueTime_ns): void {
    this.#now_ns = this.#world.advance(() => Math.min(this.#agenda.next_ns(), limit_ns));
  }

  async #advanceInRealTime(): Promise<void> {
    const ahead_ns = this.#now_ns - this.#real_ns();
    if (ahead_ns > 0) await realDelay(Math.max(1, ahead_ns / 1e6));
    this.#advance(Math.max(this.#now_ns, Math.min(this.#now_ns + REAL_SLICE_ns, this.#real_ns())));
  }

  #keepAppointments(): void {
    while (this.#agenda.next_ns() <= this.#now_ns) this.#agenda.take()!.action();
  }

  #real_ns(): TrueTime_ns {
    return (performance.now() - this.#realStart_ms) * 1e6;
  }
}
