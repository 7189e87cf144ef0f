/** A compiled case's stimuli: frozen, inert, in scenario time. What the bench uploads and the model reads. */

import type { AnalogSignal, DriveSignal, DriveValue, Level, OutputSignal, SenseLevel, SenseSignal } from '../signals.ts';
import type { ScenarioTime_us } from './clocks.ts';
import type { Place } from './issue.ts';

/** Unique within its timeline, readable: `power`, `step-3`, `measure-1`, `probe-load-2`. */
export type EntryId = string;

export type When =
  | { readonly kind: 'at'; readonly at_us: ScenarioTime_us }
  /** `delay_us` after the first edge of `signal` to `level` stamped after entry `armedBy` was done; done by the fixture itself. Not seen within `timeout_us` of arming: the case ends with a difference. */
  | {
      readonly kind: 'afterEdge';
      readonly signal: SenseSignal;
      readonly level: SenseLevel;
      readonly armedBy: EntryId;
      readonly delay_us: number;
      readonly timeout_us: number;
    }
  /** `delay_us` after another entry was done; done by the fixture itself. */
  | { readonly kind: 'afterEntry'; readonly entry: EntryId; readonly delay_us: number }
  /** When the host lets a `barrier` go: once an operator has answered who was asked `delay_us` after an entry was done. Without an answer within `timeout_us` the case ends there. */
  | { readonly kind: 'released'; readonly entry: EntryId; readonly delay_us: number; readonly timeout_us: number };

/** The two connectors of the battery chain at the unit, and what hands can do at either. */
export const CHAIN_ENDS = ['male', 'female'] as const;
export type ChainEnd = (typeof CHAIN_ENDS)[number];
export const PLUG_STATES = ['apart', 'together'] as const;
export type PlugState = (typeof PLUG_STATES)[number];

/** What the operator's answer says has been done to the circuit, at some instant between question and answer: the three poles of one end, which no drive of the fixture can tell from the other's. */
export interface Deed {
  readonly end: ChainEnd;
  readonly to: PlugState;
}

/** What an operator is asked: one of `choices`, of which `right` are what a good unit shows. */
export interface Prompt {
  readonly text: string;
  /** Path as written, relative to the scenario; null: none. */
  readonly picture: string | null;
  /** The picture itself as a `data:` address, once it has been read. */
  readonly image: string | null;
  readonly choices: readonly string[];
  readonly right: readonly string[];
  /** What the step is called by its author: its name, or `step 3`. */
  readonly step: string;
}

export interface DriveChange {
  readonly signal: DriveSignal;
  readonly value: DriveValue;
}

/** The bypass of the supply current's shunt, which no scenario asks for: the fixture closes it around an ampere by itself, and the host where it wants to see whether it works. */
export type Bypass = 'closed' | 'open';

export type Action =
  /** All changes in one fixture tick (poles in one port write). */
  | { readonly kind: 'set'; readonly changes: readonly DriveChange[]; readonly bypass?: Bypass }
  /** Straight line from the value at the start to `to_mV`, `over_us` long. */
  | {
      readonly kind: 'ramp';
      readonly signal: 'supply' | 'remoteH' | 'remoteL';
      readonly from_mV: number;
      readonly to_mV: number;
      readonly over_us: number;
    }
  /** Applied for `for_us`, then the value before it again. */
  | { readonly kind: 'pulse'; readonly changes: readonly DriveChange[]; readonly for_us: number }
  /** `count` conversions back to back. */
  | { readonly kind: 'sample'; readonly analog: AnalogSignal; readonly count: number }
  /** Pull the output up through its bias for <= 3 ms and see what it does. */
  | { readonly kind: 'probe'; readonly output: OutputSignal }
  /** Everything stays as it is until a person has answered; the only place where the host decides when the case goes on. */
  | { readonly kind: 'barrier'; readonly prompt: Prompt; readonly deed: Deed | null };

export interface TimelineEntry {
  readonly id: EntryId;
  readonly when: When;
  readonly do: Action;
  /** Earliest and latest instant at which the entry can happen, from its own `when` and those it hangs on. */
  readonly bounds_us: readonly [ScenarioTime_us, ScenarioTime_us];
  readonly place: Place;
}

export interface Capture {
  readonly signal: SenseSignal;
  readonly from_us: ScenarioTime_us;
  /** null = to the end of the case. */
  readonly to_us: ScenarioTime_us | null;
}

export interface Timeline {
  /** In order of earliest instant. The first is `given` (negative time: poles, link; supply still 0 V), the second `power` (0 us: supply). */
  readonly entries: readonly TimelineEntry[];
  readonly captures: readonly Capture[];
  readonly end: When;
  /** Earliest and latest instant of `end`. */
  readonly endBounds_us: readonly [ScenarioTime_us, ScenarioTime_us];
}

/** The drive state before the first entry: everything safe. */
export type DriveState = Readonly<Record<DriveSignal, DriveValue>>;

export type { Level };
