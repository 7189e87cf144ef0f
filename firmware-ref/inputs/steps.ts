/** When the drives change: entries, as executed or as planned, unrolled into single changes at instants known to an interval. */

import type { Action, Deed, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Stimulus, Trace } from '../../scenarios/contracts/trace.ts';
import { DRIVE_SIGNALS, POLE_SWITCH_MAX_us, SUPPLY_SLEW_mV_per_us } from '../../scenarios/signals.ts';
import type { Numbers } from '../parameters.ts';
import { SAFE_DRIVES, thresholdsOf, type InputChange, type InputSignal } from './inputs.ts';

export type Interval = readonly [earliest_us: number, latest_us: number];
/** Nothing is known of when. */
export const ANY_TIME: Interval = [-Infinity, Infinity];

/** Changes of drives, or by hand, at one instant. The unit's terminals have followed at the latest `lag_us` after it. */
export interface Step {
  readonly entry: string;
  readonly at_us: Interval;
  readonly changes: readonly InputChange[];
  /** Part of a ramp, so nothing has to catch up with it. */
  readonly smooth: boolean;
  /** Stamp error of the instant, one side. */
  readonly tolerance_us: number;
  /** It comes at least this long after the step before, however uncertain both instants are. */
  readonly gap_us: number;
}

/** An entry that happens, with the instants of its beginning and its end. */
export interface Happening {
  readonly entry: TimelineEntry;
  readonly begin_us: Interval;
  readonly end_us: Interval;
  readonly tolerance_us: number;
  /** The entry it hangs on, and how long after that it comes at least. */
  readonly hangsOn: { readonly entry: string; readonly least_us: number } | null;
}

/** Of each entry its stimulus. A bench tells them in the order of the entries. */
function stimuliOf(entries: readonly TimelineEntry[], { stimuli }: Trace): readonly (Stimulus | undefined)[] {
  if (stimuli.length === entries.length && stimuli.every(({ entry }, index) => entry === entries[index]!.id)) return stimuli;
  const byEntry = new Map(stimuli.map((one) => [one.entry, one]));
  return entries.map(({ id }) => byEntry.get(id));
}

/** What hands do by the time of an entry, and the entry at which they were asked to. */
export function deedOf({ do: action, when }: TimelineEntry): { readonly deed: Deed; readonly asked: string } | null {
  return action.kind !== 'barrier' || action.deed === null || when.kind !== 'released' ? null : { deed: action.deed, asked: when.entry };
}

/** Between question and answer; where no answer came it may have been done all the same, or not. */
function byHand(entry: TimelineEntry, asked: string, stimulus: Stimulus | undefined, { stimuli, ended_us }: Trace): readonly Happening[] {
  const before = stimuli.find((one) => one.entry === asked);
  if (before === undefined || before.done_us === null) return [];
  const begin_us: Interval = [before.done_us, stimulus?.done_us ?? ended_us];
  return [{ entry, begin_us, end_us: begin_us, tolerance_us: before.uncertainty_us, hangsOn: null }];
}

export function executed(entries: readonly TimelineEntry[], trace: Trace): readonly Happening[] {
  const stimuli = stimuliOf(entries, trace);
  const happenings: Happening[] = [];
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!;
    const stimulus = stimuli[index];
    const hand = deedOf(entry);
    if (hand !== null) {
      happenings.push(...byHand(entry, hand.asked, stimulus, trace));
      continue;
    }
    if (stimulus === undefined || stimulus.done_us === null) continue;
    const { done_us, uncertainty_us: tolerance_us } = stimulus;
    const ended_us = stimulus.ended_us ?? done_us + lengthOf_us(entry.do);
    const begin_us: Interval = [done_us, done_us];
    const end_us: Interval = ended_us === done_us ? begin_us : [ended_us, ended_us];
    happenings.push({ entry, begin_us, end_us, tolerance_us, hangsOn: null });
  }
  return happenings;
}

export const lengthOf_us = (action: Action): number =>
  action.kind === 'ramp' ? action.over_us : action.kind === 'pulse' ? action.for_us : 0;

const along = ([a0, a1]: Interval, [b0, b1]: Interval, part: number): Interval => [a0 + (b0 - a0) * part, a1 + (b1 - a1) * part];

type Draft = Omit<Step, 'gap_us'>;

/** A ramp changes something for the unit only where it crosses a threshold; the value after a crossing is the first beyond it. */
function rampSteps(
  { entry, begin_us, end_us, tolerance_us }: Happening,
  action: Action & { kind: 'ramp' },
  numbers: Numbers,
): readonly Draft[] {
  const { signal, from_mV, to_mV } = action;
  const step = (at_us: Interval, mV: number, smooth = true): Draft => ({
    entry: entry.id,
    at_us,
    tolerance_us,
    smooth,
    changes: [{ signal, value: { mV } }],
  });
  const up = to_mV > from_mV;
  const crossed = thresholdsOf(signal, numbers).filter((mV) => (up ? mV > from_mV && mV <= to_mV : mV <= from_mV && mV > to_mV));
  const crossings = crossed
    .toSorted((a, b) => (up ? a - b : b - a))
    .map((mV) => step(along(begin_us, end_us, (mV - from_mV) / (to_mV - from_mV)), up ? mV : mV - 1));
  return [step(begin_us, from_mV, false), ...crossings, step(end_us, to_mV)];
}

