/** The free-running prescalers: one shared by the synchronous timers, one of Timer 2; only GTCCR touches their phase. */

import type { ClockDomain } from './event-queue.ts';

/** A timer that counts ticks of a prescaler: it catches up before the phase changes and plans anew after. */
export interface PrescalerUser {
  catchUp(): void;
  replan(): void;
}

export class Prescaler {
  readonly clock: ClockDomain;
  readonly #users: PrescalerUser[] = [];
  #phase = 0;
  /** GTCCR.TSM keeps it in reset. */
  held = false;

  constructor(clock: ClockDomain) {
    this.clock = clock;
  }

  attach(user: PrescalerUser): void {
    this.#users.push(user);
  }

  /** Number of the last tick of the tap 1/`divider` at or before `time`. */
  tickAt(time: number, divider: number): number {
    return Math.floor((time - this.#phase) / divider);
  }

  timeOf(tick: number, divider: number): number {
    return this.#phase + tick * divider;
  }

  /** PSRSYNC or PSRASY written; `hold` = TSM with it. */
  restart(hold: boolean): void {
    for (const user of this.#users) user.catchUp();
    this.#phase = this.clock.now() + 1;
    this.held = hold;
    for (const user of this.#users) user.replan();
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    this.#phase = this.clock.now() + 1;
    for (const user of this.#users) user.replan();
  }

  reset(): void {
    this.held = false;
    this.#phase = this.clock.now();
  }
}
