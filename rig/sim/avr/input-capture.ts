/** The input capture unit's pin side: edge selection and the noise canceler. */

import type { ChipEvent, ClockDomain } from './event-queue.ts';
import type { Port } from './ports.ts';

/** The canceler wants four equal samples, so it delays by four cycles (both datasheets, "Noise Canceler"). */
const CANCELER_CYCLES = 4;

export class InputCapture {
  readonly #clock: ClockDomain;
  readonly #capture: () => void;
  readonly #event: ChipEvent;
  #rising = false;
  #canceler = false;
  #pending = false;

  constructor(clock: ClockDomain, pin: { readonly port: Port; readonly bit: number }, capture: () => void) {
    this.#clock = clock;
    this.#capture = capture;
    this.#event = clock.event(() => {
      this.#pending = false;
      this.#capture();
    });
    pin.port.onLevel(pin.bit, (level) => this.#edge(level));
  }

  configure(rising: boolean, canceler: boolean): void {
    this.#rising = rising;
    if (canceler === this.#canceler) return;
    this.#canceler = canceler;
    this.#pending = false;
    this.#clock.cancel(this.#event);
  }

  #edge(level: boolean): void {
    if (!this.#clock.running) return;
    if (this.#pending) {
      // The level did not last: neither this edge nor the one that waited counts.
      this.#pending = false;
      this.#clock.cancel(this.#event);
      return;
    }
    if (level !== this.#rising) return;
    if (!this.#canceler) this.#capture();
    else {
      this.#pending = true;
      this.#clock.schedule(this.#event, this.#clock.now() + CANCELER_CYCLES);
    }
  }
}
