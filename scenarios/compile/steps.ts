/** Walks through the steps with the state of every drive: each step becomes its entries, and what the state forbids is refused. */

import type { Action, DriveChange } from '../contracts/timeline.ts';
import {
  GIVEN_REMOTE_us,
  USUAL_DELAY_us,
  USUAL_TIMEOUT_us,
  absolute,
  drivesRemote,
  duration_us,
  isRepetition,
  later,
  separation_us,
} from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import type { RemoteWord } from '../language/shape-stimuli.ts';
import { SUPPLY_FLOOR_mV, supplyAction, terminalRamps } from './analog.ts';
import { bankStep, givenBank } from './bank-steps.ts';
import type { BankStep, RunningRamp } from './bank-steps.ts';
import { stepId } from './draft.ts';
import type { Draft, DraftEntry } from './draft.ts';
import { changesOfBank, changesOfPolesWord, drivesTerminal, linkChange, settled, terminalChanges, withChanges } from './stimuli.ts';

/** Poles and link are set this long before the supply comes. */
export const GIVEN_us = -200_000;
export const USUAL_SUPPLY_mV = 12_800;
const LINK: RemoteWord = { link: 'closed', H: 'open', L: 'open' };

/** What the drives stand at before a step. */
export interface DriveStand extends Omit<BankStep, 'changes'> {
  readonly supply_mV: number;
  readonly remote: RemoteWord;
  /** All three poles as last set. */
  readonly poles: readonly DriveChange[];
  /** The step whose ramp or dip of a drive may still run, and the words it forbids meanwhile. */
  readonly analogRamp: (RunningRamp & { readonly words: readonly AnalogWord[] }) | null;
}
type AnalogWord = 'supply' | 'remote';

/** The entries before the first step. */
export const givenEntries = (draft: Draft): DriveStand => {
  const { given } = draft.scenario;
  const bank = givenBank(draft, given);
  const remote = given.remote ?? LINK;
  const supply_mV = given.supply ?? USUAL_SUPPLY_mV;
  const poles = withChanges(changesOfBank(bank), given.poles === undefined ? [] : changesOfPolesWord(given.poles));

  draft.add('given', absolute(GIVEN_us), { kind: 'set', changes: [...poles, linkChange(remote)] }, ['given']);
  draft.add('power', absolute(0), { kind: 'set', changes: [{ signal: 'supply', value: { mV: supply_mV } }] }, ['given', 'supply']);
  checkRemote(draft, remote, supply_mV, ['given', 'remote']);
  if (drivesRemote(given)) {
    // Nothing is driven before, so any ramp here is refused for having no start.
    terminalRamps(draft, LINK, remote, ['given', 'remote']);
    draft.add('given-remote', absolute(GIVEN_REMOTE_us), { kind: 'set', changes: terminalChanges(remote) }, ['given', 'remote']);
  }
  return { supply_mV, remote: settled(remote), bank, poles, ramp: null, analogRamp: null };
};

/** Electrical limits of the remote drives (ELECTRICS.md, "Remote"). */
const checkRemote = (draft: Draft, remote: RemoteWord, supply_mV: number, path: Path): void => {
  if (remote.link === 'closed' && remote.H !== 'open' && remote.L !== 'open') {
    draft.refuse('both-driven', path, 'with the link closed at most one of H and L is driven', 'open the link, or drive one terminal');
  }
  if (drivesTerminal(remote) && supply_mV < SUPPLY_FLOOR_mV) {
    const message = `H and L are not driven below a supply of 8 V, it is ${supply_mV / 1_000} V here`;
    draft.refuse('remote-unpowered', path, message, 'use link or off, or raise the supply first');
  }
};

const triggerOf = ({ scenario }: Draft, step: Step, index: number): DraftEntry['trigger'] => {
  if (step.after === undefined || step.at !== undefined || step.wait !== undefined || isRepetition(step)) return null;
  const first = drivesRemote(scenario.given) ? 'given-remote' : 'power';
  return {
    kind: 'afterEdge',
    signal: step.after.signal,
    level: step.after.level,
    armedBy: index === 0 ? first : stepId(scenario, index - 1),
    delay_us: step.delay ?? USUAL_DELAY_us,
    timeout_us: step.timeout ?? USUAL_TIMEOUT_us,
  };
};

