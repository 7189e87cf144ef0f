/** Asks who is at the other end of a port, again and again over its life: numbers the hellos and hears their answers. */

import type { Clock } from '../../scenarios/contracts/clocks.ts';
import type { RigError } from '../error.ts';
import { NONCE_OF_START } from '../wire/limits.ts';
import { greet, type Hello } from './greeting.ts';

/** More hellos than one greeting uses up. */
const NONCE_STEP = 16;

export interface DoorbellOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly patience_ms: number;
  /** Any number; hellos count on from it. */
  readonly nonce: number;
  readonly send: (line: string) => void;
  /** The last bytes received, whole lines or not; '' where they say nothing any more. */
  readonly glimpse: () => string;
}

export class Doorbell {
  readonly #options: DoorbellOptions;
  readonly #overhearing = new Set<(line: string) => void>();
  readonly #lost = Promise.withResolvers<never>();
  #nonce: number;

  constructor(options: DoorbellOptions) {
    this.#options = options;
    this.#nonce = options.nonce;
    this.#lost.promise.catch(() => undefined); // heard only while a greeting waits
  }

  heard(line: string): void {
    for (const overhear of this.#overhearing) overhear(line);
  }

  portLost(fault: RigError): void {
    this.#lost.reject(fault);
  }

  /** Throws as `greet`. `signalTable` null: any will do. */
  ring(signalTable: number | null): Promise<Hello> {
    const { path, clock, patience_ms, send, glimpse } = this.#options;
    this.#nonce = (this.#nonce + NONCE_STEP) % NONCE_OF_START;
    const hear = (overhear: (line: string) => void): (() => void) => {
      this.#overhearing.add(overhear);
      return () => void this.#overhearing.delete(overhear);
    };
    return greet({ path, clock, send, hear, lost: this.#lost.promise, glimpse }, { patience_ms, signalTable, nonce: this.#nonce });
  }
}
