/** When the bypass of the supply's shunt is closed and opened for a look: where nothing else can be meanwhile, as a unit's consumption measured then would be none, and a bypass opened under an ampere would put the unit out. */

import { type Case, drawsCurrent } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Action, EntryId, TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import type { DriveSignal } from '../../scenarios/signals.ts';
import { spanBefore, spanBehind } from './clear-span.ts';
import { look } from './window-behind.ts';

/** A window may be put off by 4 ms, and must not be into a change of the bypass. */
const EACH_us = 8_000;
const QUIET_us = 8_000;
/** What an ampere through the shunt instead of the bypass would spoil. */
const SPOILT: readonly DriveSignal[] = ['loadSink', 'preAlarmSink', 'chargerShort'];

/** In this order: through the shunt, past it, and through it again. */
const LOOK: readonly { readonly id: EntryId; readonly do: Action }[] = [
  { id: 'confirm-bypass-before', do: look('supplyCurrent') },
  { id: 'confirm-bypass-close', do: { kind: 'set', changes: [], bypass: 'closed' } },
  { id: 'confirm-bypass-closed', do: look('supplyCurrent') },
  { id: 'confirm-bypass-open', do: { kind: 'set', changes: [], bypass: 'open' } },
  { id: 'confirm-bypass-after', do: look('supplyCurrent') },
];
const TAKES_us = LOOK.length * EACH_us;

type Placed = (nth: number) => { readonly when: When; readonly bounds_us: readonly [number, number] };

const absolute =
  (from_us: number): Placed =>
  (nth) => {
    const at_us = scenarioTime(from_us + nth * EACH_us);
    return { when: { kind: 'at', at_us }, bounds_us: [at_us, at_us] };
  };

/** Right before the first pulse that a bypass which does not close would spoil. */
const beforePulse = (entries: readonly TimelineEntry[]): Placed | null => {
  for (const pulse of entries) {
    const { do: action } = pulse;
    if (action.kind !== 'pulse' || !action.changes.some(({ signal }) => SPOILT.includes(signal))) continue;
    const span = spanBefore(pulse, TAKES_us, QUIET_us, entries);
    if (span === null) continue;
    const { anchor, delay_us, bounds_us } = span;
    return (nth) => ({
      when: { kind: 'afterEntry', entry: anchor, delay_us: delay_us + nth * EACH_us },
      bounds_us: [bounds_us[0] + nth * EACH_us, bounds_us[1] + nth * EACH_us],
    });
  }
  return null;
};

/** Once the unit has started (`started_us`), among `entries` in their order; none where something draws throughout and the bypass is closed throughout, or where no span is surely clear. */
export const bypassLook = (
  { timeline, attached, place }: Case,
  entries: readonly TimelineEntry[],
  started_us: number,
): readonly TimelineEntry[] => {
  if (drawsCurrent(attached)) return [];
  const from_us = Math.ceil(spanBehind(started_us, TAKES_us, QUIET_us, entries));
  const placed = from_us + TAKES_us <= timeline.endBounds_us[0] - QUIET_us ? absolute(from_us) : beforePulse(entries);
  if (placed === null) return [];
  return LOOK.map(({ id, do: action }, nth): TimelineEntry => {
    const { when, bounds_us } = placed(nth);
    return { id, when, do: action, bounds_us: [scenarioTime(bounds_us[0]), scenarioTime(bounds_us[1])], place };
  });
};
