/** The course of a case as the unit may see it: situations in order, each with the interval in which it begins and the entry that caused it. */

import { DRIVES, type DriveSignal, POLE_SWITCH_MAX_us, SUPPLY_SLEW_mV_per_us } from '../scenarios/signals.ts';
import type { DriveChange, DriveState, TimelineEntry } from '../scenarios/contracts/timeline.ts';
import { mV, type Parameters, us } from './parameters.ts';
import { type Poles, type Situation, sameSituation, situationOf, supplyOf } from './situation.ts';

/** When an entry happened or will happen, as an interval of scenario time; `ended` for ramps and pulses. */
export interface EntryTime {
  readonly at: readonly [number, number];
  readonly ended: readonly [number, number] | null;
}

export interface Stretch {
  readonly situation: Situation;
  /** Earliest and latest instant at which it begins. */
  readonly from: readonly [number, number];
  readonly entry: string;
  /** May pass unseen: an intermediate state of poles that changed together (R1). */
  readonly fleeting: boolean;
  /** Poles already changed in this fleeting state, to order those of one group. */
  readonly changed: readonly (keyof Poles)[];
}

const POLES = ['pole1', 'pole3', 'pole4'] as const;
const SAFE = Object.fromEntries(Object.entries(DRIVES).map(([signal, { safe }]) => [signal, safe])) as unknown as DriveState;
/** A remote drive reaches its terminal through 10 kOhm: it has settled after this long. */
const REMOTE_SETTLE_us = 1_000;

interface Change {
  readonly from: readonly [number, number];
  readonly entry: string;
  readonly apply: (drives: DriveState) => DriveState;
  /** How long after `from` the change may still be on its way to the unit. */
  readonly settle_us: (before: DriveState, after: DriveState) => number;
}

const settle = (before: DriveState, after: DriveState): number => {
  const supply_us = Math.abs(supplyOf(after) - supplyOf(before)) / SUPPLY_SLEW_mV_per_us;
  const poles_us = POLES.some((pole) => before[pole] !== after[pole]) ? POLE_SWITCH_MAX_us : 0;
  const remote = (['remoteLink', 'remoteH', 'remoteL'] as const).some((signal) => before[signal] !== after[signal]);
  return Math.max(supply_us, poles_us, remote ? REMOTE_SETTLE_us : 0);
};

const withChanges = (changes: readonly DriveChange[]) => (drives: DriveState): DriveState => ({
  ...drives,
  ...Object.fromEntries(changes.map(({ signal, value }) => [signal, value])),
});

/** A ramp as the steps at which it crosses a limit that matters to the unit. */
const rampChanges = (entry: TimelineEntry, time: EntryTime, parameters: Parameters): Change[] => {
  if (entry.do.kind !== 'ramp') return [];
  const { signal, from_mV, to_mV } = entry.do;
  const end = time.ended ?? [time.at[0] + entry.do.over_us, time.at[1] + entry.do.over_us];
  const { supplyFull, supplyDead, supplyJudged, remoteLOnBelow, remoteHOnAbove, remoteHOffBelow } = parameters;
  const limits = signal === 'supply' ? [supplyFull, supplyDead, supplyJudged] : signal === 'remoteL' ? [remoteLOnBelow] : [remoteHOnAbove, remoteHOffBelow];
  const rising = to_mV > from_mV;
  const crossed = limits.map(mV).filter((limit) => (limit - from_mV) * (limit - to_mV) < 0).toSorted((a, b) => (rising ? a - b : b - a));
  const at = (value_mV: number): readonly [number, number] => {
    const share = (value_mV - from_mV) / (to_mV - from_mV);
    return [time.at[0] + share * (end[0] - time.at[0]), time.at[1] + share * (end[1] - time.at[1])];
  };
  const set = (value_mV: number) => (drives: DriveState): DriveState => ({ ...drives, [signal]: { mV: value_mV } });
  // Just beyond each limit, on the side the ramp goes to.
  const steps = crossed.map((limit): Change => ({ from: at(limit), entry: entry.id, apply: set(limit + (rising ? 1 : -1)), settle_us: () => REMOTE_SETTLE_us }));
  return [...steps, { from: end, entry: entry.id, apply: set(to_mV), settle_us: () => REMOTE_SETTLE_us }];
};

