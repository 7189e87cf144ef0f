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

const sameNodes = (a: readonly Node[], b: readonly Node[]): boolean =>
  a.length === b.length &&
  a.every(({ seen, from_us, to_us }, index) => {
    const other = b[index]!;
    return seen === other.seen && from_us === other.from_us && to_us === other.to_us;
  });

const sameWaits = (a: Waits, b: Waits): boolean =>
  a === b ||
  (a.rises.length === b.rises.length &&
    a.rises.every((one, index) => {
      const other = b.rises[index]!;
      return one.key === other.key && one.from_us === other.from_us && one.to_us === other.to_us && one.last_us === other.last_us;
    }) &&
    sameNodes(a.rests, b.rests));

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
    // A rest that begins when the wait is over came too late.
    const resting = rests.some(
      (node) => node.from_us <= Math.min(to_us, last) && node.to_us >= from_us && sameRun(segments, node.seen, segment),
    );
    return { moves, until_us: resting || last >= to_us ? Infinity : last };
  },
});

const TRIP = choice(false, 'down', 'trip');
const TRIP_OF_PRE = choice(false, 'quiet', 'preWithTrip');

/** Whether pole 1 has been open without a break from one segment to the other. */
const sameRun = (segments: readonly Segment[], seen: number, { pole1_us }: Segment): boolean => segments[seen]?.pole1_us[0] === pole1_us[0];

/** When LOAD may trip while pole 1 is open without a break since `run_us`. */
interface Trip {
  readonly run_us: number;
  readonly from_us: number;
  readonly to_us: number;
}

/** All of LOAD that PRE-ALARM depends on: its trips by the rise they count from, and states in which it may go on waiting for ever. */
interface Ends {
  readonly trips: ReadonlyMap<number, readonly Trip[]>;
  readonly waiting: readonly Node[];
}

/** Adds a trip to those that do not touch each other. */
function add(trips: Trip[], { run_us, ...one }: Trip): void {
  let { from_us, to_us } = one;
  for (let index = trips.length - 1; index >= 0; index--) {
    const other = trips[index]!;
    if (other.run_us !== run_us || other.from_us > to_us || other.to_us < from_us) continue;
    if (other.from_us <= from_us && other.to_us >= to_us) return;
    [from_us, to_us] = [Math.min(from_us, other.from_us), Math.max(to_us, other.to_us)];
    trips.splice(index, 1);
  }
  trips.push({ run_us, from_us, to_us });
}

function endsOf({ layers }: Reach, segments: readonly Segment[]): Ends {
  const trips = new Map<number, Trip[]>();
  const waiting: Node[] = [];
  for (const { coupled, nodes } of layers) {
    for (const { rise, segment, from_us, to_us } of coupled) {
      if (rise === null) continue;
      const trip: Trip = { run_us: segment.pole1_us[0], from_us, to_us };
      const known = trips.get(rise);
      if (known === undefined) trips.set(rise, [trip]);
      else add(known, trip);
    }
    for (const node of nodes) if (node.to_us === Infinity && mayTrip(node.memo, segments[node.seen]!)) waiting.push(node);
  }
  return { trips, waiting };
}

const sameTrips = (a: readonly Trip[], b: readonly Trip[] | undefined): boolean =>
  a.length === b?.length &&
  a.every(({ run_us, from_us, to_us }, index) => {
    const other = b[index]!;
    return run_us === other.run_us && from_us === other.from_us && to_us === other.to_us;
  });

const sameEnds = (a: Ends, b: Ends): boolean =>
  (a.trips.size === 0 && b.trips.size === 0) ||
  (sameNodes(a.waiting, b.waiting) &&
    a.trips.size === b.trips.size &&
    [...a.trips].every(([rise, trips]) => sameTrips(trips, b.trips.get(rise))));

/** R9. A trip ends what it waited for: in another run of the low cell there has been another wait. */
const preCoupling = ({ trips, waiting }: Ends, { tripTogether_us }: Numbers): Coupling => ({
  concerns: (_memo, high, segment) => high && mayTrip('up', segment),
  owns: (from_us, to_us, { index, pole1_us: [run_us] }, rise) => {
    const own = trips.get(rise);
    if (own === undefined) return NO_OWNS;
    let last_us = -Infinity;
    const moves: Own[] = [];
    for (const trip of own) {
      if (trip.run_us !== run_us) continue;
      last_us = Math.max(last_us, trip.to_us);
      const window_us: Interval = [Math.max(trip.from_us - tripTogether_us, from_us), Math.min(trip.to_us + tripTogether_us, to_us)];
      if (window_us[0] <= window_us[1]) moves.push({ choice: TRIP_OF_PRE, window_us, rise });
    }
    const until_us = last_us + tripTogether_us;
    // LOAD goes on waiting only where it came to do so before it had to trip.
    const goesOn = waiting.some((node) => node.seen >= index && node.from_us <= last_us);
    return { moves, until_us: last_us === -Infinity || until_us >= to_us || goesOn ? Infinity : until_us };
  },
});

export class Pair {
  readonly load: Reach;
  readonly preAlarm: Reach;
  readonly #numbers: Numbers;
  /** What each was worked out from. */
  #waits: Waits = { rises: [], rests: [] };
  #ends: Ends = { trips: new Map(), waiting: [] };
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
