/** Everywhere one signal can get to over a planned timeline: states with the interval in which each can hold, and the moves between levels. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import { inOrder } from '../inputs/orders.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { answer, answersOf } from '../rules/answers.ts';
import { standing, STANDINGS, type Choice, type Memo, type SignalRules } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';
import { sameOwns, type Coupling, type Move, type Node, type Own, type Owns } from './nodes.ts';
import { freshRises, insert, NO_RISES, type Draft } from './rises.ts';

/** Where the coupling was asked, and what it said. */
interface Asked {
  readonly from_us: number;
  readonly rise: number;
  readonly owns: Owns;
}

/** Everything at one state of the inputs. */
interface Layer {
  readonly nodes: Node[];
  /** Moves to this state of the inputs, from this one and from those before it. */
  readonly moves: Move[];
  /** Of those: PRE-ALARM rises, or a trip. */
  coupled: readonly Move[];
  readonly drafts: Draft[];
  readonly asked: Asked[];
  /** Of each node the first state of the inputs that comes too late for it; Infinity for none. */
  readonly ends: number[];
  /** The last of those. */
  end: number;
}

const NO_MOVES: readonly Move[] = [];

/** More states than this and the prediction gives up. */
export const NODES_BOUND = 4096;

export class Reach {
  readonly layers: Layer[] = [];
  complete = true;
  readonly #signal: SenseSignal;
  readonly #numbers: Numbers;
  readonly #rules: SignalRules;
  /** The layers that asked the coupling. */
  readonly #asking: number[] = [];
  #segments: readonly Segment[] = [];
  #coupling: Coupling | null = null;
  #count = 0;

  constructor(signal: SenseSignal, numbers: Numbers) {
    this.#signal = signal;
    this.#numbers = numbers;
    this.#rules = RULES[signal];
  }

  get nodes(): readonly Node[] {
    return this.layers.flatMap(({ nodes }) => nodes);
  }

  get moves(): readonly Move[] {
    return this.layers.flatMap(({ moves }) => moves);
  }

  /** Brings it up to date where segments from `changed` on, or what `coupling` says, are not as they were. Gives the first layer that is new. */
  update(segments: readonly Segment[], changed: number, coupling: Coupling): number {
    this.#segments = segments;
    const { layers } = this;
    const unchanged = changed >= segments.length && layers.length === segments.length;
    // How long a state lasts depends on the next one.
    const dirty = this.#firstDirty(unchanged ? layers.length : Math.max(0, Math.min(changed - 1, layers.length)), coupling);
    for (let index = dirty; index < layers.length; index++) this.#count -= layers[index]!.nodes.length;
    layers.length = dirty;
    for (let index = dirty; index < segments.length; index++)
      layers.push({ nodes: [], moves: [], coupled: NO_MOVES, drafts: [], asked: [], ends: [], end: 0 });
    while (this.#asking.length > 0 && this.#asking.at(-1)! >= dirty) this.#asking.pop();
    if (dirty === 0) {
      const memo: Memo = this.#signal === 'load' || this.#signal === 'preAlarm' ? 'out' : 'plain';
      const choice: Choice = { high: false, memo, cite: 'unjudged', standing: standing(memo, false) };
      layers[0]!.drafts.push({ choice, rises: NO_RISES, from_us: -Infinity });
    }
    for (let index = 0; index < dirty; index++) if (layers[index]!.end >= dirty) this.#leave(index, dirty);
    for (let index = dirty; index < segments.length; index++) {
      this.#settle(index, coupling);
      this.#leave(index, index + 1);
    }
    return dirty;
  }

  /** The first layer where the coupling now says something else, `most` where it does not. */
  #firstDirty(most: number, coupling: Coupling): number {
    if (coupling === this.#coupling) return most;
    this.#coupling = coupling;
    const { owns } = coupling;
    for (const index of this.#asking) {
      if (index >= most) break;
      const { asked } = this.layers[index]!;
      const segment = this.#segments[index]!;
      const due_us = this.#dueAfter(index);
      for (const one of asked) if (!sameOwns(owns(one.from_us, due_us, segment, one.rise), one.owns)) return index;
    }
    return most;
  }

  #dueAfter(index: number): number {
    return this.#segments[index + 1]?.due_us ?? Infinity;
  }

