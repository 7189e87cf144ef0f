/** What the bank words of a scenario do to the poles: the bank it starts with, changes at once, and the crossings of ramps. */

import { allOpen, changeBank, polesOf, startBank } from '../battery/bank.ts';
import type { Bank, BankValues } from '../battery/bank.ts';
import { rampBank, rampDuration_us } from '../battery/ramp.ts';
import type { PoleChange, RampTarget, RampTargets } from '../battery/ramp.ts';
import type { DriveChange } from '../contracts/timeline.ts';
import { MIN_SPACING_us, later, separation_us } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import { BANK_WORDS } from '../language/shape.ts';
import type { Given, Step } from '../language/shape.ts';
import type { CellsWord, RampWord, SetWord } from '../language/shape-stimuli.ts';
import { stepId } from './draft.ts';
import type { Draft } from './draft.ts';
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
}

/** A copy without the keys that have no value. */
const known = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

const valueOf = (word: SetWord | RampWord | undefined): number | undefined => (word?.kind === 'set' ? word.to : undefined);

const setValues = (cells: CellsWord | undefined, temperature_mC: number | undefined): Partial<BankValues> =>
  known({ lowest_mV: valueOf(cells?.lowest), highest_mV: valueOf(cells?.highest), temperature_mC });

const targetOf = (word: SetWord | RampWord | undefined): RampTarget | undefined =>
  word?.kind === 'ramp' ? { to: word.to, over_us: word.over_us } : undefined;

const rampTargets = ({ cells, temperature }: Step): RampTargets =>
  known({ lowest_mV: targetOf(cells?.lowest), highest_mV: targetOf(cells?.highest), temperature_mC: targetOf(temperature) });

const checkOrder = (draft: Draft, { values: { lowest_mV, highest_mV } }: Bank, path: Path): void => {
  if (lowest_mV <= highest_mV) return;
  const message = `the lowest cell (${lowest_mV / 1_000} V) is above the highest (${highest_mV / 1_000} V)`;
  draft.refuse('cells-order', path, message, 'give both: cells: { lowest: 2.9 V, highest: 3.4 V }');
};

const warnBrokenChain = (draft: Draft, path: Path): void => {
  const message = 'these words open all three poles at once, which the unit reads as a broken chain (R2)';
  draft.warn('reads-as-broken-chain', path, message, 'say pre-alarm hardware: false, or cable: broken if that is meant');
};

const opensByAlarm = (bank: Bank): boolean => bank.cable === 'connected' && allOpen(polesOf(bank));

/** The bank a scenario starts with. */
export const givenBank = (draft: Draft, { battery, cells, temperature, cable }: Given): Bank => {
  const settings = known({
    lowCell_mV: battery?.['low cell'],
    preAlarm_mV: battery?.['pre-alarm'],
    lowTemperature_mC: battery?.['low temperature'],
    preAlarmHardware: battery?.['pre-alarm hardware'],
  });
  const bank = startBank(settings, setValues(cells, temperature), cable);
  checkOrder(draft, bank, ['given', 'cells']);
  if (opensByAlarm(bank)) warnBrokenChain(draft, ['given']);
  return bank;
};

/** Crossings closer than the fixture can tell apart are one switching, at the last of them; those that close to the start belong to it. */
const joined = (crossings: readonly PoleChange[]): readonly PoleChange[] =>
  crossings
    .filter(({ at_us }, index) => (crossings[index + 1]?.at_us ?? Infinity) - at_us >= MIN_SPACING_us)
    .map((change) => (change.at_us < MIN_SPACING_us ? { ...change, at_us: 0 } : change));

/** Adds the crossings of a step's ramps as entries of their own; tells what changes at the step's instant. */
export const bankStep = (draft: Draft, before: Omit<BankStep, 'changes'>, step: Step, index: number, instant: Instant): BankStep => {
  const word = BANK_WORDS.find((each) => each !== 'battery' && step[each] !== undefined);
  if (word === undefined) return { ...before, changes: null };
  const path: Path = ['steps', index, word];
  if (before.ramp !== null && separation_us(before.ramp.over, instant)[0] < 0) {
    const message = `${stepLabel(draft.scenario, index)} changes the bank while the ramp of ${stepLabel(draft.scenario, before.ramp.step)} may still run`;
    draft.refuseKey('ramp-running', path, message, 'wait until it is over, or make it shorter');
  }
  const values = setValues(step.cells, valueOf(step.temperature));
  const start = changeBank(before.bank, { values, ...known({ cable: step.cable }) });
  const targets = rampTargets(step);
  const { changes: crossings, end } = rampBank(start, targets);
  const changes = joined(crossings);
  const atOnce = changes.find(({ at_us }) => at_us === 0);
  for (const [number, { at_us, poles }] of changes.filter((change) => change !== atOnce).entries()) {
    draft.add(
      `${stepId(draft.scenario, index)}.${number + 1}`,
      later(instant, at_us),
      { kind: 'set', changes: changesOfPoles(poles) },
      path,
    );
  }

  checkOrder(draft, start.values.lowest_mV > start.values.highest_mV ? start : end, path);
  const opens = start.cable === 'connected' && [polesOf(start), ...changes.map(({ poles }) => poles)].some(allOpen);
  if (opens && !opensByAlarm(before.bank)) warnBrokenChain(draft, path);
  const lasts_us = rampDuration_us(targets);
  return {
    changes: atOnce === undefined ? changesOfBank(start) : changesOfPoles(atOnce.poles),
    bank: end,
    ramp: lasts_us === 0 ? before.ramp : { step: index, over: later(instant, lasts_us) },
  };
};
