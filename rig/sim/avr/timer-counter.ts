/** The counting of one timer as arithmetic: from one tick at which something happens straight to the next, whatever lies between. */

import type { TimerMode } from './timer-modes.ts';

/** What happens on the tick with which the counter leaves a value; match of channel n is bit n. */
export const MATCH = [1, 2, 4] as const;
export const OVERFLOW = 8;
export const AT_TOP = 16;
export const AT_BOTTOM = 32;

export class Counter {
  value = 0;
  down = false;
  mode: TimerMode;
  /** Value of ICRn, for modes that take it as top. */
  icr = 0;
  /** Compare values in force, and as written: PWM modes load the second into the first at top or bottom. */
  readonly compare: number[];
  readonly buffered: number[];
  /** A write to TCNT suppresses compare matches on the next tick (both datasheets, "Compare Match Blocking by TCNT Write"). */
  blocked = false;
  readonly #max: number;
  // The next edge, as found by #look: ticks until the counter leaves that value, what happens then, and its state after.
  #ticks = 0;
  #what = 0;
  #nextValue = 0;
  #nextDown = false;
  /** So many ticks can go by before the next edge, nothing else than the value changing; 0 = to be looked up. */
  #quiet = 0;

  constructor(max: number, channels: number, mode: TimerMode) {
    this.#max = max;
    this.mode = mode;
    this.compare = Array.from({ length: channels }, () => 0);
    this.buffered = Array.from({ length: channels }, () => 0);
  }

  get max(): number {
    return this.#max;
  }

  get top(): number {
    const { top } = this.mode;
    if (top === 'max') return this.#max;
    if (top === 'ocrA') return this.compare[0] as number;
    return top === 'icr' ? this.icr : top;
  }

  get isPwm(): boolean {
    return this.mode.kind !== 'normal' && this.mode.kind !== 'ctc';
  }

  get isDualSlope(): boolean {
    return this.mode.kind === 'phase' || this.mode.kind === 'phaseFrequency';
  }

  reset(mode: TimerMode): void {
    this.value = 0;
    this.down = false;
    this.mode = mode;
    this.icr = 0;
    this.compare.fill(0);
    this.buffered.fill(0);
    this.blocked = false;
    this.#quiet = 0;
  }

  /** After a change of value, mode or top: the direction that counting will take. */
  settle(): void {
    this.#quiet = 0;
    if (!this.isDualSlope) this.down = false;
    else if (this.value >= this.top) this.down = this.value > 0;
    else if (this.value === 0) this.down = false;
  }

  setCompare(channel: number, value: number): void {
    this.#quiet = 0;
    this.buffered[channel] = value;
    if (!this.isPwm) this.compare[channel] = value;
  }

  loadCompares(): void {
    this.#quiet = 0;
    for (let channel = 0; channel < this.compare.length; channel++) this.compare[channel] = this.buffered[channel] as number;
  }

  /** The edge at which written compare values come into force. */
  get loadEdge(): number {
    if (!this.isPwm) return 0;
    return this.mode.kind === 'phaseFrequency' ? AT_BOTTOM : AT_TOP;
  }

