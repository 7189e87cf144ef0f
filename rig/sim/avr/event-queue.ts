/** What will happen next inside a chip: a queue ordered by cycle, and clock domains whose events stand still while their clock is stopped. */

export interface ChipEvent {
  readonly action: () => void;
  /** Cycle at which it fires; meaningful while queued. */
  cycle: number;
  /** Time on its domain's own clock; meaningful while armed. */
  time: number;
  armed: boolean;
  queued: boolean;
  next: ChipEvent | null;
}

export const chipEvent = (action: () => void): ChipEvent => ({ action, cycle: 0, time: 0, armed: false, queued: false, next: null });

/** Events of one cycle fire in the order in which they were scheduled. */
export class EventQueue {
  #head: ChipEvent | null = null;
  #tail: ChipEvent | null = null;
  /** Cycle of the first event, Infinity if none. */
  nextCycle = Infinity;
  /** Never above nextCycle; the run loop lowers it to its own target and compares with this number only. */
  limit = Infinity;

  schedule(event: ChipEvent, cycle: number): void {
    if (event.queued) this.cancel(event);
    event.cycle = cycle;
    event.queued = true;
    const head = this.#head;
    if (head === null || cycle < head.cycle) {
      event.next = head;
      this.#head = event;
      if (head === null) this.#tail = event;
      this.nextCycle = cycle;
      if (cycle < this.limit) this.limit = cycle;
      return;
    }
    // Bytes of a line come one after the other: each is the last thing planned.
    let before = this.#tail!.cycle <= cycle ? this.#tail! : head;
    while (before.next !== null && before.next.cycle <= cycle) before = before.next;
    event.next = before.next;
    before.next = event;
    if (event.next === null) this.#tail = event;
  }

  cancel(event: ChipEvent): void {
    if (!event.queued) return;
    event.queued = false;
    if (this.#head === event) {
      this.#head = event.next;
      this.nextCycle = this.#head === null ? Infinity : this.#head.cycle;
      if (this.#head === null) this.#tail = null;
    } else {
      let before = this.#head;
      while (before !== null && before.next !== event) before = before.next;
      if (before !== null) before.next = event.next;
      if (this.#tail === event) this.#tail = before;
    }
    event.next = null;
  }

  /** Takes the first event off the queue if it is due at `cycle`. */
  takeDue(cycle: number): ChipEvent | null {
    const head = this.#head;
    if (head === null || head.cycle > cycle) return null;
    this.#head = head.next;
    this.nextCycle = this.#head === null ? Infinity : this.#head.cycle;
    if (this.#head === null) this.#tail = null;
    head.queued = false;
    head.armed = false;
    head.next = null;
    return head;
  }
}

/** A clock derived from the crystal: divided by CLKPR, stopped by sleep modes. Its time counts its own cycles. */
export class ClockDomain {
  readonly #queue: EventQueue;
  readonly #cycleNow: () => number;
  readonly #events: ChipEvent[] = [];
  #running = true;
  #divider = 1;
  #baseCycle = 0;
  #baseTime = 0;

  constructor(queue: EventQueue, cycleNow: () => number) {
    this.#queue = queue;
    this.#cycleNow = cycleNow;
  }

  now(): number {
    return this.#running ? this.#baseTime + Math.floor((this.#cycleNow() - this.#baseCycle) / this.#divider) : this.#baseTime;
  }

  /** Crystal cycles per cycle of this clock. */
  get divider(): number {
    return this.#divider;
  }

  get running(): boolean {
    return this.#running;
  }

  event(action: () => void): ChipEvent {
    const event = chipEvent(action);
    this.#events.push(event);
    return event;
  }

  /** Moves the event when it is armed already. */
  schedule(event: ChipEvent, time: number): void {
    event.time = time;
    event.armed = true;
    if (this.#running) this.#queue.schedule(event, this.#baseCycle + (time - this.#baseTime) * this.#divider);
    else this.#queue.cancel(event);
  }

  cancel(event: ChipEvent): void {
    event.armed = false;
    this.#queue.cancel(event);
  }

  set(running: boolean, divider: number): void {
    if (running === this.#running && divider === this.#divider) return;
    this.#baseTime = this.now();
    this.#baseCycle = this.#cycleNow();
    this.#running = running;
    this.#divider = divider;
    for (const event of this.#events) if (event.armed) this.schedule(event, event.time);
  }
}
