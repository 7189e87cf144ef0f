/** LOAD and PRE-ALARM over a planned timeline: waits that may run, trips that may end them, worked out in turn until both agree. */

import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import type { Numbers } from '../parameters.ts';
import { mayTrip } from '../rules/load.ts';
import { choice } from '../rules/rule.ts';
import { NO_OWNS, reach, UNCOUPLED, type Coupling, type Node, type Own, type Reach } from './reach.ts';

/** One way in which PRE-ALARM may have risen: when, and until when it may stay high. */
interface Rise {
  readonly key: number;
  /** The state of the inputs that it answers to. */
  readonly seen: number;
  from_us: number;
  to_us: number;
  last_us: number;
}

interface Trip {
  readonly rise: number;
  readonly from_us: number;
  readonly to_us: number;
}

/** All of PRE-ALARM that LOAD depends on: its rises, and where it may be off while the longest wait rests (R8). */
interface Waits {
  readonly rises: readonly Rise[];
  readonly rests: readonly Node[];
}

function waitsOf({ nodes, moves }: Reach): Waits {
  const rises = new Map<number, Rise>();
  for (const { high, risen: key, segment, from_us, to_us } of moves) {
    if (!high) continue;
    const known = rises.get(key);
    if (known === undefined) rises.set(key, { key, seen: segment.index, from_us, to_us, last_us: -Infinity });
    else {
      known.from_us = Math.min(known.from_us, from_us);
      known.to_us = Math.max(known.to_us, to_us);
    }
  }
  const rests: Node[] = [];
  for (const node of nodes) {
    if (!node.high) {
      if (node.memo === 'soft') rests.push(node);
      continue;
    }
    const rise = rises.get(node.rise);
    if (rise !== undefined) rise.last_us = Math.max(rise.last_us, node.to_us);
  }
  return { rises: [...rises.values()], rests };
}

const sameWaits = (a: Waits, b: Waits): boolean =>
  a.rises.length === b.rises.length &&
  a.rests.length === b.rests.length &&
  a.rises.every((one, index) => {
    const other = b.rises[index]!;
    return one.key === other.key && one.from_us === other.from_us && one.to_us === other.to_us && one.last_us === other.last_us;
  }) &&
  a.rests.every((one, index) => {
    const other = b.rests[index]!;
    return one.seen === other.seen && one.from_us === other.from_us && one.to_us === other.to_us;
  });

/** R3, R4: each rise that may be the one that counts opens a window; where PRE-ALARM may be off the longest wait rests (R8). */
const loadCoupling =
  ({ rises: all, rests }: Waits, segments: readonly Segment[], numbers: Numbers): Coupling =>
  ({ memo, from_us, seen }, segment, to_us) => {
    if (memo !== 'up' || !mayTrip(memo, segment)) return NO_OWNS;
    const opened_us = segment.pole1_us;
    const moves: Own[] = [];
    let last = opened_us[1] + numbers.reaction_us;
    for (const rise of all) {
      if (rise.seen > seen || rise.from_us > to_us) continue;
      if (rise.last_us >= from_us) last = Math.max(last, rise.to_us + numbers.waitMost_us);
      const earliest = Math.max(rise.from_us + numbers.waitLeast_us, from_us, opened_us[0]);
      if (earliest > Math.min(rise.last_us, to_us)) continue;
      const latest = Math.max(rise.to_us + numbers.waitMost_us, opened_us[1] + numbers.reaction_us);
      moves.push({ choice: TRIP, window_us: [earliest, Math.min(latest, to_us)], rise: rise.key });
    }
    if (segment.inputs.remote !== 'on' || moves.length === 0) return { moves, until_us: Infinity };
    const resting = rests.some((node) => node.from_us <= to_us && node.to_us >= from_us && sameRun(segments, node.seen, segment));
    return { moves, until_us: resting ? Infinity : last };
  };

