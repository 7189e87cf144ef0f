/** Where in a timeline nothing else happens: behind all that may come meanwhile, or right before an entry that hangs on another. */

import type { EntryId, TimelineEntry } from '../../scenarios/contracts/timeline.ts';

/** A window of the converter, with its reference and its wider range, or a probe. */
const WINDOW_us = 3_000;

/** How long an entry keeps the fixture, or what it set, busy. */
export const lasts_us = ({ do: action }: TimelineEntry): number =>
  action.kind === 'pulse'
    ? action.for_us
    : action.kind === 'ramp'
      ? action.over_us
      : action.kind === 'sample' || action.kind === 'probe'
        ? WINDOW_us
        : 0;

/** What an entry cannot come before; null for one with an instant of its own. */
const leaderOf = ({ when }: TimelineEntry): EntryId | null =>
  when.kind === 'at' ? null : when.kind === 'afterEdge' ? when.armedBy : when.entry;

/** The entry itself and all that it hangs on, nearest first. */
const chainOf = (entry: TimelineEntry, byId: ReadonlyMap<EntryId, TimelineEntry>): readonly TimelineEntry[] => {
  const chain: TimelineEntry[] = [];
  for (let at: TimelineEntry | undefined = entry; at !== undefined;) {
    chain.push(at);
    const leader = leaderOf(at);
    at = leader === null ? undefined : byId.get(leader);
  }
  return chain;
};

/** Entries that are so long behind each other whatever the unit does: of `entry` those that it hangs on by delays alone, each with the time between them. */
const delaysOf = (entry: TimelineEntry, byId: ReadonlyMap<EntryId, TimelineEntry>): ReadonlyMap<EntryId, number> => {
  const delays = new Map<EntryId, number>([[entry.id, 0]]);
  let total_us = 0;
  for (let at: TimelineEntry | undefined = entry; at?.when.kind === 'afterEntry'; at = byId.get(at.when.entry)) {
    total_us += at.when.delay_us;
    delays.set(at.when.entry, total_us);
  }
  return delays;
};

const overAtLatest_us = (entry: TimelineEntry): number => entry.bounds_us[1] + lasts_us(entry);

/** From `from_us` on the first span of `takes_us` that meets none of `entries` by less than `quiet_us`; each is over at its latest instant if nothing else is said. */
export const spanBehind = (
  from_us: number,
  takes_us: number,
  quiet_us: number,
  entries: readonly TimelineEntry[],
  over_us: (entry: TimelineEntry) => number = overAtLatest_us,
): number => {
  const hit = entries.find((entry) => from_us < over_us(entry) + quiet_us && from_us + takes_us > entry.bounds_us[0] - quiet_us);
  return hit === undefined ? from_us : spanBehind(over_us(hit) + quiet_us, takes_us, quiet_us, entries, over_us);
};

export interface Before {
  readonly anchor: EntryId;
  /** From the anchor to the begin of the span. */
  readonly delay_us: number;
  readonly bounds_us: readonly [number, number];
}

/** A span of `takes_us` that ends `quiet_us` before `entry` and meets no other of `entries` by less than that; null where there is none for sure. */
export const spanBefore = (entry: TimelineEntry, takes_us: number, quiet_us: number, entries: readonly TimelineEntry[]): Before | null => {
  if (entry.when.kind !== 'afterEntry') return null;
  const byId = new Map(entries.map((one) => [one.id, one]));
  const anchor = byId.get(entry.when.entry);
  const delay_us = entry.when.delay_us - quiet_us - takes_us;
  if (anchor === undefined || delay_us < lasts_us(anchor) + quiet_us) return null;
  const ahead = new Set(chainOf(anchor, byId).map(({ id }) => id));
  const own = delaysOf(anchor, byId);
  const bounds_us = [anchor.bounds_us[0] + delay_us, anchor.bounds_us[1] + delay_us] as const;
  const isBehind = (other: TimelineEntry): boolean => {
    for (const [id, behind_us] of delaysOf(other, byId)) {
      const shared_us = own.get(id);
      if (shared_us !== undefined) return behind_us - shared_us >= delay_us + takes_us + quiet_us;
    }
    return false;
  };
  const meets = (other: TimelineEntry): boolean => {
    for (const [id, behind_us] of delaysOf(other, byId)) {
      const shared_us = own.get(id);
      if (shared_us === undefined) continue;
      const from_us = behind_us - shared_us;
      return from_us + lasts_us(other) + quiet_us > delay_us && from_us - quiet_us < delay_us + takes_us;
    }
    if (ahead.has(other.id)) return false;
    // Whatever hangs on something that comes later, by an edge or an answer, comes later still.
    if (
      chainOf(other, byId)
        .slice(1)
        .some(({ id }) => id === entry.id || isBehind(byId.get(id)!))
    )
      return false;
    return other.bounds_us[0] - quiet_us < bounds_us[1] + takes_us && other.bounds_us[1] + lasts_us(other) + quiet_us > bounds_us[0];
  };
  return entries.some((other) => other.id !== entry.id && meets(other)) ? null : { anchor: anchor.id, delay_us, bounds_us };
};
