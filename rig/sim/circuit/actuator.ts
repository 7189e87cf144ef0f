/** From a pin's level to a switched part: its delays, drawn per specimen and per switching, and its monostable. */

import type { Control, Range } from '../../fixture/netlist/part.ts';
import { randomStream } from '../random.ts';
import type { PinDrive } from './boards.ts';
import type { Draw, Insertion } from './draw.ts';
import type { Appointment, Timetable } from './timetable.ts';

/** What a circuit is drawn from: the specimen by `seed`, its switchings by `occasion` too. */
export interface Chance {
  readonly seed: number;
  readonly occasion: string;
  readonly insertion?: Insertion | undefined;
}

export interface ActuatorTimes {
  readonly close_us: Range;
  readonly open_us: Range;
  readonly jitter_us?: number;
  readonly batch?: string;
  readonly monostable_ms: Range | null;
}

/** A command shorter than the delay it meets is not followed at all, as with the LED of a photo-MOS. */
export class Actuator {
  readonly #timetable: Timetable;
  readonly #delay_ns: (on: boolean) => number;
  readonly #monostable_ns: number;
  readonly #apply: (on: boolean, t_ns: number) => void;
  #pin = false;
  #gate = false;
  #is = false;
  #pending: Appointment | null = null;
  #expiry: Appointment | null = null;

  constructor(options: {
    readonly ref: string;
    readonly chance: Chance;
    readonly times: ActuatorTimes;
    readonly draw: Draw;
    readonly timetable: Timetable;
    /** Called at the instant the part has switched. */
    readonly apply: (on: boolean, t_ns: number) => void;
  }) {
    const { ref, chance, times, draw } = options;
    const jitter_us = times.jitter_us ?? 0;
    const batch = times.batch === undefined ? null : randomStream(chance.seed, `batch ${times.batch}`);
    const once = (range: Range): number => (batch === null ? draw.in(range) : batch.between(range.min, range.max));
    const close_us = once({ min: times.close_us.min, max: times.close_us.max - jitter_us });
    const open_us = once({ min: times.open_us.min, max: times.open_us.max - jitter_us });
    const switching = randomStream(chance.seed, `switching ${ref} ${chance.occasion}`);
    this.#delay_ns = (on) => ((on ? close_us : open_us) + (jitter_us === 0 ? 0 : jitter_us * switching.next())) * 1e3;
    this.#monostable_ns = times.monostable_ms === null ? Infinity : draw.in(times.monostable_ms) * 1e6;
    this.#timetable = options.timetable;
    this.#apply = options.apply;
  }

  /** The pin is at its active level, or no more, since t. */
  command(active: boolean, t_ns: number): void {
    if (active === this.#pin) return;
    this.#pin = active;
    if (this.#expiry !== null) this.#expiry.cancelled = true;
    this.#expiry =
      active && this.#monostable_ns < Infinity
        ? this.#timetable.at(t_ns + this.#monostable_ns, (now_ns) => this.#drive(false, now_ns))
        : null;
    this.#drive(active, t_ns);
  }

  #drive(on: boolean, t_ns: number): void {
    if (on === this.#gate) return;
    this.#gate = on;
    if (this.#pending !== null) this.#pending.cancelled = true;
    this.#pending = null;
    if (on === this.#is) return;
    this.#pending = this.#timetable.at(t_ns + this.#delay_ns(on), (now_ns) => {
      this.#is = on;
      this.#pending = null;
      this.#apply(on, now_ns);
    });
  }
}

/** A pin that is not driven high counts as low: every gate has a pull to minus. */
export const gateActive = (control: Control, drive: PinDrive): boolean => (drive === 'high') === (control.active === 'high');
/** A LED has no such pull: it is lit by a pin that drives and dark on one that does not. */
export const ledActive = (control: Control, drive: PinDrive): boolean => drive === control.active;