const TRIP = choice(false, 'down', 'trip');
const TRIP_OF_PRE = choice(false, 'quiet', 'preWithTrip');

/** Whether pole 1 has been open without a break from one segment to the other. */
const sameRun = (segments: readonly Segment[], seen: number, { pole1_us }: Segment): boolean => segments[seen]?.pole1_us[0] === pole1_us[0];

/** All of LOAD that PRE-ALARM depends on: its trips, and the last state in which it may go on waiting. */
interface Ends {
  readonly trips: readonly Trip[];
  readonly waiting: number;
}

function endsOf({ nodes, moves }: Reach, segments: readonly Segment[]): Ends {
  const trips: Trip[] = [];
  for (const { rise, from_us, to_us } of moves) if (rise !== null) trips.push({ rise, from_us, to_us });
  let waiting = -1;
  for (const { seen, memo, to_us } of nodes) if (to_us === Infinity && mayTrip(memo, segments[seen]!)) waiting = Math.max(waiting, seen);
  return { trips, waiting };
}

const sameEnds = (a: Ends, b: Ends): boolean =>
  (a.trips.length === 0 && b.trips.length === 0) ||
  (a.waiting === b.waiting &&
    a.trips.length === b.trips.length &&
    a.trips.every((one, index) => {
      const other = b.trips[index]!;
      return one.rise === other.rise && one.from_us === other.from_us && one.to_us === other.to_us;
    }));

/** R9. */
const preCoupling =
  ({ trips, waiting }: Ends, numbers: Numbers): Coupling =>
  (node, segment, to_us) => {
    if (!node.high || !mayTrip('up', segment)) return NO_OWNS;
    const moves: Own[] = [];
    let last = -Infinity;
    for (const { rise, from_us: earliest, to_us: latest } of trips) {
      if (rise !== node.rise) continue;
      const window_us: Interval = [
        Math.max(earliest - numbers.tripTogether_us, node.from_us),
        Math.min(latest + numbers.tripTogether_us, to_us),
      ];
      moves.push({ choice: TRIP_OF_PRE, window_us, rise });
      last = Math.max(last, latest + numbers.tripTogether_us);
    }
    return { moves, until_us: moves.length === 0 || waiting >= node.seen ? Infinity : last };
  };

const same = (a: Reach, b: Reach): boolean =>
  a === b ||
  (a.moves.length === b.moves.length &&
    a.moves.every(({ from_us, to_us, segment, risen }, index) => {
      const other = b.moves[index]!;
      return from_us === other.from_us && to_us === other.to_us && segment === other.segment && risen === other.risen;
    }));

export interface Pair {
  readonly load: Reach;
  readonly preAlarm: Reach;
}

/** Each trip may change what comes after it, so at most as many rounds are needed as there can be trips. */
export function reachBoth(segments: readonly Segment[], numbers: Numbers): Pair {
  let preAlarm = reach('preAlarm', segments, numbers, UNCOUPLED);
  let waits = waitsOf(preAlarm);
  let load = reach('load', segments, numbers, loadCoupling(waits, segments, numbers));
  let ends: Ends = { trips: [], waiting: -1 };
  for (let round = 0; round < segments.length + 2; round++) {
    const before = { preAlarm, load };
    // What one of them would be worked out from may be as it was.
    const endsNow = endsOf(load, segments);
    if (!sameEnds(endsNow, ends)) preAlarm = reach('preAlarm', segments, numbers, preCoupling(endsNow, numbers));
    const waitsNow = preAlarm === before.preAlarm ? waits : waitsOf(preAlarm);
    if (!sameWaits(waitsNow, waits)) load = reach('load', segments, numbers, loadCoupling(waitsNow, segments, numbers));
    [ends, waits] = [endsNow, waitsNow];
    if (same(preAlarm, before.preAlarm) && same(load, before.load)) return { load, preAlarm };
  }
  return { load: { ...load, complete: false }, preAlarm };
}
