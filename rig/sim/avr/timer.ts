/** One timer/counter: its registers, flags and interrupts, and the one event at which something of it becomes visible. */

import type { Core } from './core.ts';
import type { ChipEvent } from './event-queue.ts';
import { InputCapture } from './input-capture.ts';
import { OutputCompare } from './output-compare.ts';
import type { Ports } from './ports.ts';
import type { Prescaler, PrescalerUser } from './prescaler.ts';
import { AT_TOP, Counter, MATCH, OVERFLOW } from './timer-counter.ts';
import { CLOCKS, CLOCKS_TIMER_2, MODES_16_BIT, MODES_8_BIT } from './timer-modes.ts';
import type { ClockSelection, TimerMode } from './timer-modes.ts';

export interface TimerConfig {
  readonly index: number;
  readonly bits: 8 | 16;
  /** Addresses of TCCRnA, TCNTn, OCRnA (the others follow it), TIMSKn, TIFRn; ICRn where there is a capture unit. */
  readonly control: number;
  readonly count: number;
  readonly compare: number;
  readonly mask: number;
  readonly flags: number;
  readonly capture?: number;
  /** Pins of OCnA, OCnB, OCnC as far as they exist; null where the output has no pin. */
  readonly outputs: readonly (string | null)[];
  readonly capturePin?: string;
  /** Pin that can clock the counter. */
  readonly countPin?: string;
  readonly vectors: { readonly capture?: number; readonly compare: readonly number[]; readonly overflow: number };
}

/** Bits of TIFRn and TIMSKn. */
export const TOV = 0x01;
export const OCF = [0x02, 0x04, 0x08] as const;
export const ICF = 0x20;
const ALL_FLAGS = [TOV, ...OCF, ICF] as const;

export class Timer implements PrescalerUser {
  readonly config: TimerConfig;
  readonly counter: Counter;
  /** Called when a flag rises, for the ADC's auto trigger. */
  onFlag: (flag: number) => void = () => {};
  readonly #core: Core;
  readonly #prescaler: Prescaler;
  readonly #outputs: readonly (OutputCompare | null)[];
  readonly #capture: InputCapture | null;
  readonly #event: ChipEvent;
  readonly #vectors: readonly (readonly [flag: number, vector: number])[];
  readonly #onEdge = (what: number, down: boolean): void => this.#edge(what, down);
  #clock: ClockSelection = 0;
  #lastTick = 0;
  #flags = 0;
  #enabled = 0;
  #triggers = 0;
  #controlA = 0;
  #controlB = 0;

