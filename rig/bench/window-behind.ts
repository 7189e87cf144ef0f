/** A window of the converter that the host adds so long behind an entry, to confirm what the scenario's own say. */

import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { EntryId, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { AnalogSignal } from '../../scenarios/signals.ts';

/** Enough for a look; a window with its reference and its wider range then takes 1.5 ms. */
export const LOOK_CONVERSIONS = 4;
/** At this distance at most one window can be ahead of another entry's. */
export const EACH_us = 4_000;

export const look = (analog: AnalogSignal): TimelineEntry['do'] => ({ kind: 'sample', analog, count: LOOK_CONVERSIONS });

export const windowBehind = (
  { id: entry, bounds_us: [earliest, latest], place }: TimelineEntry,
  delay_us: number,
  id: EntryId,
  analog: AnalogSignal,
): TimelineEntry => ({
  id,
  when: { kind: 'afterEntry', entry, delay_us },
  do: look(analog),
  bounds_us: [scenarioTime(earliest + delay_us), scenarioTime(latest + delay_us)],
  place,
});
