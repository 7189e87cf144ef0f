/** Steps that set what stands already, and so do nothing: whether one does, and which of a scenario's are worth a word. */

import { valueAt } from '../battery/bank.ts';
import type { Bank } from '../battery/bank.ts';
import { SOURCE_SPAN, nodeAt } from '../language/node.ts';
import { stepLabel } from '../language/scenario.ts';
import type { Step } from '../language/shape.ts';
import type { RemoteWord } from '../language/shape-stimuli.ts';
import type { BankWords } from './bank-words.ts';
import type { Draft } from './draft.ts';
import type { DriveStand } from './stand.ts';
import { changesOfPolesWord } from './stimuli.ts';

/** Whether values of the bank, or its cable, are to become others. */
export const movesBank = (bank: Bank, { assigned, targets, noises }: BankWords, cable: Step['cable']): boolean =>
  noises.length > 0 ||
  (cable !== undefined && cable !== bank.cable) ||
  [...assigned, ...targets].some(({ where, to }) => valueAt(bank, where) !== to);

/** A ramp to where the terminal stands already goes nowhere. */
const sameTerminal = (now: RemoteWord['H' | 'L'], to: RemoteWord['H' | 'L']): boolean => {
  if (typeof now === 'string' || typeof to === 'string') return now === to;
  return to.kind !== 'noise' && now.kind !== 'noise' && now.to === to.to;
};

const sameRemote = (now: RemoteWord, to: RemoteWord): boolean =>
  now.link === to.link && sameTerminal(now.H, to.H) && sameTerminal(now.L, to.L);

/** Whether a step leaves all drives as they stand. `movesBank`: null where it does not speak of the bank. */
export const isIdle = (stand: DriveStand, step: Step, movesOfBank: boolean | null): boolean => {
  const { supply, remote, poles, sink, short } = step;
  if (sink !== undefined || short !== undefined || movesOfBank === true) return false;
  if (supply === undefined && remote === undefined && poles === undefined && movesOfBank === null) return false;
  if (supply !== undefined && (supply.kind !== 'set' || supply.to !== stand.supply_mV)) return false;
  if (remote !== undefined && !sameRemote(stand.remote, remote)) return false;
  return (poles === undefined ? [] : changesOfPolesWord(poles)).every((change) =>
    stand.poles.some(({ signal, value }) => signal === change.signal && value === change.value),
  );
};

/** Of a step that comes several times, through `every` or a fragment, only where none of them does anything, or none but the first of its rounds. */
export const warnIdle = (draft: Draft): void => {
  const { scenario, idle } = draft;
  if (idle.size === 0) return;
  const byPosition = new Map<number, number[]>();
  for (const index of scenario.steps.keys()) {
    const at = nodeAt(scenario.places.root, ['steps', index])?.at ?? 0;
    byPosition.set(at, [...(byPosition.get(at) ?? []), index]);
  }
  for (const [at, [first = 0, ...others]] of byPosition) {
    // What a fragment of another file does in this scenario is no mistake of that file.
    if (at >= SOURCE_SPAN || !others.every((index) => idle.has(index))) continue;
    const path = ['steps', first];
    if (idle.has(first)) {
      const message = `${stepLabel(scenario, first)} does nothing: what it sets stands so already`;
      draft.warn('does-nothing', path, message, 'take it out, or set another value; a name alone marks an instant');
    } else if (others.length > 0 && scenario.steps[first]?.every !== undefined) {
      const message = 'only the first of these rounds does anything: what it sets stands from then on';
      draft.warn('does-nothing', [...path, 'every'], message, 'take it back with for:, or repeat steps: that do');
    }
  }
};
