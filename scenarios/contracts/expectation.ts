/** What an author demands beyond the reference: levels at and over times, edges in windows, and which edges come at all and in which order; each with its place. */

import type { AnalogSignal, Level, SenseLevel, SenseSignal } from '../signals.ts';
import type { ScenarioTime_us } from './clocks.ts';
import type { Place } from './issue.ts';
import type { EntryId } from './timeline.ts';

/** Id of something that must have an outcome before a case can pass: `reference`, `expect-2`, `measure-1`. */
export type CheckId = string;

/** An instant: absolute, or counted from an entry's executed instant, or from an observed edge (the last one before the thing judged). */
export type Anchor =
  | { readonly kind: 'time'; readonly at_us: ScenarioTime_us }
  | { readonly kind: 'entry'; readonly entry: EntryId; readonly delay_us: number }
  | { readonly kind: 'edge'; readonly signal: SenseSignal; readonly level: Level; readonly delay_us: number };

/** An edge by its kind: every one of `signal` to `level`. */
export interface EdgeKind {
  readonly signal: SenseSignal;
  readonly level: SenseLevel;
}

export type Expectation = { readonly id: CheckId; readonly text: string; readonly place: Place } & (
  | { readonly kind: 'level'; readonly signal: SenseSignal; readonly level: Level; readonly at: Anchor }
  | { readonly kind: 'stays'; readonly signal: SenseSignal; readonly level: Level; readonly from: Anchor; readonly to: Anchor }
  /** The first edge of `signal` to `level` after `after` comes not before and not after the given delays (null = no bound on that side). */
  | {
      readonly kind: 'edge';
      readonly signal: SenseSignal;
      readonly level: Level;
      readonly after: Anchor;
      readonly notBefore_us: number | null;
      readonly within_us: number | null;
    }
  /** No edge of `signal` to `level` in the span. */
  | { readonly kind: 'never'; readonly signal: SenseSignal; readonly level: SenseLevel; readonly from: Anchor; readonly to: Anchor }
  /** An edge of `signal` to `level` after `from`, at the latest at `to`. */
  | { readonly kind: 'eventually'; readonly signal: SenseSignal; readonly level: SenseLevel; readonly from: Anchor; readonly to: Anchor }
  /** Of the kinds named, exactly these edges come in the span, one after the other. At least two; `signal` is that of the first. */
  | {
      readonly kind: 'order';
      readonly signal: SenseSignal;
      readonly edges: readonly EdgeKind[];
      readonly from: Anchor;
      readonly to: Anchor;
    }
  /** What an operator answers at a `barrier` is one of the right choices. */
  | { readonly kind: 'answer'; readonly signal: 'operator'; readonly entry: EntryId; readonly right: readonly string[] }
);

export type ExpectationOf<K extends Expectation['kind']> = Expectation & { readonly kind: K };

/** Found by a ramp: at which voltage of the drive an output of the unit switches. */
export interface Switching {
  readonly edge: EdgeKind;
  /** `sample` entries that show whether the terminal follows the drive. */
  readonly checks: readonly EntryId[];
}

/** A measured analog value against limits; at least one limit is given. Units as in `ANALOGS`. */
export interface Measurement {
  readonly id: CheckId;
  readonly name: string;
  readonly analog: AnalogSignal;
  /** The `sample` entry that takes it; of a switching point the `ramp` entry that finds it. */
  readonly entry: EntryId;
  /** Null: the value itself is measured. */
  readonly switching: Switching | null;
  readonly unit: 'mV' | 'uA';
  readonly low: number | null;
  readonly high: number | null;
  /** Inside a limit by less than this, on top of the uncertainty, is marginal. */
  readonly margin: number;
  readonly place: Place;
}
