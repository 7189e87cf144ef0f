/** What the link went through since the last hello: the counters of both ends, as the trace shows them. */

import type { LinkCounters } from '../../scenarios/contracts/trace.ts';
import type { Pong } from './pinger.ts';

export class Tally {
  faultyLines = 0;
  lostEvents = 0;
  #stalled_ms = 0;
  #first: Pong | null = null;
  #last: Pong | null = null;
  #resentBefore = 0;

  restart(resent: number): void {
    this.faultyLines = 0;
    this.lostEvents = 0;
    this.#stalled_ms = 0;
    this.#first = null;
    this.#last = null;
    this.#resentBefore = resent;
  }

  /** The host came so late to a sign of life that it had planned. */
  stalled(late_ms: number): void {
    this.#stalled_ms = Math.max(this.#stalled_ms, Math.round(late_ms * 10) / 10);
  }

  /** The fixture counts since its boot; what counts here is the difference. */
  pong(pong: Pong): void {
    this.#first ??= pong;
    this.#last = pong;
  }

  counters(lines: { readonly sent: number; readonly received: number }, resent: number): LinkCounters {
    const since = (count: (pong: Pong) => number): number =>
      this.#first && this.#last ? (count(this.#last) - count(this.#first) + 0x10000) % 0x10000 : 0;
    return {
      linesSent: lines.sent,
      linesReceived: lines.received,
      resent: resent - this.#resentBefore,
      crcErrors: this.faultyLines + since((pong) => pong.lineErrors),
      overflow: since((pong) => pong.overflow),
      lost: this.lostEvents,
      stalled_ms: this.#stalled_ms,
    };
  }
}
