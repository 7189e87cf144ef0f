/** A unit that sees every state of its inputs in turn: what it may do at each, LOAD, PRE-ALARM and the blue LED together, as the rules allow it. */

import type { Segment } from '../inputs/segments.ts';
import { ledBlue } from '../rules/leds.ts';
import { mayTrip } from '../rules/load.ts';
import { choice, type Choice, type Memo } from '../rules/rule.ts';
import { answer, answersOf } from '../rules/answers.ts';
import type { Transition } from './transition.ts';

interface Output {
  readonly memo: Memo;
  readonly high: boolean;
}

/** What the three show, and what the unit remembers. CHARGER and the red LED remember nothing and see nothing of these. */
export interface Pair {
  readonly load: Output;
  readonly preAlarm: Output;
  readonly ledBlue: boolean;
}

/** One thing that may happen, and every transition in it. */
export interface Move {
  readonly after: Pair;
  readonly transitions: readonly Transition[];
}

export const BEFORE_POWER: Pair = { load: { memo: 'out', high: false }, preAlarm: { memo: 'out', high: false }, ledBlue: false };

/** R14: state is kept or lost as a whole. R12: with a low cell both are high, or both float. */
function together(load: Choice, preAlarm: Choice): boolean {
  if (load.cite === 'serviceLowCell' && preAlarm.cite === 'serviceLowCell') return load.high === preAlarm.high;
  return (load.memo === 'out') === (preAlarm.memo === 'out');
}

/** R17: what else the LED sees does not depend on where the unit was. */
const blue = (lit: boolean, seen: Segment, load: boolean): readonly Choice[] => ledBlue.react('plain', seen, { ...seen, load }, lit);

const moveTo = (before: Pair, load: Choice, preAlarm: Choice, seen: Segment): readonly Move[] =>
  blue(before.ledBlue, seen, load.high).map(({ high, cite }) => ({
    after: { load: { memo: load.memo, high: load.high }, preAlarm: { memo: preAlarm.memo, high: preAlarm.high }, ledBlue: high },
    transitions: [
      { signal: 'load', was: before.load.high, is: load.high, cite: load.cite },
      { signal: 'preAlarm', was: before.preAlarm.high, is: preAlarm.high, cite: preAlarm.cite },
      { signal: 'ledBlue', was: before.ledBlue, is: high, cite },
    ],
  }));

/** What may happen when the unit, having seen `from`, sees `to`. */
export function advance(before: Pair, from: Segment, to: Segment): readonly Move[] {
  const react = (signal: 'load' | 'preAlarm', { memo, high }: Output): readonly Choice[] =>
    answer(answersOf(signal, memo, high, from), signal, memo, high, from, to);
  const loads = react('load', before.load);
  const preAlarms = react('preAlarm', before.preAlarm);
  const pairs = loads.flatMap((load) => preAlarms.map((preAlarm) => [load, preAlarm] as const));
  const agreeing = pairs.filter(([load, preAlarm]) => together(load, preAlarm));
  return (agreeing.length > 0 ? agreeing : pairs).flatMap(([load, preAlarm]) => moveTo(before, load, preAlarm, to));
}

export const waits = ({ load, preAlarm }: Pair, seen: Segment): boolean => load.high && preAlarm.high && mayTrip(load.memo, seen);

/** The wait is over: LOAD goes first, or PRE-ALARM does, and the other follows (R9). */
export function trip(before: Pair, seen: Segment): readonly Move[] {
  return (['trip', 'tripWithPre'] as const).flatMap((cite) =>
    moveTo(before, choice(false, 'down', cite), choice(false, 'quiet', 'preWithTrip'), seen),
  );
}