const changesOf = (entry: TimelineEntry, time: EntryTime, parameters: Parameters): Change[] => {
  const action = entry.do;
  if (action.kind === 'set') return [{ from: time.at, entry: entry.id, apply: withChanges(action.changes), settle_us: settle }];
  if (action.kind === 'ramp') return rampChanges(entry, time, parameters);
  if (action.kind !== 'pulse') return [];
  const ended = time.ended ?? [time.at[0] + action.for_us, time.at[1] + action.for_us];
  let before: Partial<Record<DriveSignal, DriveState[DriveSignal]>> = {};
  return [
    {
      from: time.at,
      entry: entry.id,
      apply: (drives) => {
        before = Object.fromEntries(action.changes.map(({ signal }) => [signal, drives[signal]]));
        return withChanges(action.changes)(drives);
      },
      settle_us: settle,
    },
    { from: ended, entry: entry.id, apply: (drives) => ({ ...drives, ...before }), settle_us: settle },
  ];
};

/** Every state on the way between two, when several poles change at once: each proper subset of the changes (R1). */
const between = (before: Situation, after: Situation): { situation: Situation; changed: (keyof Poles)[] }[] => {
  const changing = POLES.filter((pole) => before[pole] !== after[pole]);
  if (changing.length < 2) return [];
  const found: { situation: Situation; changed: (keyof Poles)[] }[] = [];
  for (let subset = 1; subset < (1 << changing.length) - 1; subset++) {
    const changed = changing.filter((_, bit) => subset & (1 << bit));
    found.push({ situation: { ...after, ...Object.fromEntries(changing.map((pole) => [pole, changed.includes(pole) ? after[pole] : before[pole]])) }, changed });
  }
  return found.toSorted((a, b) => a.changed.length - b.changed.length);
};

/** The supply zones that a step passes through on its way. */
const throughZones = (before: DriveState, after: DriveState, parameters: Parameters): DriveState[] => {
  const [from, to] = [supplyOf(before), supplyOf(after)];
  const limits = [parameters.supplyFull, parameters.supplyDead].map(mV).filter((limit) => (limit - from) * (limit - to) < 0);
  const rising = to > from;
  return limits
    .toSorted((a, b) => (rising ? a - b : b - a))
    .map((limit) => ({ ...after, supply: { mV: rising ? limit - 1 : limit - 1 } }))
    .slice(0, rising ? limits.length : limits.length)
    .filter((drives) => situationOf(drives, parameters).zone !== situationOf(after, parameters).zone);
};

/** The course of a case from its entries and when each happened. The first stretch is the world before anything: no supply. */
export const courseOf = (entries: readonly TimelineEntry[], timeOf: (entry: TimelineEntry) => EntryTime | null, parameters: Parameters): readonly Stretch[] => {
  let drives = SAFE;
  const course: Stretch[] = [{ situation: situationOf(drives, parameters), from: [-Infinity, -Infinity], entry: '', fleeting: false, changed: [] }];
  const changes = entries
    .flatMap((entry) => {
      const time = timeOf(entry);
      return time === null ? [] : changesOf(entry, time, parameters);
    })
    .map((change, order) => ({ change, order }))
    .toSorted((a, b) => a.change.from[0] - b.change.from[0] || a.order - b.order);
  for (const { change } of changes) {
    const after = change.apply(drives);
    const from = [change.from[0], change.from[1] + change.settle_us(drives, after)] as const;
    const last = course.at(-1)!.situation;
    const situation = situationOf(after, parameters);
    for (const passing of throughZones(drives, after, parameters)) {
      course.push({ situation: { ...situationOf(passing, parameters) }, from, entry: change.entry, fleeting: true, changed: [] });
    }
    for (const one of between(last, situation)) {
      course.push({ situation: one.situation, from: [from[0], from[1] + us(parameters.orderSpread)], entry: change.entry, fleeting: true, changed: one.changed });
    }
    if (!sameSituation(situation, last)) course.push({ situation, from, entry: change.entry, fleeting: false, changed: [] });
    drives = after;
  }
  return course;
};
