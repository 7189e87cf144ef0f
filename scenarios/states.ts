/** What all drives stand at after each entry of a timeline, in the order of the entries: for coverage and for anyone who asks where a scenario has been. */

import type { DriveChange, DriveState, Timeline, TimelineEntry } from './contracts/timeline.ts';
import type { ScenarioTime_us } from './contracts/clocks.ts';
import { DRIVES, DRIVE_SIGNALS } from './signals.ts';

export interface StateAfter {
  readonly entry: TimelineEntry;
  readonly from_us: readonly [ScenarioTime_us, ScenarioTime_us];
  /** Bounds of the next change, or of the end. */
  readonly to_us: readonly [ScenarioTime_us, ScenarioTime_us];
  readonly drives: DriveState;
}

const SAFE = Object.fromEntries(DRIVE_SIGNALS.map((signal) => [signal, DRIVES[signal].safe])) as DriveState;

/** Changes that last: a pulse returns to what was before. */
const lasting = ({ do: action }: TimelineEntry): readonly DriveChange[] => {
  if (action.kind === 'set') return action.changes;
  return action.kind === 'ramp' ? [{ signal: action.signal, value: { mV: action.to_mV } }] : [];
};

/** One element per entry that changes drives, the first being `given`. A ramp counts with its end value. */
export const statesOf = ({ entries, endBounds_us }: Timeline): readonly StateAfter[] => {
  const changing = entries.filter((entry) => lasting(entry).length > 0);
  let drives = SAFE;
  return changing.map((entry, index) => {
    drives = { ...drives, ...Object.fromEntries(lasting(entry).map(({ signal, value }) => [signal, value])) };
    return { entry, from_us: entry.bounds_us, to_us: changing[index + 1]?.bounds_us ?? endBounds_us, drives };
  });
};
