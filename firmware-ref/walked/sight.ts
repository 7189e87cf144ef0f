/** When a unit sees which state of its inputs, and how a signal without memory follows. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import { inOrder } from '../inputs/orders.ts';
import type { Choice } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';
import { between, pick, type Chance } from './chance.ts';

/** A change of level. */
export interface Flip {
  readonly at_us: number;
  readonly high: boolean;
}

export interface Sight {
  readonly segment: Segment;
  readonly at_us: number;
}

/** R1: one write passes through its parts in one order only. */
const follows = (before: Segment | undefined, { kind, write, changed }: Segment): boolean =>
  before === undefined || before.kind !== 'between' || kind !== 'between' || before.write !== write || inOrder(before.changed, changed);

/** Each state is seen within its time, or skipped because a later one was seen first. Instants are whole microseconds. */
export function sightsOf(segments: readonly Segment[], chance: Chance): readonly Sight[] {
  const drawn = segments.slice(1).map((segment): Sight => {
    const { from_us, due_us, index } = segment;
    return { segment, at_us: Math.ceil(between(chance, `sight ${index}`, from_us[1], Math.max(from_us[1], due_us - 2))) };
  });
  const seen: Sight[] = [];
  let earliest = Infinity;
  for (const sight of drawn.toReversed()) {
    if (sight.at_us >= earliest && sight.segment.kind !== 'off') continue;
    earliest = Math.min(earliest, sight.at_us);
    seen.unshift(sight);
  }
  const kept: Sight[] = [];
  for (const sight of seen) if (follows(kept.at(-1)?.segment, sight.segment)) kept.push(sight);
  return kept;
}

/** One possible course of a signal without memory. */
export function follow(signal: SenseSignal, segments: readonly Segment[], chance: Chance): readonly Flip[] {
  const flips: Flip[] = [];
  let from = segments[0]!;
  let high = false;
  for (const { segment, at_us } of sightsOf(segments, chance)) {
    const next: Choice | undefined = pick(chance, `choice ${segment.index}`, RULES[signal].react('plain', from, segment, high));
    from = segment;
    if (next === undefined || next.high === high) continue;
    high = next.high;
    flips.push({ at_us, high });
  }
  return flips;
}
