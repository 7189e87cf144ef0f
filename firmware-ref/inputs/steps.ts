/** When the drives change: entries, as executed or as planned, unrolled into single changes at instants known to an interval. */

import type { DriveChange, Action, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { DRIVE_SIGNALS, POLE_SWITCH_MAX_us, SUPPLY_SLEW_mV_per_us, type DriveSignal } from '../../scenarios/signals.ts';
import type { Numbers } from '../parameters.ts';
import { SAFE_DRIVES, thresholdsOf } from './inputs.ts';

export type Interval = readonly [earliest_us: number, latest_us: number];

/** Drive changes at one instant. The unit's terminals have followed at the latest `lag_us` after it. */
export interface Step {
  readonly entry: string;
  readonly at_us: Interval;
  readonly changes: readonly DriveChange[];
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

export function executed(entries: readonly TimelineEntry[], trace: Trace): readonly Happening[] {
  const stimuli = new Map(trace.stimuli.map((stimulus) => [stimulus.entry, stimulus]));
  const happenings: Happening[] = [];
  for (const entry of entries) {
    const stimulus = stimuli.get(entry.id);
    if (stimulus === undefined || stimulus.done_us === null) continue;
    const { done_us, uncertainty_us: tolerance_us } = stimulus;
    const ended_us = stimulus.ended_us ?? done_us + lengthOf_us(entry.do);
    happenings.push({ entry, begin_us: [done_us, done_us], end_us: [ended_us, ended_us], tolerance_us, hangsOn: null });
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

const SAFE = new Map(DRIVE_SIGNALS.map((signal): [DriveSignal, DriveChange] => [signal, { signal, value: SAFE_DRIVES[signal] }]));

/** Steps in order of earliest instant, for happenings that become known one after the other. Each pulse is two steps: there, and back to what was there before. */
export class StepList {
  readonly steps: Step[] = [];
  readonly #numbers: Numbers;
  readonly #values = new Map<DriveSignal, DriveChange>();
  readonly #byEntry = new Map<string, Happening>();

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  /** Gives the number of the first step that is not as it was before. */
  add(happening: Happening): number {
    const { entry, begin_us, end_us, tolerance_us } = happening;
    const values = this.#values;
    const action = entry.do;
    this.#byEntry.set(entry.id, happening);
    let first = this.steps.length;
    if (action.kind === 'set') {
      first = this.#insert({ entry: entry.id, at_us: begin_us, changes: action.changes, smooth: false, tolerance_us }, first);
      for (const change of action.changes) values.set(change.signal, change);
    } else if (action.kind === 'ramp') {
      for (const step of rampSteps(happening, action, this.#numbers)) first = this.#insert(step, first);
      values.set(action.signal, { signal: action.signal, value: { mV: action.to_mV } });
    } else if (action.kind === 'pulse') {
      const back = action.changes.map(({ signal }) => values.get(signal) ?? SAFE.get(signal)).filter((change) => change !== undefined);
      const common = { entry: entry.id, smooth: false, tolerance_us };
      first = this.#insert({ ...common, at_us: begin_us, changes: action.changes }, first);
      first = this.#insert({ ...common, at_us: end_us, changes: back }, first);
    }
    return first;
  }

  #insert(draft: Draft, first: number): number {
    const { steps } = this;
    const [from_us] = draft.at_us;
    let at = steps.length;
    while (at > 0 && steps[at - 1]!.at_us[0] > from_us) at--;
    const gapBehind = (before: Draft | undefined, step: Draft): number =>
      before === undefined ? 0 : leastGap_us(this.#byEntry, before, step);
    const step: Step = { ...draft, gap_us: gapBehind(steps[at - 1], draft) };
    steps.splice(at, 0, step);
    const next = steps[at + 1];
    if (next !== undefined) steps[at + 1] = { ...next, gap_us: gapBehind(step, next) };
    return Math.min(first, at);
  }
}

export function stepsOf(happenings: readonly Happening[], numbers: Numbers): readonly Step[] {
  const list = new StepList(numbers);
  for (const happening of happenings) list.add(happening);
  return list.steps;
}

/** Two steps whose instants are known badly may still be a known time apart, because one hangs on the other. */
function leastGap_us(happenings: ReadonlyMap<string, Happening>, a: Draft, b: Draft): number {
  const offset = (step: Draft): number => step.at_us[0] - (happenings.get(step.entry)?.begin_us[0] ?? 0);
  let sum_us = offset(b) - offset(a);
  for (let entry = b.entry; entry !== a.entry;) {
    const hangsOn = happenings.get(entry)?.hangsOn;
    if (hangsOn === null || hangsOn === undefined) return Math.max(0, b.at_us[0] - a.at_us[1]);
    sum_us += hangsOn.least_us;
    entry = hangsOn.entry;
  }
  return Math.max(0, sum_us, b.at_us[0] - a.at_us[1]);
}

/** How long after its command a change has reached the unit. */
export function lag_us(from_mV: number, to_mV: number, thresholds: readonly number[], switched: boolean): number {
  const crossed = thresholds.filter((mV) => from_mV < mV !== to_mV < mV).map((mV) => Math.abs(mV - from_mV) / SUPPLY_SLEW_mV_per_us);
  return Math.max(switched ? POLE_SWITCH_MAX_us : 0, ...crossed);
}
