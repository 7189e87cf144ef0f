/** LOAD and PRE-ALARM over a planned timeline: waits that may run, trips that may end them, worked out in turn until both agree. */

import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import type { Numbers } from '../parameters.ts';
import { mayTrip } from '../rules/load.ts';
import { choice } from '../rules/rule.ts';
import { reach, UNCOUPLED, type Coupling, type Own, type Reach } from './reach.ts';

/** One way in which PRE-ALARM may have risen: when, and until when it may stay high. */
interface Rise {
  readonly key: string;
  /** The state of the inputs that it answers to. */
  readonly seen: number;
  readonly window_us: Interval;
  readonly last_us: number;
}

interface Trip {
  readonly rise: string;
  readonly window_us: Interval;
}

function risesOf({ nodes, moves }: Reach): readonly Rise[] {
  const windows = new Map<string, { readonly seen: number; readonly window_us: Interval }>();
  for (const { to, window_us } of moves) {
    if (!to.high) continue;
    const known = windows.get(to.rise)?.window_us ?? window_us;
    windows.set(to.rise, { seen: to.seen, window_us: [Math.min(known[0], window_us[0]), Math.max(known[1], window_us[1])] });
  }
  return [...windows].map(([key, { seen, window_us }]) => ({
    key,
    seen,
    window_us,
    last_us: nodes.reduce((last, node) => (node.high && node.rise === key ? Math.max(last, node.to_us) : last), -Infinity),
  }));
}

/** R3, R4: each rise that may be the one that counts opens a window; where PRE-ALARM may be off the longest wait rests (R8). */
const loadCoupling = (pre: Reach, segments: readonly Segment[], numbers: Numbers): Coupling => {
  const all = risesOf(pre);
  const rests = pre.nodes.filter((node) => !node.high && node.memo === 'soft');
  return {
    own: ({ memo, from_us, seen }, segment, to_us) => {
      const rises = all.filter((rise) => rise.seen <= seen);
      if (memo !== 'up' || !mayTrip(memo, segment)) return { moves: [], until_us: Infinity };
      const opened_us = segment.pole1_us;
      const moves = rises.flatMap(({ key, window_us, last_us }): readonly Own[] => {
        const earliest = Math.max(window_us[0] + numbers.waitLeast_us, from_us, opened_us[0]);
        const latest = Math.max(window_us[1] + numbers.waitMost_us, opened_us[1] + numbers.reaction_us);
        if (earliest > Math.min(last_us, to_us) || window_us[0] > to_us) return [];
        return [{ choice: choice(false, 'down', 'trip'), window_us: [earliest, Math.min(latest, to_us)], rise: key }];
      });
      const resting = rests.some((node) => node.from_us <= to_us && node.to_us >= from_us && sameRun(segments, node.seen, segment));
      const certain = segment.inputs.remote === 'on' && moves.length > 0 && !resting;
      const counts = rises.filter(({ last_us, window_us }) => last_us >= from_us && window_us[0] <= to_us);
      const last = counts.reduce(
        (most, { window_us }) => Math.max(most, window_us[1] + numbers.waitMost_us),
        opened_us[1] + numbers.reaction_us,
      );
      return { moves, until_us: certain ? last : Infinity };
    },
  };
};

/** Whether pole 1 has been open without a break from one segment to the other. */
const sameRun = (segments: readonly Segment[], seen: number, { pole1_us }: Segment): boolean => segments[seen]?.pole1_us[0] === pole1_us[0];

/** R9. */
const preCoupling = (load: Reach, segments: readonly Segment[], numbers: Numbers): Coupling => {
  const trips: readonly Trip[] = load.moves
    .filter(({ rise }) => rise !== null)
    .map(({ rise, window_us }) => ({ rise: rise ?? '', window_us }));
  const waits = load.nodes.filter((node) => node.to_us === Infinity && mayTrip(node.memo, segments[node.seen]!));
  return {
    own: (node, segment, to_us) => {
      if (!node.high || !mayTrip('up', segment)) return { moves: [], until_us: Infinity };
      const mine = trips.filter(({ rise }) => rise === node.rise);
      const moves = mine.map(({ rise, window_us: [earliest, latest] }): Own => {
        const window_us: Interval = [
          Math.max(earliest - numbers.tripTogether_us, node.from_us),
          Math.min(latest + numbers.tripTogether_us, to_us),
        ];
        return { choice: choice(false, 'quiet', 'preWithTrip'), window_us, rise };
      });
      const last = mine.reduce((most, { window_us }) => Math.max(most, window_us[1] + numbers.tripTogether_us), -Infinity);
      const endless = waits.some(({ seen }) => seen >= node.seen);
      return { moves, until_us: mine.length === 0 || endless ? Infinity : last };
    },
  };
};

const same = (a: Reach, b: Reach): boolean =>
  a.moves.length === b.moves.length &&
  a.moves.every(({ window_us, to }, index) => {
    const other = b.moves[index]!;
    return (
      window_us[0] === other.window_us[0] && window_us[1] === other.window_us[1] && to.seen === other.to.seen && to.rise === other.to.rise
    );
  });

export interface Pair {
  readonly load: Reach;
  readonly preAlarm: Reach;
}

/** Each trip may change what comes after it, so at most as many rounds are needed as there can be trips. */
export function reachBoth(segments: readonly Segment[], numbers: Numbers): Pair {
  let preAlarm = reach('preAlarm', segments, numbers, UNCOUPLED);
  let load = reach('load', segments, numbers, loadCoupling(preAlarm, segments, numbers));
  for (let round = 0; round < segments.length + 2; round++) {
    const before = { preAlarm, load };
    preAlarm = reach('preAlarm', segments, numbers, preCoupling(load, segments, numbers));
    load = reach('load', segments, numbers, loadCoupling(preAlarm, segments, numbers));
    if (same(preAlarm, before.preAlarm) && same(load, before.load)) return { load, preAlarm };
  }
  return { load: { ...load, complete: false }, preAlarm };
}
