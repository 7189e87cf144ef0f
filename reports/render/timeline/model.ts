/** What a timeline holds that can be zoomed: lanes of what was driven and measured, what was allowed, and what is to be found on them. Times in us. */

/** How an edge was seen, and how sure its time is. */
export interface Stamp {
  readonly via: string;
  readonly uncertainty_us: number;
}

/** What is allowed for a while: which heights, and why. */
export interface Allowance {
  readonly mayBeUp: boolean;
  readonly mayBeDown: boolean;
  /** The levels in words. */
  readonly levels: string;
  /** `R3, PRE-30S, official`. */
  readonly basis: string;
}

/** Why an edge is expected. */
export interface Expected {
  readonly level: string;
  readonly basis: string;
  readonly why: string;
  readonly required: boolean;
}

/** A value that a drive takes; height from 0 to 1. */
export interface DriveState {
  readonly text: string;
  readonly height: number;
}

export interface SenseLane {
  readonly label: string;
  readonly initialUp: boolean;
  readonly at_us: Float64Array;
  readonly up: Uint8Array;
  /** Index into `stamps`. */
  readonly stamp: Uint16Array;
  /** Starts of what is allowed; each lasts to the next. */
  readonly allowedFrom_us: Float64Array;
  /** Index into `allowances`. */
  readonly allowance: Uint16Array;
  readonly probeFrom_us: Float64Array;
  readonly probeTo_us: Float64Array;
  /** Index into `probeResults`. */
  readonly probeResult: Uint8Array;
}

export interface DriveLane {
  readonly label: string;
  readonly at_us: Float64Array;
  /** Index into `driveStates`. */
  readonly state: Uint16Array;
  /** 1 = in a straight line to the next. */
  readonly ramp: Uint8Array;
}

/** Expected edges, in order of the beginning of their windows. */
export interface Windows {
  readonly lane: Uint8Array;
  readonly from_us: Float64Array;
  /** Infinity: whenever it likes. */
  readonly to_us: Float64Array;
  /** Index into `expected`. */
  readonly expected: Uint16Array;
  /** Index of the edge on its lane that was taken for it; -1: none. */
  readonly edge: Int32Array;
}

/** A difference as it is found on the timeline. */
export interface TimelineFlag {
  /** -1: on no lane. */
  readonly lane: number;
  readonly from_us: number | null;
  readonly to_us: number | null;
  readonly at_us: number | null;
  /** The part of the timeline that shows it. */
  readonly view_us: readonly [number, number];
  readonly text: string;
}

export interface TimelinePoint {
  readonly at_us: number;
  readonly text: string;
}

export interface TimelineModel {
  readonly from_us: number;
  /** As far as anything is to be seen: past the end of the trace where an expected edge would have come later. */
  readonly to_us: number;
  /** The end of the trace; nothing is known after it. */
  readonly ended_us: number;
  /** What the clock's rate is known to: an interval is as unsure as this times its length, and both stamps. */
  readonly bound_ppm: number;
  readonly senses: readonly SenseLane[];
  readonly drives: readonly DriveLane[];
  readonly windows: Windows;
  readonly marks: readonly TimelinePoint[];
  readonly samples: readonly TimelinePoint[];
  readonly flags: readonly TimelineFlag[];
  readonly stamps: readonly Stamp[];
  readonly allowances: readonly Allowance[];
  readonly expected: readonly Expected[];
  readonly driveStates: readonly DriveState[];
  readonly probeResults: readonly string[];
}
