/** What the bank words of a scenario do to the poles: the bank it starts with, changes at once, and the crossings of ramps. */

import { allOpen, changeBank, polesOf, samePoles, startBank, valueAt } from '../battery/bank.ts';
import type { Assigned, Bank } from '../battery/bank.ts';
import { decisionsOf } from '../battery/decisions.ts';
import { rampBank, rampDuration_us } from '../battery/ramp.ts';
import type { PoleChange } from '../battery/ramp.ts';
import { CELL_RANGE_mV, TEMPERATURE_RANGE_mC } from '../battery/thresholds.ts';
import type { DriveChange } from '../contracts/timeline.ts';
import { MIN_SPACING_us, later, separation_us } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import { BANK_WORDS } from '../language/shape.ts';
import type { Given, Step } from '../language/shape.ts';
import { bankWords, checkOrder, isInOrder, sizeOf } from './bank-words.ts';
import type { BankWords } from './bank-words.ts';
import { stepId } from './draft.ts';
import { movesBank } from './idle.ts';
import type { Draft } from './draft.ts';
import { MOST_POINTS, noisePoints, pointCount } from './noise.ts';
import { changesOfBank, changesOfPoles } from './stimuli.ts';

/** The step whose ramp of the bank still runs, and when it is over. */
export interface RunningRamp {
  readonly step: number;
  readonly over: Instant;
}

/** What one step's bank words come to. */
export interface BankStep {
  /** Changes of the poles at the step's own instant; null where the step does not speak of the bank. */
  readonly changes: readonly DriveChange[] | null;
  /** The bank once the step's ramps are over. */
  readonly bank: Bank;
  readonly ramp: RunningRamp | null;
  /** Whether anything in the bank becomes another than it was; null where the step does not speak of it. */
  readonly moves: boolean | null;
}

/** A copy without the keys that have no value. */
const known = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

const warnBrokenChain = (draft: Draft, path: Path): void => {
  const message = 'these words open all three poles at once, which the unit reads as a broken chain (R2)';
  draft.warn('reads-as-broken-chain', path, message, 'say pre-alarm hardware: false, or cable: broken if that is meant');
};

const opensByAlarm = (bank: Bank): boolean => bank.cable === 'connected' && allOpen(polesOf(bank));

/** The bank a scenario starts with. */
export const givenBank = (draft: Draft, given: Given): Bank => {
  const { battery, cable } = given;
  const settings = known({
    lowCell_mV: battery?.['low cell'],
    preAlarm_mV: battery?.['pre-alarm'],
    lowTemperature_mC: battery?.['low temperature'],
    preAlarmHardware: battery?.['pre-alarm hardware'],
  });
  const bank = startBank(settings, bankWords(draft, given, ['given']).assigned, sizeOf(given), cable);
  checkOrder(draft, bank, ['given', 'cells']);
  if (opensByAlarm(bank)) warnBrokenChain(draft, ['given']);
  draft.decided.push(...decisionsOf(null, bank).map((one) => ({ ...one, entry: 'given' })));
  return bank;
};

/** Crossings closer than the fixture can tell apart are one switching, at the last of them; those that close to the start belong to it. */
const joined = (crossings: readonly PoleChange[]): readonly PoleChange[] =>
  crossings
    .filter(({ at_us }, index) => (crossings[index + 1]?.at_us ?? Infinity) - at_us >= MIN_SPACING_us)
    .map((change) => (change.at_us < MIN_SPACING_us ? { ...change, at_us: 0 } : change));

/** What the bank goes through in a step, counted from its instant, and where it ends. */
interface Course {
  readonly changes: readonly PoleChange[];
  readonly end: Bank;
}