/** Refuses a word whose drive an earlier ramp or dip may still move. */
const checkRunning = (draft: Draft, { analogRamp }: DriveStand, step: Step, index: number, instant: Instant): void => {
  const clash = analogRamp?.words.find((word) => step[word] !== undefined);
  if (analogRamp === null || clash === undefined || separation_us(analogRamp.over, instant)[0] >= 0) return;
  const message = `${stepLabel(draft.scenario, index)} changes the ${clash} while ${stepLabel(draft.scenario, analogRamp.step)} may still move it`;
  draft.refuseKey('ramp-running', ['steps', index, clash], message, 'wait until it is over, or make it shorter');
};

/** The action of a step's own entry: all its changes in one tick, or the one ramp or dip that stands alone. */
const ownAction = (
  draft: Draft,
  path: Path,
  changes: readonly DriveChange[],
  supplyMoves: readonly Action[],
  ramps: readonly Action[],
): Action => {
  const moves = [...supplyMoves, ...ramps];
  // A terminal that ramps was driven before: the remote changes beside it repeat what is.
  const others = ramps.length > 0 ? changes.filter(({ signal }) => !signal.startsWith('remote')) : changes;
  if (moves.length > 1 || (moves.length === 1 && others.length > 0)) {
    const word = supplyMoves.length > 0 ? 'supply' : 'remote';
    draft.refuseKey(
      'not-alone',
      [...path, word],
      'a ramp or dip of the supply or the remote stands alone in its step',
      'move the other words to a step of their own',
    );
  }
  return moves[0] ?? { kind: 'set', changes };
};

/** Adds the entries of one step; returns what the drives stand at once it is over. */
export const stepEntries = (draft: Draft, stand: DriveStand, step: Step, index: number, instant: Instant): DriveStand => {
  const path: Path = ['steps', index];
  const { changes: bankChanges, bank, ramp } = bankStep(draft, stand, step, index, instant);
  const supply = supplyAction(draft, stand, step, index);
  const remote = step.remote ?? stand.remote;
  const ramps = terminalRamps(draft, stand.remote, remote, [...path, 'remote']);
  // A terminal driven from this step on is so before the supply of this step has come.
  const least_mV = drivesTerminal(remote) && !drivesTerminal(stand.remote) ? Math.min(stand.supply_mV, supply.lowest_mV) : supply.lowest_mV;
  checkRemote(draft, remote, least_mV, [...path, step.remote === undefined ? 'supply' : 'remote']);
  checkRunning(draft, stand, step, index, instant);

  const poleChanges = step.poles === undefined ? (bankChanges ?? []) : changesOfPolesWord(step.poles);
  const remoteChanges = step.remote === undefined ? [] : [linkChange(step.remote), ...terminalChanges(step.remote)];
  const changes = [...poleChanges, ...remoteChanges, ...supply.changes];
  // A step that only marks an instant sets the poles to what they are.
  const marks = changes.length + supply.moving.length + ramps.length === 0;
  draft.add(
    stepId(draft.scenario, index),
    instant,
    ownAction(draft, path, marks ? stand.poles : changes, supply.moving, ramps),
    path,
    triggerOf(draft, step, index),
  );

  const moves = supply.moving.length + ramps.length > 0;
  return {
    supply_mV: supply.end_mV,
    remote: settled(remote),
    bank,
    poles: withChanges(stand.poles, bankChanges === null ? poleChanges : changesOfBank(bank)),
    ramp,
    analogRamp: moves
      ? // While the supply moves, whether the remote may be driven is open as well.
        { step: index, over: later(instant, duration_us(step)), words: supply.moving.length > 0 ? ['supply', 'remote'] : ['remote'] }
      : stand.analogRamp,
  };
};
