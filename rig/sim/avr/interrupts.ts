/** Which interrupt vectors are requested, and which goes first: the lowest number. */

import type { EventQueue } from './event-queue.ts';

export class Interrupts {
  /** True while at least one vector is requested; read by the run loop after every instruction. */
  pending = false;
  /** The same for translated code. */
  shown: Int32Array = new Int32Array(1);
  #low = 0;
  #high = 0;
  readonly #queue: EventQueue;
  readonly #acknowledge: (() => void)[] = [];

  constructor(queue: EventQueue) {
    this.#queue = queue;
  }

  /** `acknowledge` is called when the CPU enters the handler: edge-triggered sources clear their flag there. */
  attach(vector: number, acknowledge: () => void): void {
    this.#acknowledge[vector] = acknowledge;
  }

  request(vector: number, wanted: boolean): void {
    const bit = 1 << vector; // modulo 32
    const requested = ((vector < 32 ? this.#low : this.#high) & bit) !== 0;
    if (requested === wanted) return;
    if (vector < 32) this.#low ^= bit;
    else this.#high ^= bit;
    this.#show((this.#low | this.#high) !== 0);
    // The run loop looks up at the end of the instruction.
    if (wanted) this.#queue.limit = -1;
  }

  /** The vector to enter now. Only with `pending`. */
  take(): number {
    const vector = this.#low !== 0 ? 31 - Math.clz32(this.#low & -this.#low) : 63 - Math.clz32(this.#high & -this.#high);
    this.#acknowledge[vector]?.();
    return vector;
  }

  clear(): void {
    this.#low = 0;
    this.#high = 0;
    this.#show(false);
  }

  #show(pending: boolean): void {
    this.pending = pending;
    this.shown[0] = pending ? 1 : 0;
  }
}
