/** What is still possible of one signal: hypotheses of what the unit has seen and remembers, moved on by inputs, edges and time. */

import type { SenseSignal } from '../scenarios/signals.ts';
import { Covered, FEW, Hypotheses, isOpen, type Hypothesis } from './hypotheses.ts';
import { inOrder } from './inputs/orders.ts';
import type { Segment } from './inputs/segments.ts';
import type { Numbers } from './parameters.ts';
import type { CiteId } from './rules/cites.ts';
import { never, NO_CHOICE, type Choice, type Memo, type SignalRules, type Situation } from './rules/rule.ts';
import { answer, ANSWERS, answersIn, type Answers } from './rules/answers.ts';
import { RULES } from './rules/rules.ts';

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

/** What the unit may do on seeing `b` next, where `known` are the answers to what it has seen, `a`. */
function reactions(known: Answers, signal: SenseSignal, { memo, high }: Hypothesis, a: Segment, b: Segment): readonly Choice[] {
  if (a.kind === 'between' && b.kind === 'between' && a.write === b.write && !inOrder(a.changed, b.changed)) return NO_CHOICE;
  return answer(known, signal, memo, high, a, b);
}

/** What the unit may do on seeing segment `index` next. */
export function choices(signal: SenseSignal, inflow: Inflow, from: Hypothesis, index: number): readonly Choice[] {
  const a = segmentAt(inflow, from.seen);
  return reactions(answersIn(ANSWERS[signal], from.standing, a), signal, from, a, segmentAt(inflow, index));
}

/** Until when a hypothesis that comes from another can hold. */
const lasting_us = (from: Hypothesis, { memo }: Choice): number =>
  memo === 'tripping' && from.memo === 'tripping' ? from.until_us : Infinity;

const after = (from: Hypothesis, seen: number, one: Choice): Hypothesis => ({
  seen,
  memo: one.memo,
  high: one.high,
  standing: one.standing,
  until_us: lasting_us(from, one),
});

/** The latest instant at which `one` can still hold. */
export const expiry_us = (signal: SenseSignal, inflow: Inflow, { seen, memo, until_us }: Hypothesis, situation: Situation): number =>
  lasts_us(RULES[signal], inflow, seen, memo, until_us, situation);

function lasts_us(
  { until_us }: SignalRules,
  { segments, arrived, numbers }: Inflow,
  seen: number,
  memo: Memo,
  most_us: number,
  situation: Situation,
): number {
  const next_us = seen + 1 < arrived ? segments[seen + 1]!.due_us : Infinity;
  const last_us = next_us < most_us ? next_us : most_us;
  return until_us === never ? last_us : Math.min(last_us, until_us(memo, segments[seen]!, situation, numbers));
}

/** All hypotheses reachable without an edge; those that already disagree with the observed level move on freely. */
export function settle(signal: SenseSignal, high: boolean, inflow: Inflow, hypotheses: readonly Hypothesis[]): readonly Hypothesis[] {
  const table = ANSWERS[signal];
  const forgets = RULES[signal].forgets !== 'nothing';
  // From this state on every hypothesis that agrees with the observed level leads to the same.
  let covered = inflow.arrived;
  let walked: Covered | null = null;
  const found = new Hypotheses();
  for (const one of hypotheses) found.add(one);
  const { all } = found;
  for (let index = 0; index < all.length; index++) {
    const from = all[index]!;
    const seenLast = segmentAt(inflow, from.seen);
    const known = answersIn(table, from.standing, seenLast);
    const agrees = from.high === high;
    let end = agrees ? covered : inflow.arrived;
    if (all.length > FEW) end = (walked ??= new Covered(inflow.segments)).next(known, from, end);
    for (let seen = from.seen + 1; seen < end; seen++) {
      for (const one of reactions(known, signal, from, seenLast, segmentAt(inflow, seen))) {
        if (agrees && one.high !== high) continue;
        if (!found.has(seen, one.standing, lasting_us(from, one))) found.push(after(from, seen, one));
      }
    }
    if (forgets && agrees && from.seen < covered && isOpen(seenLast)) covered = from.seen + 1;
  }
  return found.lasting;
}

export const live = ({ high, hypotheses }: Track): readonly Hypothesis[] => hypotheses.filter((one) => one.high === high);

/** That an edge may come: why, from which hypothesis, and until when that stays so as long as the hypothesis and the wait do. */
export interface Change {
  readonly cite: CiteId;
  readonly source: Hypothesis;
  readonly last_us: number;
}

/** The states that are still to come count for how long, not for whether. */
const wholeOf = ({ segments, numbers }: Inflow): Inflow => ({ segments, arrived: segments.length, numbers });

/** Why an edge may come at `situation.at_us`; null where it may not. */
export function mayChange({ signal, high, hypotheses }: Track, inflow: Inflow, situation: Situation): Change | null {
  const rules = RULES[signal];
  const table = ANSWERS[signal];
  const walked = hypotheses.length > FEW ? new Covered(inflow.segments) : null;
  for (const source of hypotheses) {
    if (source.high !== high) continue;
    const seenLast = segmentAt(inflow, source.seen);
    const known = answersIn(table, source.standing, seenLast);
    const end = walked?.next(known, source, inflow.arrived) ?? inflow.arrived;
    for (let seen = source.seen + 1; seen < end; seen++) {
      for (const one of reactions(known, signal, source, seenLast, segmentAt(inflow, seen))) {
        if (one.high === high) continue;
        const until_us = lasting_us(source, one);
        if (lasts_us(rules, inflow, seen, one.memo, until_us, situation) >= situation.at_us)
          return { cite: one.cite, source, last_us: lasts_us(rules, wholeOf(inflow), seen, one.memo, until_us, situation) };
      }
    }
    for (const one of rules.alone(source.memo, seenLast, high, situation, inflow.numbers))
      if (one.high !== high) return { cite: one.cite, source, last_us: Infinity };
  }
  return null;
}

