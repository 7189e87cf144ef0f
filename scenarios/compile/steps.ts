/** Walks through the steps with the state of every drive: each step becomes its entries, and what the state forbids is refused. */

import { allOpen, changeBank, polesOf, startBank } from '../battery/bank.ts';
import type { Bank } from '../battery/bank.ts';
import { rampBank, rampDuration_us } from '../battery/ramp.ts';
import type { RampTargets } from '../battery/ramp.ts';
import type { DriveChange } from '../contracts/timeline.ts';
import { GIVEN_REMOTE_us, USUAL_DELAY_us, USUAL_TIMEOUT_us, absolute, duration_us, drivesRemote, later, separation_us } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import { BANK_WORDS } from '../language/shape.ts';
import type { Given, Step } from '../language/shape.ts';
import type { CellsWord, RampWord, RemoteWord, SetWord } from '../language/shape-stimuli.ts';
import { Draft, stepId } from './draft.ts';
import type { DraftEntry } from './draft.ts';
import { changesOfBank, changesOfPoles, changesOfPolesWord, linkChange, terminalChanges } from './stimuli.ts';
import { SUPPLY_FLOOR_mV, supplyAction, terminalRamp } from './analog.ts';

/** Poles and link are set this long before the supply comes. */
export const GIVEN_us = -200_000;
export const USUAL_SUPPLY_mV = 12_800;
const LINK: RemoteWord = { link: 'closed', H: 'open', L: 'open' };

/** What the drives stand at before a step. */
export interface DriveStand {
  readonly supply_mV: number;
  readonly remote: RemoteWord;
  readonly bank: Bank;
  readonly poles: readonly DriveChange[];
  /** The step whose ramp of the bank still runs, and when it is over. */
  readonly bankRamp: { readonly step: number; readonly over: Instant } | null;
  readonly analogRamp: { readonly step: number; readonly over: Instant; readonly words: readonly string[] } | null;
}

const setValues = ({ cells, temperature }: { cells?: CellsWord | undefined; temperature?: number | undefined }) => {
  const of = (word: SetWord | RampWord | undefined): number | undefined => (word?.kind === 'set' ? word.to : undefined);
  const [lowest, highest] = [of(cells?.lowest), of(cells?.highest)];
  return {
    ...(lowest === undefined ? {} : { lowest_mV: lowest }),
    ...(highest === undefined ? {} : { highest_mV: highest }),
    ...(temperature === undefined ? {} : { temperature_mC: temperature }),
  };
};

const givenBank = ({ battery, cells, temperature, cable }: Given): Bank => {
  const settings = {
    ...(battery?.['low cell'] === undefined ? {} : { lowCell_mV: battery['low cell'] }),
    ...(battery?.['pre-alarm'] === undefined ? {} : { preAlarm_mV: battery['pre-alarm'] }),
    ...(battery?.['low temperature'] === undefined ? {} : { lowTemperature_mC: battery['low temperature'] }),
    ...(battery?.['pre-alarm hardware'] === undefined ? {} : { preAlarmHardware: battery['pre-alarm hardware'] }),
  };
  return startBank(settings, setValues({ cells, temperature }), cable);
};

const checkBank = (draft: Draft, bank: Bank, path: Path): void => {
  if (bank.values.lowest_mV > bank.values.highest_mV) {
    const message = `the lowest cell (${bank.values.lowest_mV / 1_000} V) is above the highest (${bank.values.highest_mV / 1_000} V)`;
    draft.refuse('cells-order', path, message, 'give both: cells: { lowest: 2.9 V, highest: 3.4 V }');
  }
};

const warnBrokenChain = (draft: Draft, path: Path): void =>
  draft.warn('reads-as-broken-chain', path, 'these words open all three poles at once, which the unit reads as a broken chain (R2)', 'say pre-alarm hardware: false, or cable: broken if that is meant');

