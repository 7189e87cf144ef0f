/** Everything that a signal can be, and do, at one state of the inputs of a planned timeline. */

import type { Segment } from '../inputs/segments.ts';
import type { Answers } from '../rules/answers.ts';
import type { CiteId } from '../rules/cites.ts';
import type { Choice } from '../rules/rule.ts';
import type { Owns } from './coupling.ts';
import type { Move, Node, Part } from './nodes.ts';
import type { Rise, Rises } from './rises.ts';

/** Where the coupling was asked, and what it said. */
export interface Asked {
  readonly from_us: number;
  readonly rises: Rises;
  /** Of each rise, or of the state alone where there is none. */
  readonly owns: readonly Owns[];
}

/** Later than every state of the inputs. */
export const NEVER = 2 ** 30;

/** Most layers have one of each kind or none, so a list is made with its first one. */
const NONE: readonly never[] = [];

function withOne<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one];
  (list as T[]).push(one);
  return list;
}

export class Layer {
  readonly index: number;
  readonly segment: Segment;
  readonly begin_us: number;
  /** Until when what is seen here can be all that has been seen. */
  readonly hold_us: number;
  /** The next state of the inputs: when it begins at the latest, and for how long after that it need not be seen. */
  readonly next_us: number;
  readonly room_us: number;
  /** Least time between the beginnings of the next state of the inputs and of the last one that was held against the nodes. */
  gaps_us = 0;
  nodes: readonly Node[] = NONE;
  /** Moves to this state of the inputs, from this one and from those before it. */
  moves: readonly Move[] = NONE;
  /** Whether any of them is a trip, or goes with one. */
  trips = false;
  /** The ways in which PRE-ALARM rises with them. */
  rises: Rises = NONE;
  asked: readonly Asked[] = NONE;
  /** The first state of the inputs that comes too late for all nodes, or `NEVER`. */
  end = 0;

  constructor(segment: Segment, next: Segment | undefined) {
    this.index = segment.index;
    this.segment = segment;
    this.begin_us = segment.from_us[0];
    this.hold_us = next?.due_us ?? Infinity;
    this.next_us = next?.from_us[1] ?? Infinity;
    this.room_us = this.hold_us - this.next_us;
  }

  /** How many states there are, where each that rises tell apart counts. */
  get count(): number {
    let count = 0;
    for (const { parts } of this.nodes) count += Math.max(parts.length, 1);
    return count;
  }

  add({ high, memo, cite, standing }: Choice, answers: Answers, from_us: number, to_us: number, parts: readonly Part[]): void {
    const node: Node = { seen: this.index, memo, high, standing, answers, cite, from_us, to_us, parts, end: NEVER };
    this.nodes = withOne(this.nodes, node);
  }

  /** Adds a move; where it differs from one that is there only in time, and overlaps it, the two are one. */
  move(high: boolean, risen: number, cite: CiteId, alone: boolean, from_us: number, to_us: number, rise: number | null): void {
    const { moves, segment } = this;
    if (rise !== null) this.trips = true;
    let latest_us = to_us;
    for (let index = moves.length - 1; index >= 0; index--) {
      const other = moves[index]!;
      if (other.risen !== risen || other.rise !== rise || other.high !== high || other.cite !== cite || other.alone !== alone) continue;
      if (other.from_us > to_us || other.to_us < from_us) continue;
      if (other.from_us <= from_us) {
        if (to_us > other.to_us) other.to_us = to_us;
        return;
      }
      // Moves that begin at one instant stay in the order in which they were found.
      latest_us = Math.max(to_us, other.to_us);
      (moves as Move[]).splice(index, 1);
      break;
    }
    this.moves = withOne(this.moves, { high, risen, segment, cite, alone, from_us, to_us: latest_us, rise });
  }

  /** The rise with that key, where it may also come from `from_us` to `to_us`. */
  rise(key: number, from_us: number, to_us: number): Rise {
    for (const rise of this.rises) {
      if (rise.key !== key) continue;
      if (from_us < rise.from_us) rise.from_us = from_us;
      if (to_us > rise.to_us) rise.to_us = to_us;
      return rise;
    }
    const alone: Rise[] = [];
    const rise: Rise = { key, seen: this.index, alone, from_us, to_us, last_us: -Infinity, mark: 0 };
    alone.push(rise);
    this.rises = withOne(this.rises, rise);
    return rise;
  }

  ask(from_us: number, rises: Rises, owns: readonly Owns[]): void {
    this.asked = withOne(this.asked, { from_us, rises, owns });
  }
}
