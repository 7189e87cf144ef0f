/** What the bench drove, as lanes: each drive that moved in a case, at the instants at which it was executed. */

import type { Timeline } from '../../../scenarios/contracts/timeline.ts';
import type { Trace } from '../../../scenarios/contracts/trace.ts';
import { DRIVE_SIGNALS, DRIVES, type DriveSignal, type DriveValue } from '../../../scenarios/signals.ts';
import type { Plain } from '../../shape/plain.ts';

export interface DrivePoint {
  readonly at_us: number;
  readonly value: DriveValue;
  /** In a straight line to the next. */
  readonly ramp: boolean;
}

const LABELS: Readonly<Record<DriveSignal, string>> = {
  supply: 'supply',
  pole1: 'pole 1',
  pole3: 'pole 3',
  pole4: 'pole 4',
  remoteLink: 'remote link',
  remoteH: 'remote H',
  remoteL: 'remote L',
  loadSink: 'LOAD sink',
  preAlarmSink: 'PRE-ALARM sink',
  chargerSink: 'CHARGER sink',
  chargerShort: 'CHARGER short',
};
export const driveLabel = (signal: DriveSignal): string => LABELS[signal];

export const driveText = (value: DriveValue): string => (typeof value === 'string' ? value : `${value.mV / 1000} V`);

/** Words at rest lie low, others high; a voltage as a part of the highest that the lane shows. */
export const driveHeight = (value: DriveValue, most_mV: number): number =>
  typeof value === 'string' ? (value === 'open' || value === 'off' ? 0 : 1) : most_mV <= 0 ? 0 : value.mV / most_mV;

/** The first entry takes no longer than this. */
const GIVEN_us = 10_000;

/** By drive, in order of time; only those that moved after the case had begun. */
export function drivePoints(timeline: Plain<Timeline>, trace: Plain<Trace>): ReadonlyMap<DriveSignal, readonly DrivePoint[]> {
  const executed = new Map(trace.stimuli.map((one) => [one.entry, one]));
  const lists = new Map<DriveSignal, DrivePoint[]>(DRIVE_SIGNALS.map((signal) => [signal, []]));
  // Where a drive is not put anywhere by the first entry, it is as safe as the fixture leaves it.
  const start_us = timeline.entries[0]?.bounds_us[0] ?? 0;
  for (const [signal, list] of lists) list.push({ at_us: start_us, value: DRIVES[signal].safe, ramp: false });
  const add = (signal: DriveSignal, point: DrivePoint): void => void lists.get(signal)!.push(point);
  const before = (signal: DriveSignal): DriveValue => lists.get(signal)!.at(-1)?.value ?? DRIVES[signal].safe;
  const entries = timeline.entries.toSorted(
    (a, b) => (executed.get(a.id)?.done_us ?? Infinity) - (executed.get(b.id)?.done_us ?? Infinity),
  );
  for (const { id, do: action } of entries) {
    const { outcome, done_us, ended_us, letGo_us } = executed.get(id) ?? { outcome: 'notReached', done_us: null, ended_us: null };
    if (outcome !== 'done' || done_us === null) continue;
    if (action.kind === 'ramp') {
      add(action.signal, { at_us: done_us, value: { mV: action.from_mV ?? 0 }, ramp: true });
      add(action.signal, { at_us: ended_us ?? done_us + (action.over_us ?? 0), value: { mV: action.to_mV ?? 0 }, ramp: false });
    } else if (action.kind === 'set' || action.kind === 'pulse')
      for (const { signal, value } of action.changes as readonly { signal: DriveSignal; value: DriveValue }[]) {
        const held = before(signal);
        add(signal, { at_us: done_us, value, ramp: false });
        if (action.kind === 'pulse')
          add(signal, { at_us: letGo_us ?? ended_us ?? done_us + (action.for_us ?? 0), value: held, ramp: false });
      }
  }
  const put = [...lists].map(([signal, [first, ...more]]) => {
    const given = more[0] !== undefined && more[0].at_us < start_us + GIVEN_us;
    return [signal, given ? more : [first!, ...more]] as const;
  });
  return new Map(put.filter(([, list]) => new Set(list.map(({ value }) => driveText(value))).size > 1));
}
