/** When the remote terminals are looked at so that what the fixture puts on them can be confirmed: each state of its remote drives once it has settled. */

import type { Action, DriveChange, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { type AnalogSignal, DRIVES, type DriveSignal, type DriveValue } from '../../scenarios/signals.ts';
import { EACH_us, windowBehind } from './window-behind.ts';

export const REMOTE_ANALOGS: readonly AnalogSignal[] = ['remoteHVoltage', 'remoteLVoltage'];
/** A photo-MOS has followed, and a filter of the unit behind 10 kOhm. */
const SETTLES_us = 30_000;
/** A state that comes again is looked at again only so much later. */
const SELDOM_us = 10_000_000;

const REMOTE = ['remoteH', 'remoteL', 'remoteLink'] as const satisfies readonly DriveSignal[];
type Remote = (typeof REMOTE)[number];
type State = Readonly<Record<Remote, DriveValue>>;
const isRemote = (signal: DriveSignal): signal is Remote => (REMOTE as readonly DriveSignal[]).includes(signal);

/** What an entry leaves behind on the remote terminals; null: it does not touch them. A pulse takes back what it did. */
const leaves = (action: Action): readonly DriveChange[] | null => {
  if (action.kind === 'ramp') return isRemote(action.signal) ? [{ signal: action.signal, value: { mV: action.to_mV } }] : null;
  if (action.kind !== 'set') return null;
  const changes = action.changes.filter(({ signal }) => isRemote(signal));
  return changes.length === 0 ? null : changes;
};

interface Wish {
  readonly entry: TimelineEntry;
  /** After the entry was begun. */
  readonly delay_us: number;
}

/** The entries behind which a state stands that was not looked at lately. What `given` says comes before the supply: it is looked at once the unit has started. */
const wishes = (entries: readonly TimelineEntry[]): readonly Wish[] => {
  let state: State = { remoteH: DRIVES.remoteH.safe, remoteL: DRIVES.remoteL.safe, remoteLink: DRIVES.remoteLink.safe };
  const seen = new Map<string, number>();
  const found: Wish[] = [];
  for (const entry of entries.toSorted((a, b) => a.bounds_us[0] - b.bounds_us[0])) {
    const changes = leaves(entry.do);
    if (changes === null) continue;
    state = { ...state, ...Object.fromEntries(changes.map(({ signal, value }) => [signal, value])) };
    const key = JSON.stringify(state);
    const [at_us] = entry.bounds_us;
    if (at_us < 0 || at_us - (seen.get(key) ?? -Infinity) < SELDOM_us) continue;
    seen.set(key, at_us);
    found.push({ entry, delay_us: SETTLES_us + (entry.do.kind === 'ramp' ? entry.do.over_us : 0) });
  }
  return found;
};

const isPlanned = ({ entry: { bounds_us } }: Wish): boolean => bounds_us[0] === bounds_us[1];

/** Instants from which both terminals are to be looked at. */
export const remoteInstants = (entries: readonly TimelineEntry[]): readonly number[] =>
  wishes(entries)
    .filter(isPlanned)
    .map(({ entry, delay_us }) => entry.bounds_us[0] + delay_us);

/** Behind entries that follow the unit's edges: `confirm-remote-<quantity>-<entry>`. Whether the state still stands by then, the judge sees. */
export const remoteLooks = (entries: readonly TimelineEntry[]): readonly TimelineEntry[] =>
  wishes(entries)
    .filter((wish) => !isPlanned(wish))
    .flatMap(({ entry, delay_us }) =>
      REMOTE_ANALOGS.map((analog, nth) => windowBehind(entry, delay_us + nth * EACH_us, `confirm-remote-${analog}-${entry.id}`, analog)),
    );
