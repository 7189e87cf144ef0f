/** What is still possible of one signal: hypotheses of what the unit has seen and remembers, moved on by inputs, edges and time. */

import type { SenseSignal } from '../scenarios/signals.ts';
import { inOrder } from './inputs/orders.ts';
import type { Segment } from './inputs/segments.ts';
import type { Numbers } from './parameters.ts';
import type { CiteId } from './rules/cites.ts';
import { never, NO_CHOICE, type Choice, type Memo, type Situation } from './rules/rule.ts';
import { answer, answersOf, type Answers } from './rules/answers.ts';
import { RULES } from './rules/rules.ts';

/** The unit has seen everything up to `seen`, or skipped it, and its output should be `high`. */
export interface Hypothesis {
  readonly seen: number;
  readonly memo: Memo;
  readonly high: boolean;
  /** It cannot last longer than this, whatever the inputs do. */
  readonly until_us: number;
}

export interface Track {
  readonly signal: SenseSignal;
  /** As observed, and since when. */
  readonly high: boolean;
  readonly since_us: number;
  /** Those that agree with the observed level are live; the others are there only after a difference. */
  readonly hypotheses: readonly Hypothesis[];
  /** A difference has not healed yet: what follows may only follow from it. */
  readonly astray: boolean;
  /** The level of a required edge that has not come, while it still may. */
  readonly overdue: boolean | null;
}

/** The inputs as far as they have come: `arrived` segments. */
export interface Inflow {
  readonly segments: readonly Segment[];
  readonly arrived: number;
  readonly numbers: Numbers;
}

/** A hypothesis that an edge would lead to, with what it rests on. */
export interface Target {
  readonly hypothesis: Hypothesis;
  readonly source: Hypothesis;
  readonly segment: Segment;
  readonly cite: CiteId;
  /** The edge comes without a change of the inputs. */
  readonly alone: boolean;
}

const segmentAt = ({ segments }: Inflow, index: number): Segment => {
  const segment = segments[index];
  if (segment === undefined) throw new RangeError(`No segment ${index}.`);
  return segment;
};

const same = (a: Hypothesis, b: Hypothesis): boolean =>
  a.seen === b.seen && a.memo === b.memo && a.high === b.high && a.until_us === b.until_us;

export function distinct(hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const kept: Hypothesis[] = [];
  for (const one of hypotheses) if (!kept.some((other) => same(one, other))) kept.push(one);
  return kept;
}

/** What the unit may do on seeing `b` next, where `known` are the answers to what it has seen, `a`. */
function reactions(known: Answers, signal: SenseSignal, { memo, high }: Hypothesis, a: Segment, b: Segment): readonly Choice[] {
  if (a.kind === 'between' && b.kind === 'between' && a.write === b.write && !inOrder(a.changed, b.changed)) return NO_CHOICE;
  return answer(known, signal, memo, high, a, b);
}

/** What the unit may do on seeing segment `index` next. */
export function choices(signal: SenseSignal, inflow: Inflow, from: Hypothesis, index: number): readonly Choice[] {
  const a = segmentAt(inflow, from.seen);
  return reactions(answersOf(signal, from.memo, from.high, a), signal, from, a, segmentAt(inflow, index));
}

/** Until when a hypothesis that comes from another can hold. */
const lasting_us = (from: Hypothesis, { memo }: Choice): number =>
  memo === 'tripping' && from.memo === 'tripping' ? from.until_us : Infinity;

const after = (from: Hypothesis, seen: number, one: Choice): Hypothesis => ({
  seen,
  memo: one.memo,
  high: one.high,
  until_us: lasting_us(from, one),
});

function has(list: readonly Hypothesis[], seen: number, { memo, high }: Choice, until_us: number): boolean {
  for (let index = list.length - 1; index >= 0; index--) {
    const other = list[index]!;
    if (other.seen === seen && other.memo === memo && other.high === high && other.until_us === until_us) return true;
  }
  return false;
}

/** The latest instant at which `one` can still hold. */
export function expiry_us(signal: SenseSignal, inflow: Inflow, one: Hypothesis, situation: Situation): number {
  const next = one.seen + 1 < inflow.arrived ? segmentAt(inflow, one.seen + 1).due_us : Infinity;
  const until_us = Math.min(next, one.until_us);
  const own = RULES[signal].until_us;
  return own === never ? until_us : Math.min(until_us, own(one.memo, segmentAt(inflow, one.seen), situation, inflow.numbers));
}

