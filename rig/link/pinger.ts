/** Pings: they fit the clocks, acknowledge events, bring the fixture's counters, and show that it is there. */

import type { Clock, HostTime_ms } from '../../scenarios/contracts/clocks.ts';
import type { FixtureReply, HostMessage } from '../wire/messages.ts';
import { BURST_PINGS, BURST_STEP_ms, PING_AGAIN_ms, PING_ms } from './link-timing.ts';
import { Alarm, within } from './waiting.ts';

export type Pong = Extract<FixtureReply, { readonly kind: 'pong' }>;

/** An answer older than this says nothing about the present any more. */
const FORGET_ms = 5_000;

export interface PingerSurroundings {
  readonly clock: Clock;
  readonly say: (message: HostMessage) => void;
  /** Number of the next event expected: acknowledges those before it. */
  readonly events: () => number;
}

export class Pinger {
  readonly #around: PingerSurroundings;
  readonly #next: Alarm;
  #pings = new Map<number, { readonly sent_ms: HostTime_ms; readonly answered: (pong: Pong) => void }>();
  #id = 0;
  /** Id of the latest ping that was answered. */
  #newest = 0;
  #resting = true;
  /** The `events` of the last ping. */
  acknowledgedEvents = 0;

  constructor(around: PingerSurroundings) {
    this.#around = around;
    this.#next = new Alarm(around.clock, () => void this.ping());
  }

  /** Pings by itself from now on. */
  begin(): void {
    this.#pings.clear();
    this.#newest = this.#id;
    this.#resting = false;
    void this.ping();
  }

  rest(): void {
    this.#resting = true;
    this.#next.clear();
  }

  /** One ping; null when its answer did not come in time. */
  async ping(): Promise<Pong | null> {
    const { clock, say, events } = this.#around;
    const id = (this.#id = (this.#id + 1) & 0xffff);
    const answered = Promise.withResolvers<Pong>();
    this.#pings.set(id, { sent_ms: clock.now(), answered: answered.resolve });
    if (!this.#resting) this.#next.set(clock.now() + PING_AGAIN_ms); // moved further when one is answered
    this.acknowledgedEvents = events();
    say({ kind: 'ping', id, events: this.acknowledgedEvents });
    return within(clock, PING_AGAIN_ms, answered.promise, null);
  }

  /** Pings in quick succession, for the clock fit; resolves when the last was answered or given up. */
  async burst(count = BURST_PINGS): Promise<void> {
    for (let sent = 1; sent < count && !this.#resting; sent += 1) {
      void this.ping();
      await this.#around.clock.sleep(BURST_STEP_ms);
    }
    await this.ping();
  }

  /** When the ping that a pong answers was sent; null for an answer to nothing. Call `accept` when the pong was taken in. */
  sentAt(pong: Pong): HostTime_ms | null {
    return this.#pings.get(pong.id)?.sent_ms ?? null;
  }

  /** Takes a pong in; false where a later one has come before it, and what it says of the fixture is stale. */
  accept(pong: Pong): boolean {
    const ping = this.#pings.get(pong.id);
    if (!ping) return false;
    const now = this.#around.clock.now();
    this.#pings.delete(pong.id);
    for (const [id, { sent_ms }] of this.#pings) if (now - sent_ms > FORGET_ms) this.#pings.delete(id);
    if (!this.#resting) this.#next.set(Math.max(ping.sent_ms + PING_ms, now));
    ping.answered(pong);
    if (((pong.id - this.#newest) & 0xffff) >= 0x8000) return false;
    this.#newest = pong.id;
    return true;
  }
}
