/** What the host's side of the simulation will do and when: a heap of actions in true time, first come first served at one instant. */

import type { TrueTime_ns } from './oscillator.ts';

export interface Appointment {
  readonly at_ns: TrueTime_ns;
  readonly order: number;
  readonly action: () => void;
  cancelled: boolean;
}

const before = (a: Appointment, b: Appointment): boolean => a.at_ns < b.at_ns || (a.at_ns === b.at_ns && a.order < b.order);

export class Agenda {
  readonly #heap: Appointment[] = [];
  #order = 0;

  add(at_ns: TrueTime_ns, action: () => void): Appointment {
    const appointment: Appointment = { at_ns, order: this.#order++, action, cancelled: false };
    const heap = this.#heap;
    let at = heap.push(appointment) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(appointment, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = appointment;
    return appointment;
  }

  /** Instant of the next appointment that still holds; Infinity when there is none. */
  next_ns(): TrueTime_ns {
    while (this.#heap.length > 0 && this.#heap[0]!.cancelled) this.#removeFirst();
    return this.#heap[0]?.at_ns ?? Infinity;
  }

  take(): Appointment | undefined {
    return this.next_ns() === Infinity ? undefined : this.#removeFirst();
  }

  #removeFirst(): Appointment {
    const heap = this.#heap;
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
        if (!before(heap[child]!, last)) break;
        heap[at] = heap[child]!;
        at = child;
      }
      heap[at] = last;
    }
    return first;
  }
}
