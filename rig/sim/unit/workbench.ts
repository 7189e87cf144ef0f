/** The stand-in unit in a test's hands: terminals and poles are set, outputs are logged, all in virtual time. */

import { readFileSync } from 'node:fs';
import type { SenseSignal } from '../../../scenarios/signals.ts';
import { type Chip, createChip } from '../avr/chip.ts';
import { parseHex } from '../avr/hex.ts';
import type { HexImage } from '../avr/hex.ts';
import type { UnitChip } from './stock-chip.ts';

export type Pole = 1 | 3 | 4;
export const POLES: readonly Pole[] = [1, 3, 4];

/** What drives the terminals, in millivolts; null = open. Inside the unit L is pulled to 5 V and H to 0 V. */
export interface Terminals {
  readonly supply_mV: number;
  readonly link: boolean;
  readonly h_mV: number | null;
  readonly l_mV: number | null;
}

/** How far this unit's parts are off; 1.01 = 1 % high. */
export interface Spread {
  readonly crystal_ppm: number;
  readonly reference: number;
  readonly divider: number;
}

export interface LoggedEdge {
  readonly signal: SenseSignal;
  readonly high: boolean;
  /** True time since the reset line was released. */
  readonly at_ms: number;
}

/** In the order of the pins, PB0 first. */
const PINS: readonly SenseSignal[] = ['load', 'charger', 'preAlarm', 'ledBlue', 'ledRed'];
const SIGNAL_OF: ReadonlyMap<string, SenseSignal> = new Map(PINS.map((signal, bit) => [`PB${bit}`, signal]));
const POLE_PIN: Readonly<Record<Pole, string>> = { 1: 'PD2', 3: 'PD3', 4: 'PD4' };
const CYCLES_PER_MS = 16_000;
const FLASH_BYTES = 0x8000;

/** The rig's own chip; an image that touches a register it lacks ends the test. */
const ownChip = (image: HexImage): UnitChip => {
  const chip = createChip('atmega328p', image);
  chip.onForbiddenAccess((register, address) => {
    throw new Error(`the image touched ${register} (0x${address.toString(16)})`);
  });
  chip.release(0);
  return chip;
};

export const LINKED: Terminals = { supply_mV: 12_800, link: true, h_mV: null, l_mV: null };
export const UNLINKED: Terminals = { ...LINKED, link: false };

export interface Setting {
  readonly terminals?: Terminals;
  readonly open?: readonly Pole[];
  readonly spread?: Partial<Spread>;
  readonly emulator?: (image: HexImage) => UnitChip;
}

export class Workbench {
  readonly edges: LoggedEdge[] = [];
  terminals: Terminals;
  readonly chip: UnitChip;
  readonly #cyclesPerMs: number;
  readonly #divider: number;
  readonly #on = new Set<SenseSignal>();

  /** The reset line is released at 0 ms. */
  constructor(hexPath: string, { terminals = LINKED, open = [], spread, emulator = ownChip }: Setting = {}) {
    const parsed = parseHex(readFileSync(hexPath, 'utf8'), { flashBytes: FLASH_BYTES });
    if (!parsed.ok) throw new Error(`${hexPath}: ${parsed.problem.message}`);
    const { crystal_ppm, reference, divider }: Spread = { crystal_ppm: 0, reference: 1, divider: 1, ...spread };
    this.terminals = terminals;
    this.#cyclesPerMs = CYCLES_PER_MS * (1 + crystal_ppm / 1e6);
    this.#divider = divider;
    this.chip = emulator(parsed.image);
    this.chip.avcc_V = 5 * reference;
    this.chip.analog = (channel) => this.#volts(channel);
    this.chip.onPinChange((pin, state, cycle) => this.#log(SIGNAL_OF.get(pin), state === 'high', cycle));
    this.open(open);
  }

  get now_ms(): number {
    return this.chip.cycles / this.#cyclesPerMs;
  }

  /** The outputs that are high and the LEDs that are lit, in the order of the pins. */
  get on(): readonly SenseSignal[] {
    return PINS.filter((signal) => this.isOn(signal));
  }

  isOn(signal: SenseSignal): boolean {
    return this.#on.has(signal);
  }

  /** Moves all poles in one cycle: those named are open, the others closed. */
  open(poles: readonly Pole[]): void {
    for (const pole of POLES) this.setPole(pole, poles.includes(pole));
  }

  setPole(pole: Pole, open: boolean): void {
    this.chip.setInput(POLE_PIN[pole], open);
  }

  connect(change: Partial<Terminals>): void {
    this.terminals = { ...this.terminals, ...change };
  }

  run(ms: number): void {
    this.chip.run(Math.round((this.now_ms + ms) * this.#cyclesPerMs));
  }

  /** Takes the supply away and gives it back. The rig's own chip only. */
  powerCycle(): void {
    const chip = this.chip as Chip;
    chip.hold('powerOn');
    chip.release(0);
  }

  /** Runs until the signal has the level and returns how long that took; Infinity when it did not within `limit_ms`. */
  until(signal: SenseSignal, on: boolean, limit_ms: number): number {
    const from = this.now_ms;
    while (this.isOn(signal) !== on) {
      if (this.now_ms - from >= limit_ms) return Infinity;
      this.run(1);
    }
    return Math.max(0, (this.edges.findLast((edge) => edge.signal === signal)?.at_ms ?? from) - from);
  }

  edgesOf(signal: SenseSignal): readonly LoggedEdge[] {
    return this.edges.filter((edge) => edge.signal === signal);
  }

  #volts(channel: number): number {
    const { supply_mV, link, h_mV, l_mV } = this.terminals;
    const linked_mV = l_mV ?? h_mV ?? 2500;
    const h = link ? linked_mV : (h_mV ?? 0);
    const l = link ? linked_mV : (l_mV ?? 5000);
    const nominal_mV = [supply_mV / 16, h / 4, l / 4][channel] ?? 0;
    return Math.min((nominal_mV / 1000) * this.#divider, 5);
  }

  #log(signal: SenseSignal | undefined, on: boolean, cycle: number): void {
    if (signal === undefined || on === this.isOn(signal)) return;
    if (on) this.#on.add(signal);
    else this.#on.delete(signal);
    this.edges.push({ signal, high: on, at_ms: cycle / this.#cyclesPerMs });
  }
}
