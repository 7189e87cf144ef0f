/** The inputs over time as the rules see them: a list of states, each with the interval in which it began and the instant by which it has been seen. */

import type { CauseRef } from '../../scenarios/contracts/prediction.ts';
import type { Numbers } from '../parameters.ts';
import { faceOf } from './face.ts';
import { inputsOf, isUnseen, SAFE_SURROUNDINGS, thresholdsOf, type Inputs, type InputSignal, type Surroundings } from './inputs.ts';
import { between, changedBits, POLE_BITS, REMOTE_BIT } from './orders.ts';
import type { Since } from './since.ts';
import { lag_us, type Interval, type Step } from './steps.ts';

/**
 * `steady`: the rules ask for levels. `between`: passed through within the skew of one write, seen or missed (R1). `free`: anything (R14).
 * `off`: nothing high (R14). `resume`: full supply is back or new and nothing has moved yet; `restart`: as if switched on afresh (R14, R15).
 */
export type SegmentKind = 'steady' | 'between' | 'free' | 'off' | 'resume' | 'restart';

export interface Segment {
  readonly index: number;
  readonly kind: SegmentKind;
  readonly inputs: Inputs;
  readonly from_us: Interval;
  /** By then this state, or a later one, has been seen (R16, R15). */
  readonly due_us: number;
  /** How long the unit, and the switches before it, may take to see this state. */
  readonly lag_us: number;
  /** Stamp error of `from_us`, one side: used to pair, never to judge. */
  readonly tolerance_us: number;
  /** The supply was away for so long that no hidden state is left. */
  readonly lost: boolean;
  /** What began it, null before the first entry; and the instant of that, from which windows count. */
  readonly cause: CauseRef | null;
  readonly cause_us: number;
  /** Of a `between`: which inputs of its write have changed, as bits, and the write. */
  readonly changed: number;
  readonly write: number;
  /** Where pole 1 is open: when it opened, and by which entry. */
  readonly pole1_us: Interval;
  readonly pole1Entry: string | null;
  /** It begins at least this long after the segment before. */
  readonly gap_us: number;
  /** LOAD as observed or predicted: only the blue LED reads it. */
  readonly load: boolean;
  /** Its number as the rules see it: see `faceOf`. */
  readonly face: number;
  /** A second cause, which bounds `from_us` where the first does not: of the blue LED, what LOAD's own edge came from. */
  readonly since: Since | null;
}

/** Every segment is made here, with its fields in one order: what reads many of them then finds each where it was in the one before. */
export const segmentOf = (one: Omit<Segment, 'face'>): Segment => ({
  index: one.index,
  kind: one.kind,
  inputs: one.inputs,
  from_us: one.from_us,
  due_us: one.due_us,
  lag_us: one.lag_us,
  tolerance_us: one.tolerance_us,
  lost: one.lost,
  cause: one.cause,
  cause_us: one.cause_us,
  changed: one.changed,
  write: one.write,
  pole1_us: one.pole1_us,
  pole1Entry: one.pole1Entry,
  gap_us: one.gap_us,
  load: one.load,
  since: one.since,
  face: faceOf(one),
});

type Draft = Pick<Segment, 'kind' | 'inputs' | 'from_us' | 'due_us' | 'tolerance_us' | 'cause'> &
  Partial<Pick<Segment, 'cause_us' | 'changed'>>;

