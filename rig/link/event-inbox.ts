/** The fixture's numbered events: delivered once each and in order, asked for again where one is missing. */

import { EVENT_GATHER_ms } from '../wire/limits.ts';
import type { EventsMessage, FixtureEvent } from '../wire/messages.ts';

const NUMBERS = 2 ** 16;
/** Requests for the same event in vain before it counts as lost. */
const MOST_REQUESTS = 12;

export interface InboxSurroundings {
  readonly now: () => number;
  readonly patience_ms: () => number;
  readonly deliver: (event: FixtureEvent) => void;
  /** Send all events from this number on again. */
  readonly request: (from: number) => void;
  /** When `overdue` wants to be called; Infinity: not. */
  readonly alarm: (due_ms: number) => void;
  /** So many events will never come. */
  readonly lost: (count: number) => void;
}

export class EventInbox {
  readonly #around: InboxSurroundings;
  #next = 0;
  /** Number after the last event known to exist. */
  #known = 0;
  /** The same as pongs told it: what is numbered below belongs to this conversation, and not to one before. */
  #announced = 0;
  /** Events that came before one that is missing, by number. */
  readonly #ahead = new Map<number, FixtureEvent>();
  /** Requests to send events again that were lost on the way, ever. Not those for events that a pong overtook. */
  requested = 0;
  #gap = false;
  #requests = 0;
  #asked = false;

  constructor(around: InboxSurroundings) {
    this.#around = around;
  }

  /** Number of the next event expected: all before it have been delivered. */
  get next(): number {
    return this.#next;
  }

  get complete(): boolean {
    return this.#next === this.#known;
  }

  /** Events known to exist that have not come. */
  get missing(): number {
    return distance(this.#next, this.#known) - this.#ahead.size;
  }

  restart(): void {
    this.#next = 0;
    this.#known = 0;
    this.#announced = 0;
    this.#ahead.clear();
    this.#settled();
  }

  accept({ number, events }: EventsMessage): void {
    const behind = distance(number, this.#next);
    this.#learn((number + events.length) % NUMBERS);
    if (behind < 0) {
      this.#gap = true;
      this.#keep(number, events);
      return this.#missing('now');
    }
    if (behind >= events.length) return; // had them all
    for (const event of events.slice(behind)) this.#deliver(event);
    for (let event = this.#ahead.get(this.#next); event !== undefined; event = this.#ahead.get(this.#next)) this.#deliver(event);
    this.#requests = 0;
    if (this.complete) this.#settled();
  }

  /** A pong said how many events there are. They may still be on their way behind it. */
  announced(events: number): void {
    if (distance(this.#announced, events) > 0) this.#announced = events;
    this.#learn(events);
    if (!this.complete) this.#missing('soon');
  }

  overdue(): void {
    if (this.complete) return;
    if (this.#requests >= MOST_REQUESTS) {
      const count = this.missing;
      this.#next = this.#known;
      this.#ahead.clear();
      this.#settled();
      this.#around.lost(count);
      return;
    }
    this.#request();
  }

  #deliver(event: FixtureEvent): void {
    this.#ahead.delete(this.#next);
    this.#next = (this.#next + 1) % NUMBERS;
    this.#around.deliver(event);
  }

  /** So that a line that gets through need not get through once more. */
  #keep(number: number, events: readonly FixtureEvent[]): void {
    for (const [index, event] of events.entries()) {
      const at = (number + index) % NUMBERS;
      if (distance(at, this.#announced) > 0) this.#ahead.set(at, event);
    }
  }

  #learn(known: number): void {
    if (distance(this.#known, known) > 0) this.#known = known;
  }

  #missing(when: 'now' | 'soon'): void {
    if (this.#asked) return; // the alarm repeats it
    if (when === 'now') this.#request();
    else {
      this.#asked = true;
      this.#around.alarm(this.#around.now() + this.#around.patience_ms() + EVENT_GATHER_ms);
    }
  }

  #request(): void {
    this.#asked = true;
    this.#requests += 1;
    if (this.#gap) this.requested += 1;
    this.#around.request(this.#next);
    this.#around.alarm(this.#around.now() + this.#around.patience_ms() * Math.min(this.#requests, 8));
  }

  #settled(): void {
    this.#gap = false;
    this.#asked = false;
    this.#requests = 0;
    this.#around.alarm(Infinity);
  }
}

/** How far `to` lies after `from`, -2^15 to 2^15. */
const distance = (from: number, to: number): number => ((to - from + NUMBERS + NUMBERS / 2) % NUMBERS) - NUMBERS / 2;