/** Noise: the bank jumps from value to value; only what shows at the poles is a change. */
const noisy = (draft: Draft, start: Bank, { noises }: BankWords, step: string, path: Path): Course => {
  const streams = noises.flatMap(({ where, word }): readonly { readonly at_us: number; readonly assigned: Assigned }[] => {
    const from = valueAt(start, where);
    const { min, max } = where.cell === null ? TEMPERATURE_RANGE_mC : CELL_RANGE_mV;
    if (from - word.by < min || from + word.by > max)
      draft.refuse('out-of-range', path, 'this noise leaves the range of what is possible', 'make it smaller');
    if (pointCount(word) > MOST_POINTS)
      draft.refuse('too-many-steps', path, `this noise has more than ${MOST_POINTS} values`, 'a longer every:, or a shorter for:');
    const stream = `${step} ${where.battery}.${where.cell}`;
    return noisePoints(word, stream).map(({ at_us, off }) => ({ at_us, assigned: { where, to: from + off } }));
  });
  let bank = start;
  const changes: PoleChange[] = [];
  for (const [at_us, points] of [...Map.groupBy(streams, (point) => point.at_us)].toSorted(([a], [b]) => a - b)) {
    const next = changeBank(bank, { assigned: points.map(({ assigned }) => assigned) });
    if (!samePoles(polesOf(bank), polesOf(next))) changes.push({ at_us, poles: polesOf(next) });
    bank = next;
  }
  return { changes, end: bank };
};

const courseOf = (draft: Draft, start: Bank, words: BankWords, step: string, path: Path): Course => {
  if (words.noises.length === 0) return rampBank(start, words.targets);
  if (words.targets.length > 0)
    draft.refuse('not-alone', path, 'a step has noise of the bank or ramps of it', 'give each a step of its own');
  return noisy(draft, start, words, step, path);
};

/** Adds what the bank does in the course of a step as entries of their own; tells what changes at the step's instant. */
export const bankStep = (
  draft: Draft,
  before: Omit<BankStep, 'changes' | 'moves'>,
  step: Step,
  index: number,
  instant: Instant,
): BankStep => {
  const word = BANK_WORDS.find((each) => each !== 'battery' && each !== 'bank' && step[each] !== undefined);
  if (word === undefined) return { bank: before.bank, ramp: before.ramp, changes: null, moves: null };
  const path: Path = ['steps', index, word];
  if (before.ramp !== null && separation_us(before.ramp.over, instant)[0] < 0) {
    const message = `${stepLabel(draft.scenario, index)} changes the bank while the ramp of ${stepLabel(draft.scenario, before.ramp.step)} may still run`;
    draft.refuseKey('ramp-running', path, message, 'wait until it is over, or make it shorter');
  }
  const words = bankWords(draft, step, ['steps', index]);
  const start = changeBank(before.bank, { assigned: words.assigned, ...known({ cable: step.cable }) });
  const id = stepId(draft.scenario, index);
  const { changes: crossings, end } = courseOf(draft, start, words, id, path);
  draft.decided.push(...decisionsOf(before.bank, end).map((one) => ({ ...one, entry: id })));
  const changes = joined(crossings);
  const atOnce = changes.find(({ at_us }) => at_us === 0);
  for (const [number, { at_us, poles }] of changes.filter((change) => change !== atOnce).entries()) {
    draft.add(`${id}.${number + 1}`, later(instant, at_us), { kind: 'set', changes: changesOfPoles(poles) }, path);
  }

  checkOrder(draft, isInOrder(draft, start) ? end : start, path);
  const opens = start.cable === 'connected' && [polesOf(start), ...changes.map(({ poles }) => poles)].some(allOpen);
  if (opens && !opensByAlarm(before.bank)) warnBrokenChain(draft, path);
  const lasts_us = Math.max(rampDuration_us(words.targets), ...words.noises.map(({ word: { for_us } }) => for_us));
  return {
    changes: atOnce === undefined ? changesOfBank(start) : changesOfPoles(atOnce.poles),
    bank: end,
    ramp: lasts_us === 0 ? before.ramp : { step: index, over: later(instant, lasts_us) },
    moves: movesBank(before.bank, words, step.cable),
  };
};
