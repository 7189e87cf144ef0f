/** What the fixture was asked to put on the remote terminals, and when it stood. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Action, DriveChange } from '../../scenarios/contracts/timeline.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { DRIVES, type DriveSignal, type DriveValue } from '../../scenarios/signals.ts';

export interface RemoteState {
  readonly from_us: number;
  /** Before the next one begins. */
  readonly to_us: number;
  readonly remoteH: DriveValue;
  readonly remoteL: DriveValue;
  readonly remoteLink: DriveValue;
}

/** Photo-MOS, drives, and a filter of the unit behind 10 kOhm; a battery on H moves with the supply. */
const SETTLES_us = 25_000;
/** A window and its reference. */
const WINDOW_us = 3_000;

const TOUCHED: readonly DriveSignal[] = ['remoteH', 'remoteL', 'remoteLink', 'supply'];

interface Change {
  readonly at_us: number;
  /** Until then it moves. */
  readonly over_us: number;
  readonly changes: readonly DriveChange[];
}

const touches = (action: Action): boolean =>
  action.kind === 'ramp'
    ? TOUCHED.includes(action.signal)
    : (action.kind === 'set' || action.kind === 'pulse') && action.changes.some(({ signal }) => TOUCHED.includes(signal));

const changesOf = ({ timeline }: Case, trace: Trace): readonly Change[] =>
  timeline.entries
    .flatMap(({ id, do: action }): readonly Change[] => {
      // A day has thousands of entries, and few of them are these.
      if (!touches(action)) return [];
      const { done_us, ended_us } = trace.stimuli.find((one) => one.entry === id) ?? {};
      if (done_us == null) return [];
      if (action.kind === 'ramp') {
        const end_us = ended_us ?? done_us + action.over_us;
        return [{ at_us: done_us, over_us: end_us, changes: [{ signal: action.signal, value: { mV: action.to_mV } }] }];
      }
      if (action.kind !== 'set' && action.kind !== 'pulse') return [];
      const changes = action.changes.filter(({ signal }) => TOUCHED.includes(signal));
      if (action.kind === 'set') return [{ at_us: done_us, over_us: done_us, changes }];
      // Nothing is looked at within a pulse, and behind it all is as it was.
      return [{ at_us: done_us, over_us: ended_us ?? done_us + action.for_us, changes: [] }];
    })
    .toSorted((a, b) => a.at_us - b.at_us);

/** In order of time, each with what was last asked for. */
export const remoteStates = (testCase: Case, trace: Trace): readonly RemoteState[] => {
  const changes = changesOf(testCase, trace);
  let state: Readonly<Record<string, DriveValue>> = {
    remoteH: DRIVES.remoteH.safe,
    remoteL: DRIVES.remoteL.safe,
    remoteLink: DRIVES.remoteLink.safe,
  };
  return changes.map((change, index): RemoteState => {
    state = { ...state, ...Object.fromEntries(change.changes.map(({ signal, value }) => [signal, value])) };
    const { remoteH, remoteL, remoteLink } = state;
    const to_us = changes[index + 1]?.at_us ?? trace.ended_us;
    return { from_us: change.over_us, to_us, remoteH: remoteH!, remoteL: remoteL!, remoteLink: remoteLink! };
  });
};

/** The state that stands at an instant and has settled; null where there is none. */
export const standing = (states: readonly RemoteState[], at_us: number): RemoteState | null =>
  states.find(({ from_us, to_us }) => at_us >= from_us + SETTLES_us && at_us + WINDOW_us <= to_us) ?? null;
