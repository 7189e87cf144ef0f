/** LOAD and PRE-ALARM over a planned timeline: waits that may run, trips that may end them, worked out in turn until both agree. */

import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import type { Numbers } from '../parameters.ts';
import { mayTrip } from '../rules/load.ts';
import { choice } from '../rules/rule.ts';
import { NO_OWNS, type Coupling, type Node, type Own } from './nodes.ts';
import { Reach } from './reach.ts';

/** One way in which PRE-ALARM may have risen: when, and until when it may stay high. */
interface Rise {
  readonly key: number;
  /** The state of the inputs that it answers to. */
  readonly seen: number;
  from_us: number;
  to_us: number;
  last_us: number;
}

/** All of PRE-ALARM that LOAD depends on: its rises, and where it may be off while the longest wait rests (R8). */
interface Waits {
  readonly rises: readonly Rise[];
  readonly rests: readonly Node[];
}

function waitsOf({ layers }: Reach): Waits {
  const rises = new Map<number, Rise>();
  const rests: Node[] = [];
  for (const { coupled, nodes } of layers) {
    for (const { risen: key, segment, from_us, to_us } of coupled) {
      if (key === 0) continue;
      const known = rises.get(key);
      if (known === undefined) rises.set(key, { key, seen: segment.index, from_us, to_us, last_us: -Infinity });
      else {
        known.from_us = Math.min(known.from_us, from_us);
        known.to_us = Math.max(known.to_us, to_us);
      }
    }
    for (const node of nodes) {
      if (!node.high) {
        if (node.memo === 'soft') rests.push(node);
        continue;
      }
      for (const key of node.rises) {
        const rise = rises.get(key);
        if (rise !== undefined) rise.last_us = Math.max(rise.last_us, node.to_us);
      }
    }
  }
  return { rises: [...rises.values()], rests };
}

const sameWaits = (a: Waits, b: Waits): boolean =>
  a === b ||
  (a.rises.length === b.rises.length &&
    a.rests.length === b.rests.length &&
    a.rises.every((one, index) => {
      const other = b.rises[index]!;
      return one.key === other.key && one.from_us === other.from_us && one.to_us === other.to_us && one.last_us === other.last_us;
    }) &&
    a.rests.every((one, index) => {
      const other = b.rests[index]!;
      return one.seen === other.seen && one.from_us === other.from_us && one.to_us === other.to_us;
    }));

/** R3, R4: each rise that may be the one that counts opens a window; where PRE-ALARM may be off the longest wait rests (R8). */
const loadCoupling = ({ rises: all, rests }: Waits, segments: readonly Segment[], numbers: Numbers): Coupling => ({
  concerns: (memo, _high, segment) => memo === 'up' && mayTrip(memo, segment),
  owns: (from_us, to_us, segment) => {
    const opened_us = segment.pole1_us;
    const moves: Own[] = [];
    let last = opened_us[1] + numbers.reaction_us;
    for (const rise of all) {
      if (rise.seen > segment.index || rise.from_us > to_us) continue;
      if (rise.last_us >= from_us) last = Math.max(last, rise.to_us + numbers.waitMost_us);
      const earliest = Math.max(rise.from_us + numbers.waitLeast_us, from_us, opened_us[0]);
      if (earliest > Math.min(rise.last_us, to_us)) continue;
      const latest = Math.max(rise.to_us + numbers.waitMost_us, opened_us[1] + numbers.reaction_us);
      moves.push({ choice: TRIP, window_us: [earliest, Math.min(latest, to_us)], rise: rise.key });
    }
    if (moves.length === 0) return NO_OWNS;
    if (segment.inputs.remote !== 'on') return { moves, until_us: Infinity };
    const resting = rests.some((node) => node.from_us <= to_us && node.to_us >= from_us && sameRun(segments, node.seen, segment));
    return { moves, until_us: resting || last >= to_us ? Infinity : last };
  },
});

const TRIP = choice(false, 'down', 'trip');
const TRIP_OF_PRE = choice(false, 'quiet', 'preWithTrip');

/** Whether pole 1 has been open without a break from one segment to the other. */
const sameRun = (segments: readonly Segment[], seen: number, { pole1_us }: Segment): boolean => segments[seen]?.pole1_us[0] === pole1_us[0];