export class SegmentList {
  readonly segments: Segment[] = [];
  readonly #numbers: Numbers;
  readonly #thresholds: readonly number[];
  #drives: Surroundings = SAFE_SURROUNDINGS;
  #inputs: Inputs;
  #pole1: { at_us: Interval; entry: string | null } = { at_us: [-Infinity, -Infinity], entry: null };
  /** When the supply went below 6.5 V, while it is there. */
  #low: { from_us: Interval; cause: CauseRef | null; tolerance_us: number } | null = {
    from_us: [-Infinity, -Infinity],
    cause: null,
    tolerance_us: 0,
  };
  #lost = true;
  #startDue_us = -Infinity;
  #previous: { drives: Surroundings; settled_us: number } | null = null;
  #gap_us = 0;
  #lag_us = 0;
  #write = 0;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
    this.#thresholds = thresholdsOf('supply', numbers);
    const inputs = inputsOf(SAFE_SURROUNDINGS, numbers);
    this.#inputs = inputs;
    // Before its first supply the unit cannot have anything high.
    this.#push({ kind: 'off', inputs, from_us: [-Infinity, -Infinity], due_us: -Infinity, tolerance_us: 0, cause: null });
  }

  add(step: Step): void {
    const numbers = this.#numbers;
    const before = this.#drives;
    const drives = withChanges(before, step.changes);
    const switched = step.changes.some(({ signal }) => signal !== 'supply');
    const lag = step.smooth ? 0 : lag_us(mVOf(before), mVOf(drives), this.#thresholds, switched);
    const from_us: Interval = [step.at_us[0], step.at_us[1] + lag];
    this.passSupplyLost(from_us[0]);
    this.#lag_us = lag;
    this.#gap_us += step.gap_us;
    if (drives === before) return;
    this.#drives = drives;
    const was = this.#inputs;
    const is = inputsOf(drives, numbers);
    if (!changed(was, is)) return;
    this.#inputs = is;
    if (is.pole1Open && !was.pole1Open) this.#pole1 = { at_us: from_us, entry: step.entry };
    const base = { inputs: is, from_us, tolerance_us: step.tolerance_us, cause: { kind: 'entry', entry: step.entry } as const };
    if (is.zone !== was.zone) this.#enterZone(was, base);
    else if (is.zone === 'full') this.#change(before, was, base, step);
    this.#previous = { drives: before, settled_us: step.at_us[0] + lag };
  }

  /** R14: below 6.5 V for a second everything is off and the state is lost. Call it with each instant that is reached. */
  passSupplyLost(at_us: number): void {
    const low = this.#low;
    const wait = this.#numbers.supplyLost_us;
    if (low === null || !this.losesSupplyBy(at_us)) return;
    this.#lost = true;
    const inputs = inputsOf(this.#drives, this.#numbers);
    const from_us: Interval = [low.from_us[0] + wait, low.from_us[1] + wait];
    this.#push({
      kind: inputs.zone === 'low' ? 'off' : 'free',
      inputs,
      from_us,
      due_us: from_us[1],
      tolerance_us: low.tolerance_us,
      cause: low.cause,
      cause_us: low.from_us[0],
    });
  }

  /** What `passSupplyLost` would add, where the list is to stay as it is. */
  lostBy(at_us: number): readonly Segment[] {
    const length = this.segments.length;
    const gap_us = this.#gap_us;
    const lost = this.#lost;
    this.passSupplyLost(at_us);
    [this.#gap_us, this.#lost] = [gap_us, lost];
    return this.segments.splice(length);
  }

  losesSupplyBy(at_us: number): boolean {
    return this.#low !== null && !this.#lost && at_us >= this.#low.from_us[1] + this.#numbers.supplyLost_us;
  }

  #enterZone(was: Inputs, base: Pick<Draft, 'inputs' | 'from_us' | 'tolerance_us' | 'cause'>): void {
    const { from_us, inputs } = base;
    const low = inputs.zone === 'low' || inputs.zone === 'unjudged';
    if (low) this.#low ??= base;
    else this.#low = null;
    if (inputs.zone === 'full') {
      this.#startDue_us = from_us[1] + this.#numbers.startUp_us;
      this.#push({ ...base, kind: 'resume', due_us: from_us[1] });
      this.#push({ ...base, kind: 'restart', due_us: this.#startDue_us });
      this.#push({ ...base, kind: 'steady', due_us: this.#startDue_us });
      this.#lost = false;
      return;
    }
    const off = inputs.zone === 'low' && this.#lost;
    this.#push({ ...base, kind: off ? 'off' : 'free', due_us: was.zone === 'full' ? from_us[1] + this.#numbers.reaction_us : from_us[1] });
  }

  #change(before: Surroundings, was: Inputs, base: Pick<Draft, 'inputs' | 'from_us' | 'tolerance_us' | 'cause'>, step: Step): void {
    const due_us = Math.max(base.from_us[1] + this.#numbers.reaction_us, this.#startDue_us);
    this.#write++;
    const previous = this.#previous;
    if (previous !== null && base.from_us[0] < previous.settled_us) {
      // Two writes so near that the switches may have followed in the other order.
      const own = step.changes.filter(({ signal, value }) => before[signal] !== value);
      const drives = withChanges(previous.drives, own);
      const inputs = inputsOf(drives, this.#numbers);
      if (inputs.zone === 'full' && changed(was, inputs) && changed(base.inputs, inputs))
        this.#push({ ...base, kind: 'between', inputs, due_us });
    }
    this.#overtaken(was, base, due_us);
    for (const { inputs, bits } of between(was, base.inputs)) this.#push({ ...base, kind: 'between', inputs, due_us, changed: bits });
    this.#push({ ...base, kind: 'steady', due_us, changed: changedBits(was, base.inputs) });
  }

  /**
   * Remote and poles reach the unit on different ways, each with a reaction of its own (R16): a change of one may be seen before the change of the
   * other that came just before it, so that for a moment the unit sees a state that never was.
   */
  #overtaken(was: Inputs, base: Pick<Draft, 'inputs' | 'from_us' | 'tolerance_us' | 'cause'>, due_us: number): void {
    const previous = this.#previous;
    if (previous === null || previous.settled_us + this.#numbers.reaction_us <= base.from_us[0]) return;
    const bits = changedBits(was, base.inputs);
    const polesChanged = (bits & POLE_BITS) !== 0;
    const remoteChanged = (bits & REMOTE_BIT) !== 0;
    if (polesChanged === remoteChanged) return;
    const late: readonly InputSignal[] = polesChanged ? REMOTE_DRIVES : POLE_DRIVES;
    const { drives } = previous;
    if (late.every((name) => drives[name] === this.#drives[name])) return;
    const own = late.map((signal) => ({ signal, value: drives[signal] }));
    const inputs = inputsOf(withChanges(this.#drives, own), this.#numbers);
    if (inputs.zone === 'full' && changed(was, inputs) && changed(base.inputs, inputs)) {
      this.#push({ ...base, kind: 'between', inputs, due_us });
      this.#write++;
    }
  }

  #push({ kind, inputs, from_us, due_us, tolerance_us, cause, cause_us = from_us[0], changed: bits = 0 }: Draft): void {
    const lost = this.#lost;
    const { at_us: pole1_us, entry: pole1Entry } = this.#pole1;
    const made = segmentOf({
      index: this.segments.length,
      kind,
      inputs,
      from_us,
      due_us,
      lag_us: this.#lag_us + due_us - from_us[1],
      tolerance_us,
      lost,
      cause,
      cause_us,
      changed: bits,
      write: this.#write,
      pole1_us,
      pole1Entry,
      gap_us: this.#gap_us,
      load: false,
      since: null,
    });
    this.segments.push(made);
    this.#gap_us = 0;
  }
}

const REMOTE_DRIVES = ['remoteLink', 'remoteH', 'remoteL'] as const;
const POLE_DRIVES = ['pole1', 'pole3', 'pole4', 'male', 'female'] as const;

/** The same drives where the unit sees nothing of the change. */
function withChanges(before: Surroundings, changes: Step['changes']): Surroundings {
  let drives: Record<string, Surroundings[InputSignal]> | null = null;
  for (const { signal, value } of changes) {
    if (before[signal] === value || isUnseen(signal)) continue;
    drives ??= { ...before };
    drives[signal] = value;
  }
  return drives === null ? before : (drives as Surroundings);
}

const mVOf = ({ supply }: Surroundings): number => (typeof supply === 'object' ? supply.mV : 0);

const changed = (a: Inputs, b: Inputs): boolean => a.zone !== b.zone || changedBits(a, b) !== 0 || a.chargerShorted !== b.chargerShorted;

/** All segments of a case that lasts until `end_us`. */
export function segmentsOf(steps: readonly Step[], end_us: number, numbers: Numbers): readonly Segment[] {
  const list = new SegmentList(numbers);
  for (const step of steps) list.add(step);
  list.passSupplyLost(end_us);
  return inOrderOfDue(list.segments);
}

/** A later state that has to be seen at once leaves no time for those before it. */
export function inOrderOfDue(segments: readonly Segment[]): readonly Segment[] {
  const ordered = [...segments];
  for (let index = ordered.length - 2; index >= 0; index--) {
    const { due_us } = ordered[index + 1]!;
    if (due_us < ordered[index]!.due_us) ordered[index] = segmentOf({ ...ordered[index]!, due_us });
  }
  return ordered;
}