/** The entries before the first step. */
export const givenEntries = (draft: Draft): DriveStand => {
  const { given } = draft.scenario;
  const bank = givenBank(given);
  const remote = given.remote ?? LINK;
  const supply_mV = given.supply ?? USUAL_SUPPLY_mV;
  const all: readonly DriveChange[] = changesOfPoles({ pole1: 'closed', pole3: 'closed', pole4: 'closed' });
  const named = given.poles === undefined ? changesOfBank(bank) : changesOfPolesWord(given.poles);
  const poles = all.map((change) => named.find(({ signal }) => signal === change.signal) ?? change);

  draft.add('given', absolute(GIVEN_us), { kind: 'set', changes: [...poles, linkChange(remote)] }, ['given']);
  draft.add('power', absolute(0), { kind: 'set', changes: [{ signal: 'supply', value: { mV: supply_mV } }] }, ['given', 'supply']);
  checkBank(draft, bank, ['given', 'cells']);
  if (bank.cable === 'connected' && allOpen(polesOf(bank))) warnBrokenChain(draft, ['given']);
  checkRemote(draft, remote, supply_mV, ['given', 'remote']);
  if (drivesRemote(given)) {
    for (const terminal of ['H', 'L'] as const) terminalRamp(draft, LINK, remote, terminal, ['given', 'remote']);
    draft.add('given-remote', absolute(GIVEN_REMOTE_us), { kind: 'set', changes: terminalChanges(remote) }, ['given', 'remote']);
  }
  return { supply_mV, remote: settled(remote), bank, poles, bankRamp: null, analogRamp: null };
};

/** Electrical limits of the remote drives (electrical.md, remote). */
const checkRemote = (draft: Draft, { link, H, L }: RemoteWord, supply_mV: number, path: Path): void => {
  if (link === 'closed' && H !== 'open' && L !== 'open') {
    draft.refuse('both-driven', path, 'with the link closed at most one of H and L is driven', 'open the link, or drive one terminal');
  }
  if ((H !== 'open' || L !== 'open') && supply_mV < SUPPLY_FLOOR_mV) {
    draft.refuse('remote-unpowered', path, `H and L are not driven below a supply of 8 V, it is ${supply_mV / 1_000} V here`, 'use link or off, or raise the supply first');
  }
};

const triggerOf = (given: Given, step: Step, index: number): DraftEntry['trigger'] => {
  if (step.after === undefined || step.at !== undefined || step.wait !== undefined) return null;
  const first = drivesRemote(given) ? 'given-remote' : 'power';
  return {
    kind: 'afterEdge',
    signal: step.after.signal,
    level: step.after.level,
    armedBy: index === 0 ? first : stepId(index - 1),
    delay_us: step.delay ?? USUAL_DELAY_us,
    timeout_us: step.timeout ?? USUAL_TIMEOUT_us,
  };
};

const bankTargets = ({ cells, temperature }: Step): RampTargets => {
  const target = (word: SetWord | RampWord | undefined) => (word?.kind === 'ramp' ? { to: word.to, over_us: word.over_us } : undefined);
  const [lowest_mV, highest_mV, temperature_mC] = [target(cells?.lowest), target(cells?.highest), target(temperature)];
  return {
    ...(lowest_mV === undefined ? {} : { lowest_mV }),
    ...(highest_mV === undefined ? {} : { highest_mV }),
    ...(temperature_mC === undefined ? {} : { temperature_mC }),
  };
};

/** Changes of the poles by one step's bank words: at once in the step's own entry, along ramps in entries of their own. */
const bankStep = (draft: Draft, stand: DriveStand, step: Step, index: number, instant: Instant): { changes: readonly DriveChange[]; bank: Bank; over: readonly DriveChange[] | null; ramp: DriveStand['bankRamp'] } => {
  const word = BANK_WORDS.find((each) => each !== 'battery' && step[each] !== undefined);
  if (word === undefined) return { changes: [], bank: stand.bank, over: null, ramp: stand.bankRamp };
  const path: Path = ['steps', index];
  if (stand.bankRamp !== null && separation_us(stand.bankRamp.over, instant)[0] < 0) {
    const message = `${stepLabel(draft.scenario, index)} changes the bank while the ramp of ${stepLabel(draft.scenario, stand.bankRamp.step)} may still run`;
    draft.refuseKey('ramp-running', [...path, word], message, 'wait until it is over, or make it shorter');
  }
  const temperature = step.temperature?.kind === 'set' ? step.temperature.to : undefined;
  const values = setValues({ cells: step.cells, temperature });
  const start = changeBank(stand.bank, { values, ...(step.cable === undefined ? {} : { cable: step.cable }) });
  const targets = bankTargets(step);
  const { changes, end } = rampBank(start, targets);
  const atOnce = changes.find(({ at_us }) => at_us === 0);
  for (const [number, { at_us, poles }] of changes.filter((change) => change !== atOnce).entries()) {
    draft.add(`${stepId(index)}.${number + 1}`, later(instant, at_us), { kind: 'set', changes: changesOfPoles(poles) }, [...path, word]);
  }
  checkBank(draft, start.values.lowest_mV > start.values.highest_mV ? start : end, [...path, word]);
  const opens = [polesOf(start), ...changes.map(({ poles }) => poles)].some(allOpen);
  if (start.cable === 'connected' && opens && !(stand.bank.cable === 'connected' && allOpen(polesOf(stand.bank)))) warnBrokenChain(draft, [...path, word]);
  const lasts_us = rampDuration_us(targets);
  const ramp = lasts_us === 0 ? stand.bankRamp : { step: index, over: later(instant, lasts_us) };
  return { changes: atOnce === undefined ? changesOfBank(start) : changesOfPoles(atOnce.poles), bank: end, over: changesOfBank(end), ramp };
};