  /** Everything in one layer, the earliest beginnings first, so that none is reached anew by an earlier one. */
  #settle(index: number, coupling: Coupling): void {
    const { drafts } = this.layers[index]!;
    if (drafts.length === 0) return;
    const segment = this.#segments[index]!;
    const loose = this.#rules.loose(segment);
    const due_us = this.#dueAfter(index);
    /** Of states without rises, as bits; and of those with rises. */
    let taken = 0;
    const risen: Draft[] = [];
    for (let head = 0; head < drafts.length; head++) {
      let draft = drafts[head]!;
      const { choice } = draft;
      if (draft.rises.length === 0) {
        const bit = 1 << choice.standing;
        if ((taken & bit) !== 0) continue;
        taken |= bit;
      } else {
        const last = risen.at(-1);
        // Its rises are with those of the one before, except where states may follow that are reached only within this layer.
        if (!loose && last !== undefined && last.from_us === draft.from_us && last.choice.standing === choice.standing) continue;
        const rises = freshRises(drafts, head, risen);
        if (rises.length === 0) continue;
        if (rises !== draft.rises) draft = { choice, rises, from_us: draft.from_us };
        risen.push(draft);
      }
      if (coupling.concerns(choice.memo, choice.high, segment)) this.#coupled(index, draft, coupling, loose);
      else this.#add(index, draft, due_us, loose);
    }
    drafts.length = 0;
  }

  #add(index: number, { choice, rises, from_us }: Draft, to_us: number, loose: boolean): void {
    if (to_us < from_us) return;
    if (this.#count >= NODES_BOUND) {
      this.complete = false;
      return;
    }
    this.#count++;
    const layer = this.layers[index]!;
    const { high, memo, cite } = choice;
    const node: Node = { seen: index, memo, high, rises, cite, from_us, to_us };
    layer.nodes.push(node);
    if (!loose) return;
    const segment = this.#segments[index]!;
    for (const next of this.#rules.alone(memo, segment, high, { at_us: from_us, wait: null }, this.#numbers))
      this.#go(node, next, segment, from_us, to_us, true, null);
  }

  /** Rises for which the coupling says the same stay together. */
  #coupled(index: number, { choice, rises, from_us }: Draft, { owns }: Coupling, loose: boolean): void {
    const layer = this.layers[index]!;
    const segment = this.#segments[index]!;
    const due_us = this.#dueAfter(index);
    if (this.#asking.at(-1) !== index) this.#asking.push(index);
    const byEnd = new Map<number, { rises: number[]; moves: Own[] }>();
    for (const rise of rises.length === 0 ? [0] : rises) {
      const own = owns(from_us, due_us, segment, rise);
      layer.asked.push({ from_us, rise, owns: own });
      const to_us = Math.min(due_us, own.until_us);
      const known = byEnd.get(to_us);
      if (known === undefined) byEnd.set(to_us, { rises: [rise], moves: [...own.moves] });
      else {
        known.rises.push(rise);
        known.moves.push(...own.moves);
      }
    }
    for (const [to_us, { rises: some, moves }] of byEnd) {
      if (to_us < from_us) continue;
      const node = { ...choice, rises: rises.length === 0 ? NO_RISES : some };
      for (const { choice: next, window_us, rise } of moves) this.#go(node, next, segment, window_us[0], window_us[1], true, rise);
      this.#add(index, { choice, rises: node.rises, from_us }, to_us, loose);
    }
  }

  /** All that changes of the inputs from `start` on may do to the nodes of a layer. */
  #leave(index: number, start: number): void {
    const layer = this.layers[index]!;
    const { nodes, ends } = layer;
    const again = ends.length > 0;
    let end = 0;
    for (let at = 0; at < nodes.length; at++) {
      const known = again ? ends[at]! : Infinity;
      const own = known >= start ? this.#ways(nodes[at]!, start) : known;
      ends[at] = own;
      if (own > end) end = own;
    }
    layer.end = end;
  }

  /** Gives the first state that is too late to be held against. */
  #ways(node: Node, start: number): number {
    const segments = this.#segments;
    const { seen: last, memo, high, from_us, to_us } = node;
    const segment = segments[last]!;
    const after = segments[last + 1];
    if (after === undefined) return Infinity;
    const answers = answersOf(this.#signal, memo, high, segment);
    const room_us = after.due_us - after.from_us[1];
    let gaps_us = 0;
    for (let seen = last + 2; seen < start; seen++) gaps_us += segments[seen]!.gap_us;
    for (let seen = start; seen < segments.length; seen++) {
      const target = segments[seen]!;
      const [begin_us] = target.from_us;
      // Seen late, a state is skipped only where the one after it comes in time.
      if (begin_us > to_us) return seen;
      // Least time between the beginnings of the two.
      if (seen > last + 1) gaps_us += target.gap_us;
      if (Math.max(gaps_us, begin_us - after.from_us[1]) > room_us) return seen;
      if (within(segment, target)) continue;
      const latest_us = Math.min(to_us, this.#dueAfter(seen));
      for (const choice of answer(answers, this.#signal, memo, high, segment, target))
        this.#go(node, choice, target, Math.max(begin_us, from_us), latest_us, false, null);
    }
    return Infinity;
  }

  #go(
    from: Pick<Node, 'high' | 'memo' | 'rises'>,
    choice: Choice,
    segment: Segment,
    from_us: number,
    to_us: number,
    alone: boolean,
    rise: number | null,
  ): void {
    if (from_us > to_us) return;
    const layer = this.layers[segment.index]!;
    const { high, cite } = choice;
    let rises = NO_RISES;
    let risen = 0;
    if (high && this.#signal === 'preAlarm') {
      if (from.high) rises = from.rises;
      else {
        risen = segment.index * STANDINGS + standing(from.memo, false) + 1;
        rises = [risen];
      }
    }
    if (high !== from.high) {
      const move: Move = { high, risen, segment, cite, alone, from_us, to_us, rise };
      layer.moves.push(move);
      if (risen !== 0 || rise !== null) layer.coupled = [...layer.coupled, move];
    }
    insert(layer.drafts, choice, rises, from_us);
  }
}

/** R1: two parts of one write of which the second does not come after the first. */
const within = (a: Segment, b: Segment): boolean =>
  a.kind === 'between' && b.kind === 'between' && a.write === b.write && !inOrder(a.changed, b.changed);
