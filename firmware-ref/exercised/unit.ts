/** A unit that sees every state of its inputs in turn: what it may do at each, LOAD, PRE-ALARM and the blue LED together, as the rules allow it. */

import type { Segment } from '../inputs/segments.ts';
import { ledBlue } from '../rules/leds.ts';
import { mayTrip } from '../rules/load.ts';
import { choice, isOut, standing, STANDINGS, type Choice, type Memo } from '../rules/rule.ts';
import { answer, answersOf } from '../rules/answers.ts';
import { RULES } from '../rules/rules.ts';
import { transition, type Transition } from './transition.ts';

interface Output {
  readonly memo: Memo;
  readonly high: boolean;
}

/** What the three show, and what the unit remembers. CHARGER and the red LED remember nothing and see nothing of these. */
export interface Pair {
  readonly load: Output;
  readonly preAlarm: Output;
  readonly ledBlue: boolean;
  /** Pairs with the same number are alike; below `PAIRS`. */
  readonly number: number;
}

/** One thing that may happen, and every transition in it. */
export interface Move {
  readonly after: Pair;
  readonly transitions: readonly Transition[];
}

/** More than there are pairs. */
export const PAIRS = STANDINGS * STANDINGS * 2;

const pairOf = (load: Output, preAlarm: Output, ledBlue: boolean): Pair => ({
  load,
  preAlarm,
  ledBlue,
  number: (standing(load.memo, load.high) * STANDINGS + standing(preAlarm.memo, preAlarm.high)) * 2 + (ledBlue ? 1 : 0),
});

export const BEFORE_POWER: Pair = pairOf({ memo: 'out', high: false }, { memo: 'out', high: false }, false);

/** R14: state is kept or lost as a whole. R12: with a low cell both are high, or both float. */
function together(load: Choice, preAlarm: Choice): boolean {
  if (load.cite === 'serviceLowCell' && preAlarm.cite === 'serviceLowCell') return load.high === preAlarm.high;
  return (load.memo === 'out') === isOut(preAlarm.memo);
}

/** R17: what else the LED sees does not depend on where the unit was. */
const blue = (lit: boolean, seen: Segment, load: boolean): readonly Choice[] => ledBlue.react('plain', seen, { ...seen, load }, lit);

const moveTo = (before: Pair, load: Choice, preAlarm: Choice, seen: Segment): readonly Move[] =>
  blue(before.ledBlue, seen, load.high).map(({ high, cite }) => ({
    after: pairOf({ memo: load.memo, high: load.high }, { memo: preAlarm.memo, high: preAlarm.high }, high),
    transitions: [
      transition('load', before.load.high, load.high, load.cite),
      transition('preAlarm', before.preAlarm.high, preAlarm.high, preAlarm.cite),
      transition('ledBlue', before.ledBlue, high, cite),
    ],
  }));

/** Pure functions of a pair and of what the rules see of the inputs, so each is worked out once. */
const advanced = new Map<number, readonly Move[]>();
const tripped = new Map<number, readonly Move[]>();
/** More faces than there can be (`faceOf`). */
const FACES = 2_048;

function once<M>(known: Map<number, readonly M[]>, key: number, work: () => readonly M[]): readonly M[] {
  const before = known.get(key);
  if (before !== undefined) return before;
  const moves = work();
  known.set(key, moves);
  return moves;
}

/** What may happen when the unit, having seen `from`, sees `to`. */
export const advance = (before: Pair, from: Segment, to: Segment): readonly Move[] =>
  once(advanced, (from.face * FACES + to.face) * PAIRS + before.number, () => advancing(before, from, to));

function advancing(before: Pair, from: Segment, to: Segment): readonly Move[] {
  const react = (signal: 'load' | 'preAlarm', { memo, high }: Output): readonly Choice[] =>
    answer(answersOf(signal, memo, high, from), signal, memo, high, from, to);
  const loads = react('load', before.load);
  const preAlarms = react('preAlarm', before.preAlarm);
  const pairs = loads.flatMap((load) => preAlarms.map((preAlarm) => [load, preAlarm] as const));
  const agreeing = pairs.filter(([load, preAlarm]) => together(load, preAlarm));
  return (agreeing.length > 0 ? agreeing : pairs).flatMap(([load, preAlarm]) => moveTo(before, load, preAlarm, to));
}

/** One thing that a signal without a memory may do. */
export interface SingleMove {
  readonly high: boolean;
  readonly transitions: readonly Transition[];
}

const reacted = { charger: new Map<number, readonly SingleMove[]>(), ledRed: new Map<number, readonly SingleMove[]>() } as const;

export const reactions = (signal: 'charger' | 'ledRed', was: boolean, from: Segment, to: Segment): readonly SingleMove[] =>
  once(reacted[signal], (from.face * FACES + to.face) * 2 + (was ? 1 : 0), () =>
    RULES[signal].react('plain', from, to, was).map(({ high, cite }) => ({ high, transitions: [transition(signal, was, high, cite)] })),
  );

export const waits = ({ load, preAlarm }: Pair, seen: Segment): boolean => load.high && preAlarm.high && mayTrip(load.memo, seen);

/** The wait is over: LOAD goes first, or PRE-ALARM does, and the other follows (R9). */
export const trip = (before: Pair, seen: Segment): readonly Move[] =>
  once(tripped, seen.face * PAIRS + before.number, () =>
    (['trip', 'tripWithPre'] as const).flatMap((cite) =>
      moveTo(before, choice(false, 'down', cite), choice(false, 'quiet', 'preWithTrip'), seen),
    ),
  );