/** Adds the entries of one step; returns what the drives stand at once it is over. */
export const stepEntries = (draft: Draft, stand: DriveStand, step: Step, index: number, instant: Instant): DriveStand => {
  const path: Path = ['steps', index];
  const trigger = triggerOf(draft.scenario.given, step, index);
  const own = trigger === null ? instant : { ...instant, base: index, offset_us: 0 };
  const bank = bankStep(draft, stand, step, index, own);
  const remote = step.remote ?? stand.remote;
  const supply = supplyAction(draft, stand, step, index);
  const ramps = (['H', 'L'] as const).flatMap((terminal) => (step.remote === undefined ? [] : terminalRamp(draft, stand.remote, step.remote, terminal, [...path, 'remote'])));
  const analog = [...supply.moving, ...ramps];
  checkRemote(draft, remote, supply.lowest_mV, step.remote === undefined ? [...path, 'supply'] : [...path, 'remote']);

  const moved = ['supply', 'remote'].filter((word) => step[word as 'supply' | 'remote'] !== undefined);
  if (stand.analogRamp !== null && separation_us(stand.analogRamp.over, own)[0] < 0) {
    const clash = moved.find((word) => stand.analogRamp?.words.includes(word));
    if (clash !== undefined) {
      const message = `${stepLabel(draft.scenario, index)} changes the ${clash} while ${stepLabel(draft.scenario, stand.analogRamp.step)} may still move it`;
      draft.refuseKey('ramp-running', [...path, clash], message, 'wait until it is over, or make it shorter');
    }
  }

  const poles = step.poles === undefined ? bank.changes : changesOfPolesWord(step.poles);
  const remoteChanges = step.remote === undefined ? [] : [linkChange(step.remote), ...terminalChanges(step.remote)];
  const changes = [...poles, ...remoteChanges, ...supply.changes];
  const moving = analog[0];
  // A terminal that ramps was driven before, so its link change is the only other one a remote ramp brings.
  const others = ramps.length > 0 ? changes.filter(({ signal }) => !signal.startsWith('remote')) : changes;
  if (analog.length > 1 || (moving !== undefined && others.length > 0)) {
    const word = supply.moving.length > 0 ? 'supply' : 'remote';
    draft.refuseKey('not-alone', [...path, word], 'a ramp or dip of the supply or the remote stands alone in its step', 'move the other words to a step of their own');
  }
  // A step that only marks an instant sets the poles to what they are.
  draft.add(stepId(index), own, moving ?? { kind: 'set', changes: changes.length === 0 ? stand.poles : changes }, path, trigger);
  const lasts_us = duration_us(step);
  return {
    supply_mV: supply.end_mV,
    remote: settled(remote),
    bank: bank.bank,
    poles: stand.poles.map((change) => (bank.over ?? poles).find(({ signal }) => signal === change.signal) ?? change),
    bankRamp: bank.ramp,
    analogRamp: moving === undefined || lasts_us === 0 ? stand.analogRamp : { step: index, over: later(own, lasts_us), words: supply.moving.length > 0 ? ['supply', 'remote'] : ['remote'] },
  };
};

const settled = (remote: RemoteWord): RemoteWord => {
  const end = <T extends string>(terminal: T | SetWord | RampWord): T | SetWord | RampWord =>
    typeof terminal === 'string' || terminal.kind === 'set' ? terminal : { kind: 'set', to: terminal.to };
  return { ...remote, H: end(remote.H), L: end(remote.L) };
};
