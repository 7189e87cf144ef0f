/** What a fault of the bench is: data. What it does is a list of acts; beside it stands what a careful engineer would say of a good unit on such a bench. */

import type { Blame, Verdict } from '../../../scenarios/contracts/blame.ts';
import type { SenseSignal } from '../../../scenarios/signals.ts';
import type { Change } from '../defects/change.ts';

/** Cable and bridge; the computer; the fixture's Mega and its crystal; the circuit between Mega and unit. */
export type FaultFamily = 'link' | 'host' | 'board' | 'circuit';

/** Seconds of true time; of a pair one instant between the two is drawn by seed. Counted from when the supply first came on, which is scenario time 0. */
export type Seconds = number | readonly [least: number, most: number];

export type Way = 'toFixture' | 'toHost';

/** What happens to what the cable carries. */
export type Spoiling =
  /** A byte is lost; arrives twice; has one bit turned; changes places with the next one. `share` of the bytes. */
  | { readonly how: 'drop' | 'duplicate' | 'flip' | 'swap'; readonly share: number }
  /** Random bytes appear between two, newlines among them; `share` of the bytes. */
  | { readonly how: 'noise'; readonly share: number }
  /** A whole line is lost, or arrives twice; `share` of the lines. */
  | { readonly how: 'dropLine' | 'doubleLine'; readonly share: number }
  /** A transfer of the bridge comes late; what follows waits behind it, or (`overtaken`) goes past it. `share` of the transfers. */
  | { readonly how: 'hold' | 'overtaken'; readonly share: number; readonly late_ms: readonly [least: number, most: number] }
  /** What goes one way also comes back. */
  | { readonly how: 'echo' };

export type Act =
  /** Without `from_s` from the start, hello included; without `for_s` to the end. */
  | ({ readonly do: 'spoil'; readonly way: Way; readonly from_s?: Seconds; readonly for_s?: number } & Spoiling)
  /** The bridge's clock is off by this factor. */
  | { readonly do: 'baud'; readonly factor: number }
  /** The plug is pulled, and where `for_s` says so put back: the board is powered through it and starts anew. */
  | { readonly do: 'unplug'; readonly at_s: Seconds; readonly for_s?: number }
  /** The host's process gets no processor: nothing is sent, read or timed meanwhile. Its clock runs on. */
  | { readonly do: 'stall'; readonly at_s: Seconds; readonly for_s: number }
  /** The same, and its clock stands still meanwhile, as when a computer sleeps. */
  | { readonly do: 'sleep'; readonly at_s: Seconds; readonly for_s: number }
  /** The Mega is held in reset for `for_s`, then starts with its bootloader. */
  | { readonly do: 'reset'; readonly cause: 'external' | 'brownOut' | 'powerOn'; readonly at_s: Seconds; readonly for_s: number }
  /** The bootloader keeps the port for so long at each start. */
  | { readonly do: 'bootloader'; readonly for_s: number }
  /** The Mega's EEPROM cannot be written and reads as erased. */
  | { readonly do: 'eeprom'; readonly bytes: 'erased' }
  /** The fixture introduces itself with another protocol version or signal table. */
  | { readonly do: 'hello'; readonly version?: number; readonly table?: number }
  /** A crystal or resonator with this error in place of the drawn one, and running away from it from the start on. */
  | { readonly do: 'clock'; readonly of: 'fixture' | 'unit' | 'host'; readonly off_ppm: number; readonly drift_ppm_per_min?: number }
  /** What a converter samples is off by so much, anew each time. */
  | { readonly do: 'converterNoise'; readonly of: 'fixture' | 'unit'; readonly rms_mV: number }
  /** The host's clock jumps. */
  | { readonly do: 'step'; readonly at_s: Seconds; readonly by_ms: number }
  /** One sense input of the Mega toggles by itself; afterwards it is as the circuit has it. */
  | { readonly do: 'chatter'; readonly sense: SenseSignal; readonly at_s: Seconds; readonly edges: number; readonly rate_Hz: number }
  /** What a switch of the circuit that stands for the fault is worked by goes high, and where `for_s` says so low again. */
  | { readonly do: 'throw'; readonly control: string; readonly at_s: Seconds; readonly for_s?: number }
  /** Other parts, or other values, in the circuit: from the start. */
  | { readonly do: 'circuit'; readonly change: readonly Change[] };

export interface Fault {
  readonly name: string;
  readonly family: FaultFamily;
  /** What is wrong with the bench, in one sentence. */
  readonly summary: string;
  /** The verdict that a good unit has to get on this bench in `scenarios/eol`, and whose doing it is (null: nobody's, it passes). Never `fail`: that would blame the unit. */
  readonly verdict: Exclude<Verdict, 'fail'>;
  readonly blame: Exclude<Blame, 'unit' | 'scenario'> | null;
  readonly acts: readonly Act[];
}

/** A fault that a good bench survives: the loss is made good, and the counters tell of it. */
export const harmless = (family: FaultFamily, name: string, summary: string, ...acts: readonly Act[]): Fault => ({
  name,
  family,
  summary,
  verdict: 'pass',
  blame: null,
  acts,
});

/** A fault after which nothing can be said of the unit. */
export const breaking = (
  family: FaultFamily,
  blame: NonNullable<Fault['blame']>,
  name: string,
  summary: string,
  ...acts: readonly Act[]
): Fault => ({ name, family, summary, verdict: 'broken', blame, acts });
