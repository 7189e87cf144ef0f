/** A transition of the reference by name: which signal does what for which reason, `load falls: trip`. */

import { isOutput, type SenseSignal } from '../../scenarios/signals.ts';
import type { CiteId } from '../rules/cites.ts';

export type TransitionId = string;

export interface Transition {
  readonly signal: SenseSignal;
  readonly was: boolean;
  readonly is: boolean;
  readonly cite: CiteId;
  readonly id: TransitionId;
}

const effect = (signal: SenseSignal, was: boolean, is: boolean): string => {
  if (isOutput(signal)) return was === is ? (is ? 'stays high' : 'stays off') : is ? 'rises' : 'falls';
  return was === is ? (is ? 'stays lit' : 'stays dark') : is ? 'lights' : 'goes dark';
};

export const transition = (signal: SenseSignal, was: boolean, is: boolean, cite: CiteId): Transition => ({
  signal,
  was,
  is,
  cite,
  id: `${signal} ${effect(signal, was, is)}: ${cite}`,
});
