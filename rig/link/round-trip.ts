/** How long an answer takes on this link, and so how long to wait for one before asking again. */

/** Shortest patience; below it a busy host would resend what was answered. Source: PROTOCOL.md's model, Klipper's serialqueue. */
const LEAST_PATIENCE_ms = 25;
const MOST_PATIENCE_ms = 1_000;
/** Before anything was measured: longer than a bridge's 16 ms latency timer with a frame on either side. */
const FIRST_PATIENCE_ms = 60;

/** Smoothed round trip and its variation. Source: RFC 6298, section 2. */
export class RoundTrip {
  #smoothed_ms: number | null = null;
  #variation_ms = 0;

  get smoothed_ms(): number {
    return this.#smoothed_ms ?? FIRST_PATIENCE_ms;
  }

  get patience_ms(): number {
    if (this.#smoothed_ms === null) return FIRST_PATIENCE_ms;
    return Math.min(MOST_PATIENCE_ms, Math.max(LEAST_PATIENCE_ms, this.#smoothed_ms + 4 * this.#variation_ms));
  }

  /** Only of lines that were sent once (Karn): the answer to a repeated one may be to either. */
  add(trip_ms: number): void {
    if (this.#smoothed_ms === null) {
      this.#smoothed_ms = trip_ms;
      this.#variation_ms = trip_ms / 2;
    } else {
      this.#variation_ms += (Math.abs(this.#smoothed_ms - trip_ms) - this.#variation_ms) / 4;
      this.#smoothed_ms += (trip_ms - this.#smoothed_ms) / 8;
    }
  }
}
