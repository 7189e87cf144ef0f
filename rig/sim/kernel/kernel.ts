/** The pump of virtual time: world, then the host's next appointment, then a pause until the host's promises have settled, and again. */

import { type Clock, hostTime, type Interruption } from '../../../scenarios/contracts/clocks.ts';
import { Agenda, type Appointment } from './agenda.ts';
import type { TrueTime_ns } from './oscillator.ts';

/** What the kernel drives: `World`, or a test's own. */
export interface Advancing {
  /** Runs up to the instant that `until` names, which may come nearer meanwhile, and returns it. */
  advance(until: () => TrueTime_ns): TrueTime_ns;
  /** Something of the host's side was put off until that instant, maybe while `advance` runs. */
  planned?(at_ns: TrueTime_ns): void;
}

export interface KernelOptions {
  readonly world: Advancing;
  /** The clock that virtual time follows at real pace; null = virtual time goes as fast as it can. */
  readonly wall: Clock | null;
  readonly hostOscillator_ppm: number;
}

/** The one of `node:timers/promises` costs several times as much, and a case waits thousands of times. */
const immediate = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/**
 * So many turns of one round of the event loop: between two callbacks of a round all ticks and promises settle, as they do between two
 * rounds, and a round asks the operating system for news besides, which takes longer than many a turn.
 */
const TURNS = 8;

/** Longest stretch run in one go at real pace, so that bytes from another program are not kept waiting. */
const REAL_SLICE_ns = 2e6;
/** At real pace nothing is run while less than this is due. */
const REAL_STEP_ms = 1;

/**
 * Virtual time passes while somebody sleeps on `clock` or an appointment is due, and stands still otherwise: a host that waits for
 * bytes alone, without a time-out, waits for ever.
 */
export class Kernel {
  readonly #world: Advancing;
  readonly #wall: Clock | null;
  readonly #wallStart_ms: number;
  readonly #agenda = new Agenda();
  readonly #hostRate: number;
  /** What the host's clock has jumped by. */
  #step_ms = 0;
  /** Until when the host gets no processor. */
  #stalledUntil_ns: TrueTime_ns = 0;
  #now_ns: TrueTime_ns = 0;
  #closed = false;
  #external = 0;
  #wake: () => void = () => undefined;
  #failure: { readonly cause: unknown } | null = null;
  readonly #sleepers = new Set<(cause: unknown) => void>();

  constructor({ world, wall, hostOscillator_ppm }: KernelOptions) {
    this.#world = world;
    this.#wall = wall;
    this.#wallStart_ms = wall?.now() ?? 0;
    this.#hostRate = 1 + hostOscillator_ppm / 1e6;
  }

  /** True time of the host's side: that of the last appointment kept. */
  get now_ns(): TrueTime_ns {
    return this.#now_ns;
  }

  /** True time as the outside world sees it: at real pace the wall clock's, otherwise `now_ns`. */
  get present_ns(): TrueTime_ns {
    return this.#wall === null ? this.#now_ns : Math.max(this.#now_ns, this.#wall_ns(this.#wall));
  }

  at(at_ns: TrueTime_ns, action: () => void): Appointment {
    const appointment = this.#agenda.add(Math.max(at_ns, this.#now_ns), action);
    this.#world.planned?.(appointment.at_ns);
    this.#wake();
    return appointment;
  }

  /** The host's clock: virtual time through an oscillator of its own. */
  readonly clock: Clock = {
    now: () => hostTime((this.#now_ns * this.#hostRate) / 1e6 + this.#step_ms),
    sleep: (ms, signal) => this.#sleep(ms, signal),
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

  /** Does something on the host's side: now, or when a stall is over. */
  whenAwake(action: () => void): void {
    if (this.#now_ns < this.#stalledUntil_ns) this.at(this.#stalledUntil_ns, () => this.whenAwake(action));
    else action();
  }

  /** The host gets no processor for so long: what falls due meanwhile waits, in its order. */
  stall(for_ns: number): void {
    this.#stalledUntil_ns = Math.max(this.#stalledUntil_ns, this.#now_ns + for_ns);
  }

  /** A stall during which the host's clock stands still. */
  sleepHost(for_ns: number): void {
    this.stall(for_ns);
    this.at(this.#now_ns + for_ns, () => this.step((-for_ns / 1e6) * this.#hostRate));
  }

  /** The host's clock jumps; who sleeps does not notice. */
  step(by_ms: number): void {
    this.#step_ms += by_ms;
  }

  /** Starts the pump. An exception out of the simulated world (forbidden register, model fault) goes to `onFailure`, then to everyone asleep. */
  start(onFailure: (cause: unknown) => void): void {
    this.#pump().catch((cause: unknown) => {
      this.#failure = { cause };
      onFailure(cause);
      for (const fail of this.#sleepers) fail(cause);
    });
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  #sleep(ms: number, signal?: Interruption): Promise<void> {
    if (this.#failure !== null) return this.#failLater(this.#failure.cause);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const fail = (cause: unknown): void => {
        this.#sleepers.delete(fail);
        signal?.removeEventListener('abort', abort);
        appointment.cancelled = true;
        reject(cause);
      };
      const abort = (): void => fail(signal?.reason);
      const wake = (): void => {
        this.#sleepers.delete(fail);
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const appointment = this.at(this.#now_ns + (ms * 1e6) / this.#hostRate, () => this.whenAwake(wake));
      this.#sleepers.add(fail);
      signal?.addEventListener('abort', abort);
    });
  }

  /** Not at once: a host that tries again until some instant, which never comes now, must not starve everybody else. */
  async #failLater(cause: unknown): Promise<never> {
    await immediate();
    throw cause;
  }

  async #pump(): Promise<void> {
    while (!this.#closed) await this.#round(this.#wall === null ? TURNS : 1);
  }

  async #round(turns: number): Promise<void> {
    for (const turn of Array.from({ length: turns }, immediate)) {
      await turn; // everything the host does with promises, ticks and streams happens in here
      if (this.#closed) return;
      if (this.#wall !== null) return this.#follow(this.#wall);
      // What is outside comes with another round.
      if (this.#external > 0 || this.#agenda.next_ns() === Infinity) return this.#woken();
      this.#advance(Infinity);
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** One slice of real time, once it is due. Outside work does not hold it: the wall clock does not wait either. */
  async #follow(wall: Clock): Promise<void> {
    const due_ms = (this.#wall_ns(wall) - this.#now_ns) / 1e6;
    if (due_ms < REAL_STEP_ms) await wall.sleep(REAL_STEP_ms - due_ms);
    if (!this.#closed) this.#advance(Math.min(this.#now_ns + REAL_SLICE_ns, this.#wall_ns(wall)));
  }

  #advance(limit_ns: TrueTime_ns): void {
    this.#now_ns = this.#world.advance(() => Math.min(this.#agenda.next_ns(), limit_ns));
    while (this.#agenda.next_ns() <= this.#now_ns) this.#agenda.take()!.action();
  }

  #wall_ns(wall: Clock): TrueTime_ns {
    return (wall.now() - this.#wallStart_ms) * 1e6;
  }
}
