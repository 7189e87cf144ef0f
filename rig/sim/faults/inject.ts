/** Makes the chosen faults happen in a simulated bench: each act at the seam where the real thing would do its work. */

import { SENSE_PINS } from '../../fixture/channels.ts';
import type { Netlist } from '../../fixture/netlist/netlist.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { applyChanges } from '../defects/apply.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { TrueTime_ns } from '../kernel/oscillator.ts';
import type { Board } from '../kernel/world.ts';
import { type Random, randomStream } from '../random.ts';
import type { Act, Fault, Seconds, Way } from './fault.ts';
import { Medium } from './medium.ts';
import { otherHello } from './other-hello.ts';

type ActOf<Kind extends Act['do']> = Extract<Act, { readonly do: Kind }>;
/** What holds from the start on, for as long as the bench exists. */
const STANDING = ['clock', 'circuit', 'baud', 'bootloader', 'eeprom', 'hello', 'converterNoise'] as const;
type Standing = ActOf<(typeof STANDING)[number]>;
type Timed = Exclude<Act, Standing>;

const isTimed = (act: Act): act is Timed => !(STANDING as readonly string[]).includes(act.do);
const actsOf = <Kind extends Act['do']>(faults: readonly Fault[], kind: Kind): readonly ActOf<Kind>[] =>
  faults.flatMap(({ acts }) => acts).filter((act): act is ActOf<Kind> => act.do === kind);

/** The netlist with every circuit fault in it. */
export const withCircuitFaults = (netlist: Netlist, faults: readonly Fault[]): Netlist =>
  applyChanges(
    netlist,
    actsOf(faults, 'circuit').flatMap(({ change }) => change),
  );

/** What a fault makes of a crystal; null where none does. */
export const faultyClock = (
  faults: readonly Fault[],
  of: ActOf<'clock'>['of'],
): { readonly off_ppm: number; readonly drift_ppm_per_min: number } | null => {
  const act = actsOf(faults, 'clock').findLast((one) => one.of === of);
  return act === undefined ? null : { off_ppm: act.off_ppm, drift_ppm_per_min: act.drift_ppm_per_min ?? 0 };
};

/** By what the bridge's clock is off. */
export const faultyBaud = (faults: readonly Fault[]): number => actsOf(faults, 'baud').reduce((factor, act) => factor * act.factor, 1);

/** How long the bootloader keeps the port instead of the time drawn; null where no fault says so. */
export const faultyBootloader_ms = (faults: readonly Fault[]): number | null => {
  const act = actsOf(faults, 'bootloader').at(-1);
  return act === undefined ? null : act.for_s * 1000;
};

/** What a converter samples besides what is there, in volts; null where nothing disturbs it. */
export const converterNoise_V = (
  faults: readonly Fault[],
  of: ActOf<'converterNoise'>['of'],
  seed: number,
  occasion: string,
): (() => number) | null => {
  const rms_mV = Math.hypot(...actsOf(faults, 'converterNoise').map((act) => (act.of === of ? act.rms_mV : 0)));
  if (rms_mV === 0) return null;
  const random = randomStream(seed, `converter of the ${of} ${occasion}`);
  // Four uniform ones: their sum is nearly normal, never farther off than 3.5 times its deviation.
  const scale_V = (rms_mV / 1000) * Math.sqrt(3);
  return () => (scale_V / 2) * (random.between(-1, 1) + random.between(-1, 1) + random.between(-1, 1) + random.between(-1, 1));
};

export const createMedia = (seed: number, occasion: string): Readonly<Record<Way, Medium>> => ({
  toFixture: new Medium(randomStream(seed, `spoiled to fixture ${occasion}`)),
  toHost: new Medium(randomStream(seed, `spoiled to host ${occasion}`)),
});

export interface Seams {
  readonly kernel: Kernel;
  readonly media: Readonly<Record<Way, Medium>>;
  readonly fixture: Board;
  readonly circuit: Pick<Circuit, 'onInput' | 'setPin'>;
  /** Holds the board in reset. */
  readonly hold: (cause: ActOf<'reset'>['cause']) => void;
  /** Lets it start, bootloader first. */
  readonly release: () => void;
  /** The device is gone from the host's port list, or back on it. */
  readonly unplug: () => void;
  readonly replug: () => void;
}

