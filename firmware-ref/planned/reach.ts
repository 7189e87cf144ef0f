/** Everywhere one signal can get to over a planned timeline: states with the interval in which each can hold, and the moves between levels. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import type { Numbers } from '../parameters.ts';
import type { CiteId } from '../rules/cites.ts';
import type { Choice, Memo } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';
import { choices } from '../track.ts';

/** A state, and when it can hold. */
export interface Node {
  readonly seen: number;
  readonly memo: Memo;
  readonly high: boolean;
  /** Of PRE-ALARM high: the state in which it rose, so that waits can be told apart. */
  readonly rise: string;
  readonly cite: CiteId;
  readonly from_us: number;
  readonly to_us: number;
}

/** An edge that may come, from one state to another. */
export interface Move {
  readonly from: Node;
  readonly to: Node;
  readonly segment: Segment;
  readonly cite: CiteId;
  readonly alone: boolean;
  readonly window_us: Interval;
  /** Of a trip: what it counts from. */
  readonly rise: string | null;
}

/** A move without a change of the inputs. */
export interface Own {
  readonly choice: Choice;
  readonly window_us: Interval;
  readonly rise: string | null;
}

export interface Coupling {
  /** Moves beyond those of the rules, and until when the state can hold because of them. */
  readonly own: (
    node: Omit<Node, 'to_us'>,
    segment: Segment,
    to_us: number,
  ) => { readonly moves: readonly Own[]; readonly until_us: number };
}

export const UNCOUPLED: Coupling = { own: () => ({ moves: [], until_us: Infinity }) };

export interface Reach {
  readonly nodes: readonly Node[];
  readonly moves: readonly Move[];
  readonly complete: boolean;
}

/** More states than this and the prediction gives up. */
export const NODES_BOUND = 4096;

const MEMOS: readonly Memo[] = ['plain', 'out', 'up', 'down', 'tripping', 'quiet', 'recovered', 'soft', 'loose'];
const MEMO_NUMBERS = Object.fromEntries(MEMOS.map((memo, index) => [memo, index])) as Readonly<Record<Memo, number>>;
/** More than the ways in which PRE-ALARM can rise. */
const RISES = 2 ** 20;

/** Numbers for states, the same for the same state. */
function numbering(): (node: Omit<Node, 'to_us' | 'cite'>) => number {
  const rises = new Map([['', 0]]);
  const numberOf = (rise: string): number => {
    const known = rises.get(rise);
    if (known !== undefined) return known;
    rises.set(rise, rises.size);
    return rises.size - 1;
  };
  return ({ seen, memo, high, rise }) =>
    ((seen * MEMOS.length + MEMO_NUMBERS[memo]) * 2 + (high ? 1 : 0)) * RISES + (rise === '' ? 0 : numberOf(rise));
}

export function reach(signal: SenseSignal, segments: readonly Segment[], numbers: Numbers, coupling: Coupling = UNCOUPLED): Reach {
  const inflow = { segments, arrived: segments.length, numbers };
  const nodes = new Map<number, Node>();
  const keyOf = numbering();
  const { loose, alone: aloneOf } = RULES[signal];
  const moves: Move[] = [];
  const memo: Memo = signal === 'load' || signal === 'preAlarm' ? 'out' : 'plain';
  const queue: Omit<Node, 'to_us'>[] = [{ seen: 0, memo, high: false, rise: '', cite: 'unjudged', from_us: -Infinity }];
  let complete = true;

  for (let head = 0; head < queue.length; head++) {
    const next = queue[head]!;
    const key = keyOf(next);
    const known = nodes.get(key);
    if (known !== undefined && known.from_us <= next.from_us) continue;
    if (nodes.size >= NODES_BOUND) {
      complete = false;
      break;
    }
    const segment = segments[next.seen]!;
    const after = segments[next.seen + 1];
    const due_us = after?.due_us ?? Infinity;
    const coupled = coupling.own(next, segment, due_us);
    const node: Node = { ...next, to_us: Math.min(due_us, coupled.until_us) };
    if (node.to_us < node.from_us) continue;
    nodes.set(key, node);

    const go = (choice: Choice, seen: number, window_us: Interval, alone: boolean, rise: string | null): void => {
      if (window_us[0] > window_us[1]) return;
      const risen = signal !== 'preAlarm' || !choice.high ? '' : node.high ? node.rise : `${seen} ${node.memo}`;
      const to = { seen, memo: choice.memo, high: choice.high, rise: risen, cite: choice.cite, from_us: window_us[0] };
      if (choice.high !== node.high)
        moves.push({ from: node, to: { ...to, to_us: Infinity }, segment: segments[seen]!, cite: choice.cite, alone, window_us, rise });
      const reached = nodes.get(keyOf(to));
      if (reached === undefined || reached.from_us > to.from_us) queue.push(to);
    };

    for (const { choice, window_us, rise } of coupled.moves) go(choice, node.seen, window_us, true, rise);
    if (loose(segment)) {
      const loosely = aloneOf(node.memo, segment, node.high, { at_us: node.from_us, wait: null }, numbers);
      for (const choice of loosely) go(choice, node.seen, [node.from_us, node.to_us], true, null);
    }
    const from = { ...node, until_us: Infinity };
    let gaps_us = 0;
    for (let seen = node.seen + 1; seen < segments.length; seen++) {
      const target = segments[seen]!;
      // Seen late, a state is skipped only where the one after it comes in time.
      if (target.from_us[0] > node.to_us) break;
      if (after !== undefined) {
        // Least time between the beginnings of the two.
        if (seen > node.seen + 1) gaps_us += target.gap_us;
        if (Math.max(gaps_us, target.from_us[0] - after.from_us[1]) > after.due_us - after.from_us[1]) break;
      }
      const latest = Math.min(node.to_us, segments[seen + 1]?.due_us ?? Infinity);
      for (const choice of choices(signal, inflow, from, seen))
        go(choice, seen, [Math.max(target.from_us[0], node.from_us), latest], false, null);
    }
  }
  const kept = [...nodes.values()];
  const alive = new Set(kept);
  return { nodes: kept, complete, moves: moves.filter((move) => alive.has(move.from)) };
}
