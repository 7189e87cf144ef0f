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
} from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import type { Path } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import type { RemoteWord } from '../language/shape-stimuli.ts';
import { supplyAction, terminalMoves } from './analog.ts';
import type { DrivePoint } from './analog.ts';
import { bankStep, givenBank } from './bank-steps.ts';
import { stepId } from './draft.ts';
import type { Draft, DraftEntry } from './draft.ts';
import { isIdle } from './idle.ts';
import { pulseEntries } from './pulses.ts';
import { questionEntries } from './questions.ts';
import { checkRemote, checkRemoteOf, checkRunning, withRunning } from './stand.ts';
import type { DriveStand, RunningWord } from './stand.ts';
import { changesOfBank, changesOfPolesWord, linkChange, settled, terminalChanges, withChanges } from './stimuli.ts';

/** Poles and link are set this long before the supply comes. */
export const GIVEN_us = -200_000;
export const USUAL_SUPPLY_mV = 12_800;
const LINK: RemoteWord = { link: 'closed', H: 'open', L: 'open' };

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
    // Nothing is driven before, so whatever moves here is refused for having no start.
    terminalMoves(draft, LINK, remote, { step: 'given', path: ['given', 'remote'] });
    draft.add('given-remote', absolute(GIVEN_REMOTE_us), { kind: 'set', changes: terminalChanges(remote) }, ['given', 'remote']);
  }
  return { supply_mV, remote: settled(LINK, remote), bank, poles, ramp: null, running: [] };
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

/** Noise beside the first value: one entry each. */
const addPoints = (draft: Draft, id: string, instant: Instant, points: readonly DrivePoint[], path: Path): void => {
  for (const [number, { at_us, change }] of points.entries())
    draft.add(`${id}.${change.signal}-${number + 1}`, later(instant, at_us), { kind: 'set', changes: [change] }, path);
};

/** A step whose changes last. */
const lastingEntries = (draft: Draft, stand: DriveStand, step: Step, index: number, instant: Instant): DriveStand => {
  const path: Path = ['steps', index];
  const id = stepId(draft.scenario, index);
  const { changes: bankChanges, bank, ramp, moves: movesOfBank } = bankStep(draft, stand, step, index, instant);
  const supply = supplyAction(draft, stand, step, index);
  const remote = step.remote ?? stand.remote;
  const { ramps, points } = terminalMoves(draft, stand.remote, remote, { step: id, path: [...path, 'remote'] });
  const [first, ...following] = points;
  checkRemoteOf(draft, stand, step, supply.lowest_mV, path);
  if (isIdle(stand, step, movesOfBank)) draft.idle.add(index);

  const poleChanges = step.poles === undefined ? (bankChanges ?? []) : changesOfPolesWord(step.poles);
  const remoteChanges = step.remote === undefined ? [] : [linkChange(step.remote), ...terminalChanges(step.remote)];
  const changes = [...poleChanges, ...remoteChanges, ...(first === undefined ? [] : [first.change]), ...supply.changes];
  // A step that only marks an instant sets the poles to what they are.
  const marks = changes.length + supply.moving.length + ramps.length === 0;
  const action = ownAction(draft, path, marks ? stand.poles : changes, supply.moving, ramps);
  draft.add(id, instant, action, path, triggerOf(draft, step, index));
  addPoints(draft, id, instant, supply.points, [...path, 'supply']);
  addPoints(draft, id, instant, following, [...path, 'remote']);

  const moves = supply.moving.length + supply.points.length;
  const words: readonly RunningWord[] = moves > 0 ? ['supply', 'remote'] : ramps.length + points.length > 0 ? ['remote'] : [];
  return {
    supply_mV: supply.end_mV,
    remote: settled(stand.remote, remote),
    bank,
    poles: withChanges(stand.poles, bankChanges === null ? poleChanges : changesOfBank(bank)),
    ramp,
    // While the supply moves, whether the remote may be driven is open as well.
    running: withRunning(stand.running, { step: index, over: later(instant, duration_us(step)), words }),
  };
};

/** Adds the entries of one step; returns what the drives stand at once it is over. */
export const stepEntries = (
  draft: Draft,
  stand: DriveStand,
  step: Step,
  index: number,
  instant: Instant,
  instants: readonly Instant[],
): DriveStand => {
  if (step.ask !== undefined) {
    questionEntries(draft, stand, step, index, instants, triggerOf(draft, step, index));
    return stand;
  }
  checkRunning(draft, stand, step, index, instant);
  if (step.for === undefined && step.sink === undefined && step.short === undefined)
    return lastingEntries(draft, stand, step, index, instant);
  return pulseEntries(draft, stand, step, { index, instant, trigger: triggerOf(draft, step, index) });
};
