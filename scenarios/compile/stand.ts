/** What every drive stands at between steps, what may still move it, and what must not be asked of it then. */

import type { DriveChange } from '../contracts/timeline.ts';
import { separation_us } from '../language/instants.ts';
import type { Instant } from '../language/instants.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Path } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import type { RemoteWord } from '../language/shape-stimuli.ts';
import type { BankStep, RunningRamp } from './bank-steps.ts';
import type { Draft } from './draft.ts';
import { drivesTerminal } from './stimuli.ts';

/** H and L are not driven below this supply (ELECTRICS.md, "Remote"). */
const SUPPLY_FLOOR_mV = 8_000;

export const RUNNING_WORDS = ['supply', 'remote', 'cells', 'temperature', 'cable', 'poles', 'sink', 'short'] as const;
export type RunningWord = (typeof RUNNING_WORDS)[number];

/** A step whose ramp, pulse or noise may still run, and the words it forbids meanwhile. */
export type Running = RunningRamp & { readonly words: readonly RunningWord[] };

/** What the drives stand at before a step. */
export interface DriveStand extends Omit<BankStep, 'changes' | 'moves'> {
  readonly supply_mV: number;
  readonly remote: RemoteWord;
  /** All three poles as last set. */
  readonly poles: readonly DriveChange[];
  readonly running: readonly Running[];
}

export const withRunning = (running: readonly Running[], one: Running): readonly Running[] =>
  one.words.length === 0 ? running : [...running, one];

/** Refuses a word whose drive an earlier ramp, pulse or noise may still move. */
export const checkRunning = (draft: Draft, { running }: DriveStand, step: Step, index: number, instant: Instant): void => {
  for (const { step: earlier, over, words } of running) {
    const clash = words.find((word) => step[word] !== undefined);
    if (clash === undefined || separation_us(over, instant)[0] >= 0) continue;
    const message = `${stepLabel(draft.scenario, index)} changes the ${clash} while ${stepLabel(draft.scenario, earlier)} may still move it`;
    draft.refuseKey('ramp-running', ['steps', index, clash], message, 'wait until it is over, or make it shorter');
    return;
  }
};

/** Refuses a wait for a person while something is still moving: it is to be a state in which the unit can stay. */
export const checkQuiet = (draft: Draft, { running, ramp }: DriveStand, index: number, instant: Instant): void => {
  const moving = [...running, ...(ramp === null ? [] : [ramp])].find(({ over }) => separation_us(over, instant)[0] < 0);
  if (moving === undefined) return;
  const message = `${stepLabel(draft.scenario, index)} waits for a person while ${stepLabel(draft.scenario, moving.step)} may still run`;
  draft.refuseKey('ramp-running', ['steps', index, 'ask'], message, 'wait until it is over');
};

/** Electrical limits of the remote drives (ELECTRICS.md, "Remote"). */
export const checkRemote = (draft: Draft, remote: RemoteWord, supply_mV: number, path: Path): void => {
  if (remote.link === 'closed' && remote.H !== 'open' && remote.L !== 'open') {
    draft.refuse('both-driven', path, 'with the link closed at most one of H and L is driven', 'open the link, or drive one terminal');
  }
  if (drivesTerminal(remote) && supply_mV < SUPPLY_FLOOR_mV) {
    const message = `H and L are not driven below a supply of 8 V, it is ${supply_mV / 1_000} V here`;
    draft.refuse('remote-unpowered', path, message, 'use link or off, or raise the supply first');
  }
};

/** The same for a step whose supply is `lowest_mV` at the lowest. */
export const checkRemoteOf = (draft: Draft, stand: DriveStand, step: Step, lowest_mV: number, path: Path): void => {
  const remote = step.remote ?? stand.remote;
  // A terminal driven from this step on is so before the supply of this step has come.
  const least_mV = drivesTerminal(remote) && !drivesTerminal(stand.remote) ? Math.min(stand.supply_mV, lowest_mV) : lowest_mV;
  checkRemote(draft, remote, least_mV, [...path, step.remote === undefined ? 'supply' : 'remote']);
};