/** Where an edge at `situation.at_us` can lead from the live hypotheses; those that lead to the same for the same reason are one. */
export function targets({ signal, high, hypotheses }: Track, inflow: Inflow, situation: Situation, always = false): readonly Target[] {
  const rules = RULES[signal];
  const table = ANSWERS[signal];
  const found: Target[] = [];
  const forgets = rules.forgets === 'all';
  // From this state on every live hypothesis leads to the same.
  let covered = inflow.arrived;
  const walked = hypotheses.length > FEW ? new Covered(inflow.segments) : null;
  // By the state of the inputs, where there are many.
  const told: Target[][] | null = walked === null ? null : [];
  for (const source of hypotheses) {
    if (source.high !== high) continue;
    const seenLast = segmentAt(inflow, source.seen);
    const known = answersIn(table, source.standing, seenLast);
    const end = walked?.next(known, source, covered) ?? covered;
    for (let seen = source.seen + 1; seen < end; seen++) {
      const segment = segmentAt(inflow, seen);
      for (const one of reactions(known, signal, source, seenLast, segment)) {
        const until_us = lasting_us(source, one);
        if (one.high === high || isFound(told === null ? found : told[seen], source, segment, until_us, one)) continue;
        if (!always && lasts_us(rules, inflow, seen, one.memo, until_us, situation) < situation.at_us) continue;
        const target: Target = { hypothesis: after(source, seen, one), source, segment, cite: one.cite, alone: false };
        found.push(target);
        if (told !== null) (told[seen] ??= []).push(target);
      }
    }
    if (forgets && source.seen < covered && isOpen(seenLast)) covered = source.seen + 1;
    for (const one of rules.alone(source.memo, seenLast, high, situation, inflow.numbers)) {
      if (one.high === high) continue;
      found.push({ hypothesis: after(source, source.seen, one), source, segment: seenLast, cite: one.cite, alone: true });
    }
  }
  return found;
}

/** Whether a target is there that is the same in all but what the unit had seen before. */
function isFound(found: readonly Target[] | undefined, { memo }: Hypothesis, segment: Segment, until_us: number, one: Choice): boolean {
  if (found === undefined) return false;
  for (const { hypothesis, source, segment: to, cite, alone } of found) {
    const same = to === segment && !alone && cite === one.cite && hypothesis.standing === one.standing && source.memo === memo;
    if (same && hypothesis.until_us === until_us) return true;
  }
  return false;
}

/** The next segment has begun. */
export function arrive(track: Track, inflow: Inflow): Track {
  const { signal, high, hypotheses } = track;
  const table = ANSWERS[signal];
  const seen = inflow.arrived - 1;
  const next = segmentAt(inflow, seen);
  const forgets = RULES[signal].forgets !== 'nothing';
  let all: Hypothesis[] | null = null;
  let covered = false;
  for (const from of hypotheses) {
    if (covered && from.high === high) continue;
    const seenLast = segmentAt(inflow, from.seen);
    for (const one of reactions(answersIn(table, from.standing, seenLast), signal, from, seenLast, next)) {
      if (from.high === high && one.high !== high) continue;
      // What was there has seen less, so only what is new can be the same.
      if (all !== null && isThere(all, hypotheses.length, one.standing, lasting_us(from, one))) continue;
      all ??= hypotheses.slice();
      all.push(after(from, seen, one));
    }
    if (forgets && from.high === high && isOpen(seenLast)) covered = true;
  }
  if (all === null) return track;
  return { signal, high, since_us: track.since_us, astray: track.astray, overdue: track.overdue, hypotheses: all };
}

function isThere(list: readonly Hypothesis[], from: number, own: number, until_us: number): boolean {
  for (let index = from; index < list.length; index++) if (list[index]!.standing === own && list[index]!.until_us >= until_us) return true;
  return false;
}

/** The earliest instant after which some hypothesis no longer holds. */
export function nextExpiry_us({ signal, hypotheses }: Track, inflow: Inflow, situation: Situation): number {
  const rules = RULES[signal];
  let earliest_us = Infinity;
  if (rules.until_us !== never) {
    for (const { seen, memo, until_us } of hypotheses) {
      const last_us = lasts_us(rules, inflow, seen, memo, until_us, situation);
      if (last_us < earliest_us) earliest_us = last_us;
    }
    return earliest_us;
  }
  // What has seen least is over first: states are due in their order.
  let least = Infinity;
  for (const { seen, until_us } of hypotheses) {
    if (seen < least) least = seen;
    if (until_us < earliest_us) earliest_us = until_us;
  }
  return least + 1 < inflow.arrived ? Math.min(earliest_us, inflow.segments[least + 1]!.due_us) : earliest_us;
}
