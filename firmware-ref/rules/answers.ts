/** The rules' answers to each state that can be seen, worked out once: they depend on what is remembered and on two faces of the inputs alone. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import { standing, STANDINGS, type Choice, type Memo } from './rule.ts';
import { RULES } from './rules.ts';

/** By the face of what is seen next. */
export type Answers = (readonly Choice[] | undefined)[];

/** Room for as many faces as come up, so that the table stays a plain array. */
const table = (): (Answers | undefined)[] => Array.from<Answers | undefined>({ length: 64 * STANDINGS });
const answers = { load: table(), preAlarm: table(), charger: table(), ledBlue: table(), ledRed: table() } as const satisfies Record<
  SenseSignal,
  unknown
>;

/** What is known of a signal that remembers `memo` and has seen `from`: to be asked by `answer`. */
export const answersOf = (signal: SenseSignal, memo: Memo, high: boolean, from: Segment): Answers =>
  (answers[signal][from.face * STANDINGS + standing(memo, high)] ??= []);

export const answer = (known: Answers, signal: SenseSignal, memo: Memo, high: boolean, from: Segment, to: Segment): readonly Choice[] =>
  (known[to.face] ??= RULES[signal].react(memo, from, to, high));
