/** What PRE-ALARM depends on of LOAD over a planned timeline: the trips that end a wait, and where LOAD may go on waiting for ever (R9). */

import type { Numbers } from '../parameters.ts';
import { mayTrip } from '../rules/load.ts';
import { choice, type Choice } from '../rules/rule.ts';
import { NO_OWNS, type Coupling, type Owns } from './coupling.ts';
import type { Layer } from './layer.ts';
import { sameNodes, type Node } from './nodes.ts';
import type { Reach } from './reach.ts';

/** PRE-ALARM going off with LOAD. */
const TOGETHER = choice(false, 'quiet', 'preWithTrip');

/** When LOAD may trip, and later when PRE-ALARM may go off with it. */
interface Trip {
  readonly choice: Choice;
  readonly rise: number;
  from_us: number;
  to_us: number;
}

/** The trips that count from one rise. */
interface OfRise {
  readonly rise: number;
  readonly trips: Trip[];
  /** The last instant of them. */
  last_us: number;
  /** What they let PRE-ALARM do where it can hold on, and where it has to go off with the last one. */
  readonly free: Owns;
  bound: Owns;
}

/** All trips while pole 1 is open without a break since `run_us`. */
interface Run {
  readonly run_us: number;
  readonly rises: OfRise[];
  /** Where the next rise that is asked for may be. */
  next: number;
}

export interface Ends {
  readonly runs: readonly Run[];
  /** No layer from this one on has a trip. */
  readonly tripping: number;
  readonly waiting: readonly Node[];
}

export const NO_ENDS: Ends = { runs: [], tripping: 0, waiting: [] };

const runAt = (runs: readonly Run[], run_us: number): Run | undefined => {
  for (const run of runs) if (run.run_us === run_us) return run;
  return undefined;
};

function ofRise({ runs }: Ends, run_us: number, rise: number): OfRise | undefined {
  const run = runAt(runs, run_us);
  if (run === undefined) return undefined;
  // Whoever asks goes through the rises in about the same order.
  const at = placeOf(run.rises, rise, run.next);
  if (at !== -1) run.next = at + 1;
  return run.rises[at];
}

/** Adds a trip to those that do not touch each other. */
function add(trips: Trip[], rise: number, from_us: number, to_us: number): void {
  let first_us = from_us;
  let last_us = to_us;
  for (let index = trips.length - 1; index >= 0; index--) {
    const other = trips[index]!;
    if (other.from_us > last_us || other.to_us < first_us) continue;
    if (other.from_us <= first_us && other.to_us >= last_us) return;
    [first_us, last_us] = [Math.min(first_us, other.from_us), Math.max(last_us, other.to_us)];
    trips.splice(index, 1);
  }
  trips.push({ choice: TOGETHER, rise, from_us: first_us, to_us: last_us });
}

/** Where `rise` is in the list, looked for from `from` on; -1 where it is not. */
function placeOf(rises: readonly OfRise[], rise: number, from: number): number {
  for (let at = from; at < rises.length; at++) if (rises[at]!.rise === rise) return at;
  for (let at = 0; at < from; at++) if (rises[at]!.rise === rise) return at;
  return -1;
}

/** `was`: what was known before layers from `first` on were worked out anew. */
export function endsOf({ layers }: Reach, was: Ends, first: number, { tripTogether_us }: Numbers): Ends {
  const waiting: Node[] = [];
  let tripping = 0;
  for (const { index, trips, hold_us, nodes, segment } of layers) {
    if (trips) tripping = index + 1;
    if (hold_us !== Infinity) continue;
    for (const node of nodes) if (node.to_us === Infinity && mayTrip(node.memo, segment)) waiting.push(node);
  }
  if (tripping <= first && was.tripping <= first) return { runs: was.runs, tripping, waiting };
  const runs: Run[] = [];
  for (let index = 0; index < tripping; index++) if (layers[index]!.trips) addTrips(runs, layers[index]!);
  for (const { rises } of runs) for (const one of rises) widen(one, tripTogether_us);
  return { runs, tripping, waiting };
}

function addTrips(runs: Run[], { moves, segment }: Layer): void {
  const run_us = segment.pole1_us[0];
  let run = runAt(runs, run_us);
  if (run === undefined) runs.push((run = { run_us, rises: [], next: 0 }));
  // Layers list the rises in about the same order.
  let next = 0;
  for (const { rise, from_us, to_us } of moves) {
    if (rise === null) continue;
    const at = placeOf(run.rises, rise, next);
    if (at === -1) {
      const trips: Trip[] = [{ choice: TOGETHER, rise, from_us, to_us }];
      run.rises.push({ rise, trips, last_us: 0, free: { moves: trips, until_us: Infinity }, bound: NO_OWNS });
    } else {
      add(run.rises[at]!.trips, rise, from_us, to_us);
      next = at + 1;
    }
  }
}

function widen(one: OfRise, by_us: number): void {
  const { trips } = one;
  one.last_us = -Infinity;
  for (const trip of trips) {
    one.last_us = Math.max(one.last_us, trip.to_us);
    trip.from_us -= by_us;
    trip.to_us += by_us;
  }
  one.bound = { moves: trips, until_us: one.last_us + by_us };
}

function sameTrips(a: Run | undefined, b: Run | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.rises.length !== b.rises.length) return false;
  for (let index = 0; index < a.rises.length; index++) {
    const one = a.rises[index]!;
    // Those of before in another order would be the same, but looking again does no harm.
    const other = b.rises[index]!;
    if (one.rise !== other.rise || one.trips.length !== other.trips.length) return false;
    for (let at = 0; at < one.trips.length; at++) {
      const trip = one.trips[at]!;
      const was = other.trips[at]!;
      if (trip.from_us !== was.from_us || trip.to_us !== was.to_us) return false;
    }
  }
  return true;
}

/** The beginnings of the runs in which something is not as it was. */
export function changedRuns(was: Ends, is: Ends): readonly number[] {
  const same = sameNodes(was.waiting, is.waiting);
  const changed: number[] = [];
  for (const run of is.runs) if (!same || !sameTrips(run, runAt(was.runs, run.run_us))) changed.push(run.run_us);
  for (const { run_us } of was.runs) if (runAt(is.runs, run_us) === undefined) changed.push(run_us);
  return changed;
}

/** R9. A trip ends what it waited for: in another run of the low cell there has been another wait. `changed`: the runs of which it says something new. */
export const preCoupling = (ends: Ends, changed: readonly number[]): Coupling => ({
  concerns: (_memo, high, segment) => high && mayTrip('up', segment),
  differs: ({ pole1_us: [run_us] }) => changed.includes(run_us),
  owns: (_from_us, to_us, { index, pole1_us: [run_us] }, rise) => {
    const own = ofRise(ends, run_us, rise);
    if (own === undefined) return NO_OWNS;
    const { last_us, free, bound } = own;
    if (bound.until_us >= to_us) return free;
    // LOAD goes on waiting only where it came to do so before it had to trip.
    const goesOn = ends.waiting.some((node) => node.seen >= index && node.from_us <= last_us);
    return goesOn ? free : bound;
  },
});