  constructor(core: Core, ports: Ports, prescaler: Prescaler, config: TimerConfig) {
    this.config = config;
    this.#core = core;
    this.#prescaler = prescaler;
    this.counter = new Counter(config.bits === 8 ? 0xff : 0xffff, config.outputs.length, this.#modes[0] as TimerMode);
    this.#outputs = config.outputs.map((pin) => {
      if (pin === null) return null;
      const { port, bit } = ports.find(pin);
      return new OutputCompare(port, bit);
    });
    this.#event = core.io.event(() => this.#due());
    const { capture, compare, overflow } = config.vectors;
    this.#vectors = [
      [TOV, overflow],
      ...compare.map((vector, channel) => [OCF[channel] as number, vector] as const),
      ...(capture === undefined ? [] : [[ICF, capture] as const]),
    ];
    for (const [flag, vector] of this.#vectors) core.interrupts.attach(vector, () => this.clearFlags(flag));
    const taken = (): void => this.#captured();
    this.#capture = config.capturePin === undefined ? null : new InputCapture(core.io, ports.find(config.capturePin), taken);
    if (config.countPin !== undefined) {
      const { port, bit } = ports.find(config.countPin);
      port.onLevel(bit, (level) => this.#countEdge(level));
    }
    prescaler.attach(this);
  }

  get #modes(): readonly TimerMode[] {
    return this.config.bits === 8 ? MODES_8_BIT : MODES_16_BIT;
  }

  reset(): void {
    this.#core.io.cancel(this.#event);
    this.#clock = 0;
    this.#flags = 0;
    this.#enabled = 0;
    this.#controlA = 0;
    this.#controlB = 0;
    this.counter.reset(this.#modes[0] as TimerMode);
    this.#capture?.configure(false, false);
    for (const output of this.#outputs) output?.reset();
  }

  get flags(): number {
    this.catchUp();
    return this.#flags;
  }

  clearFlags(mask: number): void {
    this.catchUp();
    this.#flags &= ~mask;
    this.#request();
    this.#plan();
  }

  enable(mask: number): void {
    this.catchUp();
    this.#enabled = mask;
    this.#request();
    this.#plan();
  }

  /** Flags whose rise somebody wants to know at its instant, enabled or not. */
  watch(flags: number): void {
    this.catchUp();
    this.#triggers = flags;
    this.#plan();
  }

  /** TCCRnA and TCCRnB as written. The prescaler's phase is not touched. */
  configure(controlA: number, controlB: number): void {
    this.catchUp();
    this.#controlA = controlA;
    this.#controlB = controlB;
    const wgm = (controlA & 3) | ((controlB >> 1) & (this.config.bits === 8 ? 4 : 12));
    const mode = this.#modes[wgm] as TimerMode;
    const { counter } = this;
    if (mode !== counter.mode) {
      counter.mode = mode;
      if (!counter.isPwm) counter.loadCompares();
      counter.settle();
    }
    for (const [channel, output] of this.#outputs.entries()) output?.configure((controlA >> (6 - channel * 2)) & 3, mode, channel);
    this.#capture?.configure((controlB & 0x40) !== 0, (controlB & 0x80) !== 0);
    const clock = (this.config.index === 2 ? CLOCKS_TIMER_2 : CLOCKS)[controlB & 7] as ClockSelection;
    if (clock === this.#clock) this.#plan();
    else {
      this.#clock = clock;
      this.replan();
    }
  }

  get controlA(): number {
    return this.#controlA;
  }

  get controlB(): number {
    return this.#controlB;
  }

  /** FOCnx: a match for the pin only, outside PWM modes. */
  forceCompare(channel: number): void {
    if (!this.counter.isPwm) this.#outputs[channel]?.match(this.counter.mode, false);
  }

  readCount(): number {
    this.catchUp();
    return this.counter.value;
  }

  writeCount(value: number): void {
    this.catchUp();
    this.counter.value = value;
    this.counter.blocked = true;
    this.counter.settle();
    this.replan();
  }

  writeCompare(channel: number, value: number): void {
    this.catchUp();
    this.counter.setCompare(channel, value);
    this.counter.settle();
    this.#plan();
  }

  /** ICRn can be written only in the modes that take it as top. */
  writeCapture(value: number): void {
    if (this.counter.mode.top !== 'icr') return;
    this.catchUp();
    this.counter.icr = value;
    this.counter.settle();
    this.#plan();
  }

  /** Counts what the prescaler has ticked since the last look. */
  catchUp(): void {
    const clock = this.#clock;
    if (typeof clock !== 'number' || clock === 0 || this.#prescaler.held) return;
    const tick = this.#prescaler.tickAt(this.#core.io.now(), clock);
    const ticks = tick - this.#lastTick;
    if (ticks <= 0) return;
    this.#lastTick = tick;
    this.counter.advance(ticks, this.#onEdge);
  }

  /** After a change of clock or phase; what was written takes effect at the end of the instruction's cycle. */
  replan(): void {
    if (typeof this.#clock === 'number' && this.#clock !== 0) this.#lastTick = this.#prescaler.tickAt(this.#core.io.now() + 1, this.#clock);
    this.#plan();
  }

  #due(): void {
    this.catchUp();
    this.#plan();
  }

  /** Plans the next tick at which a pin changes, an interrupt is requested or a trigger fires. */
  #plan(): void {
    const clock = this.#clock;
    if (typeof clock !== 'number' || clock === 0 || this.#prescaler.held) {
      this.#core.io.cancel(this.#event);
      return;
    }
    const awaited = (this.#enabled | this.#triggers) & ~this.#flags;
    let watched = (awaited & TOV) !== 0 ? OVERFLOW : 0;
    if ((awaited & ICF) !== 0 && this.counter.mode.top === 'icr') watched |= AT_TOP;
    for (let channel = 0; channel < this.#outputs.length; channel++) {
      const action = this.#outputs[channel]?.action ?? 0;
      if ((awaited & (OCF[channel] as number)) !== 0 || action !== 0) watched |= MATCH[channel] as number;
      if (action >= 2 && this.counter.mode.kind === 'fast') watched |= AT_TOP;
    }
    const ticks = this.counter.ticksUntil(watched);
    if (ticks === Infinity) this.#core.io.cancel(this.#event);
    else this.#core.io.schedule(this.#event, this.#prescaler.timeOf(this.#lastTick + ticks, clock));
  }

  #edge(what: number, down: boolean): void {
    const { mode } = this.counter;
    let flags = (what & OVERFLOW) !== 0 ? TOV : 0;
    if ((what & AT_TOP) !== 0 && mode.top === 'icr') flags |= ICF;
    const fastTop = (what & AT_TOP) !== 0 && mode.kind === 'fast';
    for (let channel = 0; channel < this.#outputs.length; channel++) {
      const matched = (what & (MATCH[channel] as number)) !== 0;
      if (matched) flags |= OCF[channel] as number;
      const output = this.#outputs[channel];
      if (output == null || output.action === 0) continue;
      // Where match and bottom fall on one tick the pin is set once: a compare value of top gives a constant level.
      if (fastTop && output.action >= 2) output.bottom();
      else if (matched) output.match(mode, down);
    }
    this.#raise(flags);
  }

  #raise(flags: number): void {
    const risen = flags & ~this.#flags;
    if (risen === 0) return;
    this.#flags |= risen;
    this.#request();
    if ((risen & this.#triggers) !== 0) for (const flag of ALL_FLAGS) if ((risen & this.#triggers & flag) !== 0) this.onFlag(flag);
  }

  #request(): void {
    const requested = this.#flags & this.#enabled;
    for (const [flag, vector] of this.#vectors) this.#core.interrupts.request(vector, (requested & flag) !== 0);
  }

  #captured(): void {
    if (this.counter.mode.top === 'icr') return;
    this.catchUp();
    this.counter.icr = this.counter.value;
    this.#raise(ICF);
  }

  #countEdge(level: boolean): void {
    if (this.#clock !== (level ? 'externalRising' : 'externalFalling') || !this.#core.io.running) return;
    this.counter.advance(1, this.#onEdge);
  }
}