const SAFE = new Map(DRIVE_SIGNALS.map((signal): [InputSignal, InputChange] => [signal, { signal, value: SAFE_DRIVES[signal] }]));

/** An entry among those that are known: its number, and the one it hangs on. */
interface Link {
  readonly order: number;
  readonly begin_us: number;
  readonly from: Link | null;
  readonly least_us: number;
}

/** Steps in order of earliest instant, for happenings that become known one after the other. Each pulse is two steps: there, and back to what was there before. */
export class StepList {
  readonly steps: Step[] = [];
  readonly #numbers: Numbers;
  readonly #values = new Map<InputSignal, InputChange>();
  readonly #byEntry = new Map<string, Link>();
  /** Of each step its entry. */
  readonly #links: Link[] = [];

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** Gives the number of the first step that is not as it was before. */
  add(happening: Happening): number {
    const { entry, begin_us, end_us, tolerance_us } = happening;
    const values = this.#values;
    const action = entry.do;
    const hand = deedOf(entry);
    const link = this.#link(happening);
    let first = this.steps.length;
    if (hand !== null) {
      const { deed, asked } = hand;
      // The question is what it comes after at the earliest, and so what windows count from.
      const changes = [{ signal: deed.end, value: deed.to }];
      first = Math.min(first, this.#insert(link, { entry: asked, at_us: begin_us, changes, smooth: false, tolerance_us }));
    } else if (action.kind === 'set') {
      first = Math.min(
        first,
        this.#insert(link, { entry: entry.id, at_us: begin_us, changes: action.changes, smooth: false, tolerance_us }),
      );
      for (const change of action.changes) values.set(change.signal, change);
    } else if (action.kind === 'ramp') {
      for (const step of rampSteps(happening, action, this.#numbers)) first = Math.min(first, this.#insert(link, step));
      values.set(action.signal, { signal: action.signal, value: { mV: action.to_mV } });
    } else if (action.kind === 'pulse') {
      const back = action.changes.map((change) => values.get(change.signal) ?? SAFE.get(change.signal) ?? change);
      const there = this.#insert(link, { entry: entry.id, at_us: begin_us, changes: action.changes, smooth: false, tolerance_us });
      first = Math.min(first, there, this.#insert(link, { entry: entry.id, at_us: end_us, changes: back, smooth: false, tolerance_us }));
    }
    return first;
  }

  #link({ entry, begin_us, hangsOn }: Happening): Link {
    const from = hangsOn === null ? null : (this.#byEntry.get(hangsOn.entry) ?? null);
    const link: Link = { order: this.#byEntry.size, begin_us: begin_us[0], from, least_us: hangsOn?.least_us ?? 0 };
    this.#byEntry.set(entry.id, link);
    return link;
  }

  /** Gives the number of the step. */
  #insert(link: Link, { entry, at_us, changes, smooth, tolerance_us }: Draft): number {
    const { steps } = this;
    const links = this.#links;
    const from_us = at_us[0];
    let at = steps.length;
    while (at > 0 && steps[at - 1]!.at_us[0] > from_us) at--;
    const gap_us = at === 0 ? 0 : leastGap_us(steps[at - 1]!.at_us, links[at - 1]!, at_us, link);
    const step: Step = { entry, at_us, changes, smooth, tolerance_us, gap_us };
    if (at === steps.length) {
      steps.push(step);
      links.push(link);
    } else {
      steps.splice(at, 0, step);
      links.splice(at, 0, link);
      const next = steps[at + 1]!;
      steps[at + 1] = { ...next, gap_us: leastGap_us(at_us, link, next.at_us, links[at + 1]!) };
    }
    return at;
  }
}

export function stepsOf(happenings: readonly Happening[], numbers: Numbers): readonly Step[] {
  const list = new StepList(numbers);
  for (const happening of happenings) list.add(happening);
  return list.steps;
}

/** From the step at `a_us` of one entry to that at `b_us` of another: known badly, they may still be a known time apart, because one hangs on the other. */
function leastGap_us(a_us: Interval, a: Link, b_us: Interval, b: Link): number {
  const apart_us = Math.max(0, b_us[0] - a_us[1]);
  let sum_us = b_us[0] - b.begin_us - (a_us[0] - a.begin_us);
  for (let link = b; link !== a; link = link.from) {
    // What an entry hangs on comes before it.
    if (link.from === null || link.order < a.order) return apart_us;
    sum_us += link.least_us;
  }
  return Math.max(sum_us, apart_us);
}

/** How long after its command a change has reached the unit. */
export function lag_us(from_mV: number, to_mV: number, thresholds: readonly number[], switched: boolean): number {
  let lag = switched ? POLE_SWITCH_MAX_us : 0;
  if (from_mV === to_mV) return lag;
  for (const mV of thresholds) if (from_mV < mV !== to_mV < mV) lag = Math.max(lag, Math.abs(mV - from_mV) / SUPPLY_SLEW_mV_per_us);
  return lag;
}
