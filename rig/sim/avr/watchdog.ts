/** The watchdog: its own oscillator, the timed change of its setting, interrupt and reset. */

import type { Core } from './core.ts';
import { chipEvent } from './event-queue.ts';

export const WDTCSR = 0x60;
const MCUSR = 0x54;
const WDRF = 0x08;
const WDIF = 0x80;
const WDIE = 0x40;
const WDP3 = 0x20;
const WDCE = 0x10;
const WDE = 0x08;
/** Change enable stays open for four cycles. */
const CHANGE_CYCLES = 4;
/** Crystal cycles per cycle of the 128 kHz oscillator, and its cycles of the shortest time-out (16 ms). */
const CYCLES_PER_TICK = 125;
const SHORTEST_TICKS = 2048;

export class Watchdog {
  readonly #core: Core;
  readonly #vector: number;
  readonly #bite: () => void;
  readonly #timeout = chipEvent(() => this.#expire());
  #setting = 0;
  #flag = false;
  #changeUntil = -1;

  /** `bite` = reset the system. */
  constructor(core: Core, vector: number, bite: () => void) {
    this.#core = core;
    this.#vector = vector;
    this.#bite = bite;
    core.interrupts.attach(vector, () => {
      this.#flag = false;
      // In interrupt and reset mode the hardware clears WDIE: the next time-out resets.
      if ((this.#setting & WDE) !== 0) this.#setting &= ~WDIE;
      this.#request();
    });
    core.onRead(WDTCSR, () => this.#setting | (this.#flag ? WDIF : 0) | (core.cpu.cycles <= this.#changeUntil ? WDCE : 0));
    core.onWrite(WDTCSR, (value) => this.#write(value));
  }

  /** Stands until the start: what comes before, a bootloader if there is one, has to know about watchdogs. */
  reset(cause: 'watchdog' | 'other'): void {
    this.#flag = false;
    this.#changeUntil = -1;
    // After its own reset it stays on with the shortest time-out, because WDRF forces WDE.
    this.#setting = cause === 'watchdog' ? WDE : 0;
    this.#core.queue.cancel(this.#timeout);
  }

  /** WDR, or the start after a reset. */
  restart(): void {
    if ((this.#setting & (WDE | WDIE)) === 0) this.#core.queue.cancel(this.#timeout);
    else {
      const scale = ((this.#setting & WDP3) >> 2) | (this.#setting & 7);
      const ticks = SHORTEST_TICKS << Math.min(scale, 9);
      this.#core.queue.schedule(this.#timeout, this.#core.now + ticks * CYCLES_PER_TICK);
    }
  }

  #write(value: number): void {
    const { cycles } = this.#core.cpu;
    if ((value & WDIF) !== 0) this.#flag = false;
    let setting = (this.#setting & ~WDIE) | (value & WDIE);
    if (cycles <= this.#changeUntil) {
      const forced = ((this.#core.data[MCUSR] as number) & WDRF) !== 0 ? WDE : 0;
      setting = (value & (WDIE | WDP3 | WDE | 7)) | forced;
      this.#changeUntil = -1;
    } else setting |= value & WDE;
    if ((value & (WDCE | WDE)) === (WDCE | WDE)) this.#changeUntil = cycles + CHANGE_CYCLES + 1;
    const changed = setting !== this.#setting;
    this.#setting = setting;
    if (changed) this.restart();
    this.#request();
  }

  #expire(): void {
    if ((this.#setting & WDIE) !== 0) {
      this.#flag = true;
      this.#request();
      this.restart();
    } else if ((this.#setting & WDE) !== 0) this.#bite();
  }

  #request(): void {
    this.#core.interrupts.request(this.#vector, this.#flag && (this.#setting & WDIE) !== 0);
  }
}
