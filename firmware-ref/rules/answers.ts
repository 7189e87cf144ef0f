/** The rules' answers to each state that can be seen, worked out once: they depend on what is remembered and on two faces of the inputs alone. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import { standing, STANDINGS, type Choice, type Memo } from './rule.ts';
import { RULES } from './rules.ts';

/** By the face of what is seen next. */
export type Answers = (readonly Choice[] | undefined)[];
/** By what was seen, what is remembered and the level. */
export type AnswerTable = (Answers | undefined)[];

/** Room for as many faces as come up, so that the table stays a plain array. */
const table = (): AnswerTable => Array.from<Answers | undefined>({ length: 64 * STANDINGS });
export const ANSWERS = { load: table(), preAlarm: table(), charger: table(), ledBlue: table(), ledRed: table() } as const satisfies Record<
  SenseSignal,
  AnswerTable
>;

/** What is known in a signal's table of a state with the number `own`, seen `from`: to be asked by `answer`. */
export const answersIn = (known: AnswerTable, own: number, from: Segment): Answers => (known[from.face * STANDINGS + own] ??= []);

/** What is known of a signal that remembers `memo` and has seen `from`: to be asked by `answer`. */
export const answersOf = (signal: SenseSignal, memo: Memo, high: boolean, from: Segment): Answers =>
  answersIn(ANSWERS[signal], standing(memo, high), from);

export const answer = (known: Answers, signal: SenseSignal, memo: Memo, high: boolean, from: Segment, to: Segment): readonly Choice[] =>
  (known[to.face] ??= shared(RULES[signal].react(memo, from, to, high)));

/** Every list of choices once: whoever meets the same list again need not follow it again. */
const lists: (readonly Choice[])[] = [];

const same = (one: Choice, other: Choice | undefined): boolean => one.standing === other?.standing && one.cite === other.cite;

function shared(choices: readonly Choice[]): readonly Choice[] {
  const known = lists.find((list) => list.length === choices.length && list.every((one, index) => same(one, choices[index])));
  if (known === undefined) lists.push(choices);
  return known ?? choices;
}
