/** When the entries of a timeline happen as planned: an entry that waits for an edge happens when the reference expects that edge. */

import type { Timeline, TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import { lengthOf_us, type Happening, type Interval } from '../inputs/steps.ts';

/** All that a trigger needs to know of a predicted edge. */
export interface Expected {
  readonly window_us: Interval;
  readonly required: boolean;
}

/** What is told of the timeline as it becomes known, and asked of it. */
export interface Foreseeing {
  readonly happens: (happening: Happening) => void;
  /** The edges of one signal to one level that are expected with what has happened so far, as far as they may come after `since_us`. */
  readonly expected: (signal: SenseSignal, high: boolean, since_us: number) => readonly Expected[];
}

/** Where the first edge that fires a trigger can lie: up to the first one that has to come. */
function firing(edges: readonly Expected[], when: Extract<When, { kind: 'afterEdge' }>, armed_us: Interval): Interval | null {
  const candidates = edges.filter((edge) => edge.window_us[1] >= armed_us[0]).toSorted((a, b) => a.window_us[0] - b.window_us[0]);
  const first = candidates[0];
  if (first === undefined) return null;
  const sure = candidates.find((edge) => edge.required && edge.window_us[0] >= armed_us[1]) ?? candidates.find((edge) => edge.required);
  const latest = sure === undefined ? armed_us[1] + when.timeout_us : Math.min(sure.window_us[1], armed_us[1] + when.timeout_us);
  return [Math.max(first.window_us[0], armed_us[0]), latest];
}

const clip = ([a0, a1]: Interval, [b0, b1]: Interval): Interval =>
  Math.max(a0, b0) <= Math.min(a1, b1) ? [Math.max(a0, b0), Math.min(a1, b1)] : [b0, b1];

function beginOf({ when, bounds_us }: TimelineEntry, done: ReadonlyMap<string, Happening>, { expected }: Foreseeing): Interval {
  if (when.kind === 'at') return [when.at_us, when.at_us];
  const other = done.get(when.kind === 'afterEdge' ? when.armedBy : when.entry);
  if (other === undefined) return bounds_us;
  if (when.kind === 'afterEntry') return [other.begin_us[0] + when.delay_us, other.begin_us[1] + when.delay_us];
  if (when.kind === 'released') return clip([other.begin_us[0], bounds_us[1]], bounds_us);
  const high = when.level === 'high' || when.level === 'on';
  const fired = firing(expected(when.signal, high, other.begin_us[0]), when, other.begin_us);
  return fired === null ? bounds_us : clip([fired[0] + when.delay_us, fired[1] + when.delay_us], bounds_us);
}

export function planned({ entries }: Timeline, foreseeing: Foreseeing): readonly Happening[] {
  const done = new Map<string, Happening>();
  for (const entry of entries) {
    const { when } = entry;
    const begin_us = beginOf(entry, done, foreseeing);
    const length_us = lengthOf_us(entry.do);
    const hangsOn = when.kind === 'at' ? null : { entry: when.kind === 'afterEdge' ? when.armedBy : when.entry, least_us: when.delay_us };
    const happening: Happening = { entry, begin_us, end_us: [begin_us[0] + length_us, begin_us[1] + length_us], tolerance_us: 0, hangsOn };
    done.set(entry.id, happening);
    foreseeing.happens(happening);
  }
  return [...done.values()];
}