/** All hypotheses reachable without an edge; those that already disagree with the observed level move on freely. */
export function settle(signal: SenseSignal, high: boolean, inflow: Inflow, hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const all = [...distinct(hypotheses)];
  for (let index = 0; index < all.length; index++) {
    const from = all[index]!;
    const seenLast = segmentAt(inflow, from.seen);
    const known = answersOf(signal, from.memo, from.high, seenLast);
    for (let seen = from.seen + 1; seen < inflow.arrived; seen++) {
      for (const one of reactions(known, signal, from, seenLast, segmentAt(inflow, seen))) {
        if (from.high === high && one.high !== high) continue;
        const until_us = lasting_us(from, one);
        if (!has(all, seen, one, until_us)) all.push({ seen, memo: one.memo, high: one.high, until_us });
      }
    }
  }
  return all;
}

export const live = ({ high, hypotheses }: Track): readonly Hypothesis[] => hypotheses.filter((one) => one.high === high);

/** Why an edge may come at `situation.at_us`; null where it may not. */
export function mayChange({ signal, high, hypotheses }: Track, inflow: Inflow, situation: Situation): CiteId | null {
  for (const source of hypotheses) {
    if (source.high !== high) continue;
    const seenLast = segmentAt(inflow, source.seen);
    const known = answersOf(signal, source.memo, high, seenLast);
    for (let seen = source.seen + 1; seen < inflow.arrived; seen++) {
      for (const one of reactions(known, signal, source, seenLast, segmentAt(inflow, seen)))
        if (one.high !== high && expiry_us(signal, inflow, after(source, seen, one), situation) >= situation.at_us) return one.cite;
    }
    for (const one of RULES[signal].alone(source.memo, seenLast, high, situation, inflow.numbers)) if (one.high !== high) return one.cite;
  }
  return null;
}

/** Where an edge at `situation.at_us` can lead from the live hypotheses. */
export function targets(track: Track, inflow: Inflow, situation: Situation, always = false): readonly Target[] {
  const { signal, high } = track;
  const found: Target[] = [];
  for (const source of track.hypotheses) {
    if (source.high !== high) continue;
    const seenLast = segmentAt(inflow, source.seen);
    const known = answersOf(signal, source.memo, high, seenLast);
    for (let seen = source.seen + 1; seen < inflow.arrived; seen++) {
      const segment = segmentAt(inflow, seen);
      for (const one of reactions(known, signal, source, seenLast, segment)) {
        if (one.high === high) continue;
        const hypothesis = after(source, seen, one);
        if (always || expiry_us(signal, inflow, hypothesis, situation) >= situation.at_us)
          found.push({ hypothesis, source, segment, cite: one.cite, alone: false });
      }
    }
    for (const one of RULES[signal].alone(source.memo, seenLast, high, situation, inflow.numbers)) {
      if (one.high === high) continue;
      found.push({ hypothesis: after(source, source.seen, one), source, segment: seenLast, cite: one.cite, alone: true });
    }
  }
  return found;
}

/** The next segment has begun. */
export function arrive(track: Track, inflow: Inflow): Track {
  const { signal, high, hypotheses } = track;
  const seen = inflow.arrived - 1;
  const next = segmentAt(inflow, seen);
  let added: Hypothesis[] | null = null;
  // What is there is distinct and has seen less, so only what is added can be the same.
  for (const from of hypotheses) {
    const seenLast = segmentAt(inflow, from.seen);
    for (const one of reactions(answersOf(signal, from.memo, from.high, seenLast), signal, from, seenLast, next)) {
      if (from.high === high && one.high !== high) continue;
      const until_us = lasting_us(from, one);
      if (added === null) added = [{ seen, memo: one.memo, high: one.high, until_us }];
      else if (!has(added, seen, one, until_us)) added.push({ seen, memo: one.memo, high: one.high, until_us });
    }
  }
  return added === null ? track : { ...track, hypotheses: [...hypotheses, ...added] };
}

/** The earliest instant after which some hypothesis no longer holds. */
export function nextExpiry_us({ signal, hypotheses }: Track, inflow: Inflow, situation: Situation): number {
  let earliest_us = Infinity;
  for (const one of hypotheses) earliest_us = Math.min(earliest_us, expiry_us(signal, inflow, one, situation));
  return earliest_us;
}
