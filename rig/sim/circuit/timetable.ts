/** What the circuit will do by itself, in order of time; equal times keep the order in which they were noted. */

export interface Appointment {
  readonly at_ns: number;
  readonly act: (t_ns: number) => void;
  cancelled: boolean;
}

export class Timetable {
  /** Latest first, so that the next is taken from the end. There are rarely more than ten. */
  readonly #entries: Appointment[] = [];

  at(at_ns: number, act: (t_ns: number) => void): Appointment {
    const appointment: Appointment = { at_ns, act, cancelled: false };
    let index = this.#entries.length;
    while (index > 0 && this.#entries[index - 1]!.at_ns <= at_ns) index -= 1;
    this.#entries.splice(index, 0, appointment);
    return appointment;
  }

  next_ns(): number {
    for (;;) {
      const last = this.#entries.at(-1);
      if (last === undefined) return Infinity;
      if (!last.cancelled) return last.at_ns;
      this.#entries.pop();
    }
  }

  /** Removes and returns what is due first. Only after `next_ns` was finite. */
  take(): Appointment {
    this.next_ns();
    return this.#entries.pop()!;
  }
}
