/** Which pings wait for an answer, and since when: what makes a pong a round trip. Asked by the live conversation and by a replay of it. */

import type { HostTime_ms } from '../../scenarios/contracts/clocks.ts';
import type { FixtureReply } from '../wire/messages.ts';

export type Pong = Extract<FixtureReply, { readonly kind: 'pong' }>;

/** An answer older than this says nothing about the present any more. */
const FORGET_ms = 5_000;

export class PingBook {
  #sent = new Map<number, HostTime_ms>();
  /** Id of the latest ping that was answered. */
  #newest = 0;

  /** Forgets all before, whose answers are answers to nothing. */
  restart(newest: number): void {
    this.#sent.clear();
    this.#newest = newest;
  }

  sent(id: number, at_ms: HostTime_ms): void {
    this.#sent.set(id, at_ms);
  }

  /** When the ping that a pong answers was sent; null for an answer to nothing. Call `accept` when the pong was taken in. */
  sentAt({ id }: Pong): HostTime_ms | null {
    return this.#sent.get(id) ?? null;
  }

  /** Takes a pong in; false where a later one has come before it, and what it says of the fixture is stale. */
  accept({ id }: Pong, now: HostTime_ms): boolean {
    this.#sent.delete(id);
    for (const [other, sent_ms] of this.#sent) if (now - sent_ms > FORGET_ms) this.#sent.delete(other);
    if (((id - this.#newest) & 0xffff) >= 0x8000) return false;
    this.#newest = id;
    return true;
  }
}