/** All of LOAD that PRE-ALARM depends on: its trips by the rise they count from, and the last state in which it may go on waiting. */
interface Ends {
  readonly trips: ReadonlyMap<number, readonly Interval[]>;
  readonly waiting: number;
}

/** Adds an interval to those that do not touch each other. */
function add(intervals: Interval[], from_us: number, to_us: number): void {
  let [from, to] = [from_us, to_us];
  for (let index = intervals.length - 1; index >= 0; index--) {
    const other = intervals[index]!;
    if (other[0] > to || other[1] < from) continue;
    if (other[0] <= from && other[1] >= to) return;
    [from, to] = [Math.min(from, other[0]), Math.max(to, other[1])];
    intervals.splice(index, 1);
  }
  intervals.push([from, to]);
}

function endsOf({ layers }: Reach, segments: readonly Segment[]): Ends {
  const trips = new Map<number, Interval[]>();
  let waiting = -1;
  for (const { coupled, nodes } of layers) {
    for (const { rise, from_us, to_us } of coupled) {
      if (rise === null) continue;
      const known = trips.get(rise);
      if (known === undefined) trips.set(rise, [[from_us, to_us]]);
      else add(known, from_us, to_us);
    }
    for (const { seen, memo, to_us } of nodes) if (to_us === Infinity && mayTrip(memo, segments[seen]!)) waiting = Math.max(waiting, seen);
  }
  return { trips, waiting };
}

const sameIntervals = (a: readonly Interval[], b: readonly Interval[] | undefined): boolean =>
  a.length === b?.length && a.every(([from_us, to_us], index) => from_us === b[index]![0] && to_us === b[index]![1]);

const sameEnds = (a: Ends, b: Ends): boolean =>
  (a.trips.size === 0 && b.trips.size === 0) ||
  (a.waiting === b.waiting &&
    a.trips.size === b.trips.size &&
    [...a.trips].every(([rise, intervals]) => sameIntervals(intervals, b.trips.get(rise))));

/** R9. */
const preCoupling = ({ trips, waiting }: Ends, { tripTogether_us }: Numbers): Coupling => ({
  concerns: (_memo, high, segment) => high && mayTrip('up', segment),
  owns: (from_us, to_us, { index }, rise) => {
    const own = trips.get(rise);
    if (own === undefined) return NO_OWNS;
    let last = -Infinity;
    const moves: Own[] = [];
    for (const [earliest, latest] of own) {
      last = Math.max(last, latest + tripTogether_us);
      const window_us: Interval = [Math.max(earliest - tripTogether_us, from_us), Math.min(latest + tripTogether_us, to_us)];
      if (window_us[0] <= window_us[1]) moves.push({ choice: TRIP_OF_PRE, window_us, rise });
    }
    return { moves, until_us: waiting >= index || last >= to_us ? Infinity : last };
  },
});

export class Pair {
  readonly load: Reach;
  readonly preAlarm: Reach;
  readonly #numbers: Numbers;
  /** What each was worked out from. */
  #waits: Waits = { rises: [], rests: [] };
  #ends: Ends = { trips: new Map(), waiting: -1 };
  #loadCoupling: Coupling | null = null;
  #preCoupling: Coupling;
  #settled = true;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
    this.load = new Reach('load', numbers);
    this.preAlarm = new Reach('preAlarm', numbers);
    this.#preCoupling = preCoupling(this.#ends, numbers);
  }

  get complete(): boolean {
    return this.#settled && this.load.complete && this.preAlarm.complete;
  }

  /** Brings both up to date where segments from `first` on are not as they were. */
  update(segments: readonly Segment[], first: number): void {
    const { load, preAlarm } = this;
    let changed = first;
    // Each trip may change what comes after it, so at most as many rounds are needed as there can be trips.
    for (let round = 0; round < segments.length + 2; round++) {
      preAlarm.update(segments, changed, this.#preCoupling);
      const waits = waitsOf(preAlarm);
      if (this.#loadCoupling === null || !sameWaits(waits, this.#waits)) this.#loadCoupling = loadCoupling(waits, segments, this.#numbers);
      this.#waits = waits;
      load.update(segments, changed, this.#loadCoupling);
      changed = segments.length;
      const ends = endsOf(load, segments);
      if (sameEnds(ends, this.#ends)) {
        this.#settled = true;
        return;
      }
      this.#ends = ends;
      this.#preCoupling = preCoupling(ends, this.#numbers);
    }
    this.#settled = false;
  }
}