  #loadPending(): boolean {
    return this.compare.some((value, channel) => value !== this.buffered[channel]);
  }

  /** Ticks of one whole period. */
  get period(): number {
    const { top } = this;
    return this.isDualSlope ? Math.max(1, top * 2) : top + 1;
  }

  /** Ticks until the first edge with any of the `watched` bits, Infinity if there is none. */
  ticksUntil(watched: number): number {
    if (watched === 0) return Infinity;
    const stopAt = this.#loadPending() ? watched | this.loadEdge : watched;
    let { value, down, blocked } = this;
    let ticks = 0;
    // Two periods hold at most ten edges each; a watched edge that has not come by then never comes.
    for (let edge = 0; edge < 24; edge++) {
      this.#look(value, down, blocked);
      ticks += this.#ticks;
      if ((this.#what & stopAt) !== 0) return ticks;
      value = this.#nextValue;
      down = this.#nextDown;
      blocked = false;
    }
    return Infinity;
  }

  /** Counts `ticks` ticks and reports every edge on the way: what happened (bits above), and the direction after it. */
  advance(ticks: number, onEdge: (what: number, down: boolean) => void): void {
    if (ticks <= this.#quiet) {
      this.#quiet -= ticks;
      this.value += this.down ? -ticks : ticks;
      return;
    }
    let left = ticks;
    let edges = 0;
    this.#quiet = 0;
    while (left > 0) {
      this.#look(this.value, this.down, this.blocked);
      if (this.#ticks > left) {
        this.value += this.down ? -left : left;
        this.blocked = false;
        this.#quiet = this.#ticks - left - 1;
        return;
      }
      left -= this.#ticks;
      const what = this.#what;
      this.value = this.#nextValue;
      this.down = this.#nextDown;
      this.blocked = false;
      if (what !== 0) onEdge(what, this.down);
      if ((what & this.loadEdge) !== 0) {
        this.loadCompares();
        // A new top may lie elsewhere than the one that was just ahead.
        if ((what & AT_BOTTOM) !== 0) this.down = false;
        this.settle();
      }
      // After two whole periods every flag is set and every value loaded: the rest repeats.
      if (++edges > 24 && this.value <= this.top) left %= this.period;
    }
  }

  #look(value: number, down: boolean, blocked: boolean): void {
    if (this.isDualSlope) this.#lookDual(value, down);
    else this.#lookSingle(value);
    if (!blocked) return;
    if (this.#ticks === 1) this.#what &= ~7;
    else {
      // The blocked tick only moves on.
      this.#ticks = 1;
      this.#what = 0;
      this.#nextValue = down ? value - 1 : value + 1;
      this.#nextDown = down;
    }
  }

  #lookSingle(value: number): void {
    const { top } = this;
    let at = top >= value ? top : this.#max;
    for (const compare of this.compare) if (compare >= value && compare < at) at = compare;
    let what = 0;
    for (let channel = 0; channel < this.compare.length; channel++) if (this.compare[channel] === at) what |= 1 << channel;
    if (at === top) what |= AT_TOP;
    if (this.mode.kind === 'fast' ? at === top : at === this.#max) what |= OVERFLOW;
    this.#ticks = at - value + 1;
    this.#what = what;
    this.#nextValue = at === top || at === this.#max ? 0 : at + 1;
    this.#nextDown = false;
  }

  #lookDual(value: number, down: boolean): void {
    const { top } = this;
    let what = 0;
    let at: number;
    if (down) {
      // A top that was lowered below the count is met on the way down.
      at = top <= value ? top : 0;
      for (const compare of this.compare) if (compare <= value && compare > at) at = compare;
      if (at === 0) {
        this.#arrive(value, 0, false);
        return;
      }
      if (at === top) what |= AT_TOP;
      this.#nextValue = at - 1;
      this.#nextDown = at > 1;
      this.#ticks = value - at + 1;
    } else {
      at = top;
      for (const compare of this.compare) if (compare >= value && compare < at) at = compare;
      if (value === 0) at = 0;
      if (at >= top && top > 0) {
        this.#arrive(value, top, true);
        return;
      }
      if (at === 0) what |= AT_BOTTOM | OVERFLOW | (top === 0 ? AT_TOP : 0);
      this.#nextValue = top === 0 ? 0 : at + 1;
      this.#nextDown = this.#nextValue === top && top > 0;
      this.#ticks = at - value + 1;
    }
    for (let channel = 0; channel < this.compare.length; channel++) if (this.compare[channel] === at) what |= 1 << channel;
    this.#what = what;
  }

  /** Reaching a turning point is no edge; leaving it is. */
  #arrive(value: number, at: number, down: boolean): void {
    this.#ticks = Math.abs(at - value);
    this.#what = 0;
    this.#nextValue = at;
    this.#nextDown = down;
  }
}
