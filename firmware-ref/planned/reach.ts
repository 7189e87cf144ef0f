/** Everywhere one signal can get to over a planned timeline: states with the interval in which each can hold, and the moves between levels. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import { inOrder } from '../inputs/orders.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import type { Numbers } from '../parameters.ts';
import { answer, answersOf } from '../rules/answers.ts';
import type { CiteId } from '../rules/cites.ts';
import { standing, STANDINGS, type Choice, type Memo } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';

/** A state, and when it can hold. */
export interface Node {
  readonly seen: number;
  readonly memo: Memo;
  readonly high: boolean;
  /** Of PRE-ALARM high: the way in which it rose, so that waits can be told apart; 0 for none. */
  readonly rise: number;
  readonly cite: CiteId;
  readonly from_us: number;
  readonly to_us: number;
}

/** An edge that may come, from one state to another: the one `segment` asks for. */
export interface Move {
  readonly from: Node;
  readonly high: boolean;
  /** Of PRE-ALARM rising: the way. */
  readonly risen: number;
  readonly segment: Segment;
  readonly cite: CiteId;
  readonly alone: boolean;
  readonly from_us: number;
  readonly to_us: number;
  /** Of a trip: the rise that it counts from; else null. */
  readonly rise: number | null;
}

/** A move without a change of the inputs. */
export interface Own {
  readonly choice: Choice;
  readonly window_us: Interval;
  readonly rise: number | null;
}

export interface Owns {
  readonly moves: readonly Own[];
  /** Until when the state can hold because of them. */
  readonly until_us: number;
}

export const NO_OWNS: Owns = { moves: [], until_us: Infinity };

/** Moves beyond those of the rules. */
export type Coupling = (node: Omit<Node, 'to_us'>, segment: Segment, to_us: number) => Owns;

export const UNCOUPLED: Coupling = () => NO_OWNS;

export interface Reach {
  readonly nodes: readonly Node[];
  readonly moves: readonly Move[];
  readonly complete: boolean;
}

/** What a state of the inputs may do when it is seen next, and when. */
interface Way {
  readonly choice: Choice;
  readonly target: Segment;
  readonly from_us: number;
  readonly to_us: number;
}

/** Of a state: a node, and its ways on that leave it high. */
interface Course {
  readonly node: Node;
  readonly stays: readonly Way[];
}

/** More states than this and the prediction gives up. */
export const NODES_BOUND = 4096;

export function reach(signal: SenseSignal, segments: readonly Segment[], numbers: Numbers, coupling: Coupling = UNCOUPLED): Reach {
  const nodes = new Map<number, Node>();
  const { loose, alone: aloneOf } = RULES[signal];
  const moves: Move[] = [];
  const rises = segments.length * STANDINGS + 1;
  const memo: Memo = signal === 'load' || signal === 'preAlarm' ? 'out' : 'plain';
  const queue: Omit<Node, 'to_us'>[] = [{ seen: 0, memo, high: false, rise: 0, cite: 'unjudged', from_us: -Infinity }];
  const keys: number[] = [standing(memo, false) * rises];
  /** The earliest beginning that is queued, by key. */
  const earliest = new Map<number, number>();
  /** Of each state, whatever the rise, where the first node goes. */
  const courses = new Map<number, Course>();
  let complete = true;
  let replaced = false;

  const go = (from: Node, choice: Choice, segment: Segment, from_us: number, to_us: number, alone: boolean, rise: number | null): void => {
    if (from_us > to_us) return;
    const { high, memo: kept, cite } = choice;
    const seen = segment.index;
    const risen = signal !== 'preAlarm' || !high ? 0 : from.high ? from.rise : seen * STANDINGS + standing(from.memo, false) + 1;
    if (high !== from.high) moves.push({ from, high, risen, segment, cite, alone, from_us, to_us, rise });
    const key = (seen * STANDINGS + choice.standing) * rises + risen;
    const reached_us = earliest.get(key);
    if (reached_us !== undefined && reached_us <= from_us) return;
    earliest.set(key, from_us);
    queue.push({ seen, memo: kept, high, rise: risen, cite, from_us });
    keys.push(key);
  };

  for (let head = 0; head < queue.length; head++) {
    const next = queue[head]!;
    const key = keys[head]!;
    const known = nodes.get(key);
    if (known !== undefined && known.from_us <= next.from_us) continue;
    if (nodes.size >= NODES_BOUND) {
      complete = false;
      break;
    }
    const { seen: last, high, from_us, cite, rise } = next;
    const segment = segments[last]!;
    const after = segments[last + 1];
    const due_us = after?.due_us ?? Infinity;
    const owns = coupling(next, segment, due_us);
    const to_us = Math.min(due_us, owns.until_us);
    if (to_us < from_us) continue;
    const node: Node = { seen: last, memo: next.memo, high, rise, cite, from_us, to_us };
    nodes.set(key, node);
    replaced ||= known !== undefined;

    for (const own of owns.moves) go(node, own.choice, segment, own.window_us[0], own.window_us[1], true, own.rise);
    if (loose(segment)) {
      const loosely = aloneOf(node.memo, segment, high, { at_us: from_us, wait: null }, numbers);
      for (const choice of loosely) go(node, choice, segment, from_us, to_us, true, null);
    }
    if (after === undefined) continue;
    // Another rise in the same state at the same time falls as the first one does: they are told apart only while they stay high.
    const state = last * STANDINGS + standing(node.memo, high);
    const first = courses.get(state);
    const twin = rise !== 0 && first !== undefined && first.node.from_us === from_us && first.node.to_us === to_us;
    const ways = twin ? first.stays : waysFrom(signal, segments, node);
    if (!twin) courses.set(state, { node, stays: ways.filter(({ choice }) => choice.high) });
    for (const way of ways) go(node, way.choice, way.target, way.from_us, way.to_us, false, null);
  }
  const kept = [...nodes.values()];
  if (!replaced) return { nodes: kept, moves, complete };
  const alive = new Set(kept);
  return { nodes: kept, complete, moves: moves.filter((move) => alive.has(move.from)) };
}

/** All that a change of the inputs may do to a state. */
function waysFrom(signal: SenseSignal, segments: readonly Segment[], { seen: last, memo, high, from_us, to_us }: Node): readonly Way[] {
  const segment = segments[last]!;
  const after = segments[last + 1]!;
  const answers = answersOf(signal, memo, high, segment);
  const ways: Way[] = [];
  let gaps_us = 0;
  for (let seen = last + 1; seen < segments.length; seen++) {
    const target = segments[seen]!;
    const [begin_us] = target.from_us;
    // Seen late, a state is skipped only where the one after it comes in time.
    if (begin_us > to_us) break;
    // Least time between the beginnings of the two.
    if (seen > last + 1) gaps_us += target.gap_us;
    if (Math.max(gaps_us, begin_us - after.from_us[1]) > after.due_us - after.from_us[1]) break;
    if (within(segment, target)) continue;
    const latest_us = Math.min(to_us, segments[seen + 1]?.due_us ?? Infinity);
    for (const choice of answer(answers, signal, memo, high, segment, target))
      ways.push({ choice, target, from_us: Math.max(begin_us, from_us), to_us: latest_us });
  }
  return ways;
}

/** R1: two parts of one write of which the second does not come after the first. */
const within = (a: Segment, b: Segment): boolean =>
  a.kind === 'between' && b.kind === 'between' && a.write === b.write && !inOrder(a.changed, b.changed);
