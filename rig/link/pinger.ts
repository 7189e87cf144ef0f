/** Pings: they fit the clocks, acknowledge events, bring the fixture's counters, and show that it is there. */

import type { Clock, HostTime_ms } from '../../scenarios/contracts/clocks.ts';
import type { HostMessage } from '../wire/messages.ts';
import { BURST_PINGS, BURST_STEP_ms, PING_AGAIN_ms, PING_ms } from './link-timing.ts';
import { PingBook, type Pong } from './ping-book.ts';
import { Alarm, within } from './waiting.ts';

export type { Pong } from './ping-book.ts';

export interface PingerSurroundings {
  readonly clock: Clock;
  /** Gives the time at which it was sent. */
  readonly say: (message: HostMessage) => HostTime_ms;
  /** Number of the next event expected: acknowledges those before it. */
  readonly events: () => number;
}

export class Pinger {
  readonly #around: PingerSurroundings;
  readonly #next: Alarm;
  readonly #book = new PingBook();
  #answered = new Map<number, (pong: Pong) => void>();
  #id = 0;
  #resting = true;
  /** The `events` of the last ping. */
  acknowledgedEvents = 0;

  constructor(around: PingerSurroundings) {
    this.#around = around;
    this.#next = new Alarm(around.clock, () => void this.ping());
  }

  /** Pings by itself from now on. */
  begin(): void {
    this.#answered.clear();
    this.#book.restart(this.#id);
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
    this.#answered.set(id, answered.resolve);
    if (!this.#resting) this.#next.set(clock.now() + PING_AGAIN_ms); // moved further when one is answered
    this.acknowledgedEvents = events();
    this.#book.sent(id, say({ kind: 'ping', id, events: this.acknowledgedEvents }));
    const pong = await within(clock, PING_AGAIN_ms, answered.promise, null);
    if (pong === null) this.#answered.delete(id); // nobody waits any more
    return pong;
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
    return this.#book.sentAt(pong);
  }

  /** Takes a pong in; false where a later one has come before it, and what it says of the fixture is stale. */
  accept(pong: Pong, now: HostTime_ms): boolean {
    const sent_ms = this.#book.sentAt(pong);
    if (sent_ms === null) return false;
    const newest = this.#book.accept(pong, now);
    if (!this.#resting) this.#next.set(Math.max(sent_ms + PING_ms, now));
    this.#answered.get(pong.id)?.(pong);
    this.#answered.delete(pong.id);
    return newest;
  }
}