const ERASED = 0xff;

const atOnce = (act: Timed): boolean => act.do === 'spoil' && act.from_s === undefined;

export class Injector {
  readonly #seams: Seams;
  readonly #random: Random;
  /** What the circuit has told the fixture's pins. */
  readonly #levels = new Map<string, boolean>();
  #awaiting: readonly Timed[];

  constructor(faults: readonly Fault[], seams: Seams, seed: number, occasion: string) {
    this.#seams = seams;
    this.#random = randomStream(seed, `faults ${occasion}`);
    seams.circuit.onInput((board, pin, level) => {
      if (board === 'fixture') this.#levels.set(pin, level);
    });
    if (actsOf(faults, 'eeprom').length > 0) this.#keepErased();
    for (const act of actsOf(faults, 'hello')) seams.media.toHost.rewrite((line) => otherHello(line, act));
    const timed = faults.flatMap(({ acts }) => acts).filter(isTimed);
    this.#awaiting = timed.filter((act) => !atOnce(act));
    for (const act of timed.filter(atOnce)) this.#happen(act);
  }

  /** The supply came on: scenario time 0. Only the first time counts. */
  supplied(at_ns: TrueTime_ns): void {
    const acts = this.#awaiting;
    this.#awaiting = [];
    for (const act of acts) {
      const after_s = act.do === 'spoil' ? act.from_s! : act.at_s;
      this.#seams.kernel.at(at_ns + this.#drawn(after_s) * 1e9, () => this.#happen(act));
    }
  }

  #drawn(seconds: Seconds): number {
    return typeof seconds === 'number' ? seconds : this.#random.between(...seconds);
  }

  #happen(act: Timed): void {
    const { kernel, media, circuit, hold, release, unplug, replug } = this.#seams;
    const later = (after_s: number, action: () => void): void => void kernel.at(kernel.now_ns + after_s * 1e9, action);
    switch (act.do) {
      case 'spoil':
        media[act.way].begin(act);
        if (act.for_s !== undefined) later(act.for_s, () => media[act.way].end(act));
        return;
      case 'unplug':
        unplug();
        hold('powerOn');
        if (act.for_s !== undefined)
          later(act.for_s, () => {
            replug();
            release();
          });
        return;
      case 'stall':
        return kernel.stall(act.for_s * 1e9);
      case 'sleep':
        return kernel.sleepHost(act.for_s * 1e9);
      case 'reset':
        hold(act.cause);
        return later(act.for_s, release);
      case 'step':
        return kernel.step(act.by_ms);
      case 'chatter':
        return this.#chatter(act);
      case 'throw':
        circuit.setPin('fixture', act.control, 'high', kernel.now_ns);
        if (act.for_s !== undefined) later(act.for_s, () => circuit.setPin('fixture', act.control, 'low', kernel.now_ns));
        return;
    }
  }

  #keepErased(): void {
    const { chip } = this.#seams.fixture;
    chip.eeprom.fill(ERASED);
    chip.onReset(() => chip.eeprom.fill(ERASED));
  }

  /** The pin turns between its level and the other; at the end it is as the circuit has it by then. */
  #chatter({ sense, edges, rate_Hz }: ActOf<'chatter'>): void {
    const { kernel, fixture } = this.#seams;
    const { chip, oscillator } = fixture;
    const { pin, capture } = SENSE_PINS[sense];
    const pins = capture === null ? [pin] : [pin, capture];
    const turn = (edge: number): void => {
      const level = (this.#levels.get(pin) ?? false) !== (edge < edges && edge % 2 === 0);
      for (const one of pins) chip.setInput(one, level);
    };
    const first = oscillator.cycleAt(kernel.now_ns);
    for (let edge = 0; edge <= edges; edge += 1) chip.at(first + Math.round((edge * chip.nominal_Hz) / rate_Hz), () => turn(edge));
  }
}
