/** One compare output pin: what a match, the top or the bottom does to it in each mode. */

import type { TimerMode } from './timer-modes.ts';
import type { Port } from './ports.ts';

export class OutputCompare {
  readonly #port: Port;
  readonly #bit: number;
  #latch = false;
  #connected = false;
  /** COMnx1:0 as it acts in the present mode; 0 = disconnected. */
  action = 0;

  constructor(port: Port, bit: number) {
    this.#port = port;
    this.#bit = bit;
  }

  reset(): void {
    this.#latch = false;
    this.#connected = false;
    this.action = 0;
  }

  configure(com: number, mode: TimerMode, channel: number): void {
    const pwm = mode.kind !== 'normal' && mode.kind !== 'ctc';
    this.action = pwm && com === 1 && !(channel === 0 && mode.toggleA) ? 0 : com;
    const connected = this.action !== 0;
    if (connected === this.#connected) return;
    this.#connected = connected;
    this.#port.override(this.#bit, connected ? this.#latch : null);
  }

  /** A compare match; `down` = counting down after it (dual-slope modes only). */
  match(mode: TimerMode, down: boolean): void {
    if (this.action === 1) this.#set(!this.#latch);
    else if (mode.kind === 'phase' || mode.kind === 'phaseFrequency') this.#set((this.action === 2) === down);
    else this.#set(this.action === 3);
  }

  /** The tick from top to bottom in fast PWM. */
  bottom(): void {
    if (this.action >= 2) this.#set(this.action === 2);
  }

  #set(level: boolean): void {
    if (this.#latch === level) return;
    this.#latch = level;
    if (this.#connected) this.#port.override(this.#bit, level);
  }
}
