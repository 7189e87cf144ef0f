/** Everywhere one signal can get to over a planned timeline: states with the interval in which each can hold, and the moves between levels. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import { inOrder } from '../inputs/orders.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { answer, ANSWERS, answersIn, type AnswerTable } from '../rules/answers.ts';
import { standing, STANDINGS, type Choice, type Memo, type SignalRules } from '../rules/rule.ts';
import { RULES } from '../rules/rules.ts';
import { byEnd, sameOwns, type Coupling, type Owns } from './coupling.ts';
import { Drafts, freshRises, type Known } from './drafts.ts';
import { Layer, NEVER } from './layer.ts';
import { NO_PARTS, type Move, type Node, type Part } from './nodes.ts';
import { NO_RISES, type Rises } from './rises.ts';
import { Ways, type Way } from './ways.ts';

/** More states than this and the prediction gives up. */
export const NODES_BOUND = 4096;

export class Reach {
  readonly layers: Layer[] = [];
  complete = true;
  readonly #signal: SenseSignal;
  readonly #numbers: Numbers;
  readonly #rules: SignalRules;
  readonly #answers: AnswerTable;
  /** The layers that asked the coupling. */
  readonly #asking: number[] = [];
  /** The first `#opened` are those with states that later states of the inputs may still reach. */
  readonly #open: Layer[] = [];
  #opened = 0;
  readonly #ways = new Ways();
  /** To the layer at hand. */
  readonly #drafts = new Drafts();
  #coupling: Coupling | null = null;
  #count = 0;

  constructor(signal: SenseSignal, numbers: Numbers) {
    this.#signal = signal;
    this.#numbers = numbers;
    this.#rules = RULES[signal];
    this.#answers = ANSWERS[signal];
  }

  /** How many states there are. */
  get count(): number {
    return this.#count;
  }

  get nodes(): readonly Node[] {
    const all: Node[] = [];
    for (const { nodes } of this.layers) for (const node of nodes) all.push(node);
    return all;
  }

  get moves(): readonly Move[] {
    const all: Move[] = [];
    for (const { moves } of this.layers) for (const move of moves) all.push(move);
    return all;
  }

  /** Brings it up to date where segments from `changed` on, or what `coupling` says, are not as they were. Gives the first layer that is new. */
  update(segments: readonly Segment[], changed: number, coupling: Coupling): number {
    const { layers } = this;
    const unchanged = changed >= segments.length && layers.length === segments.length;
    // How long a state lasts depends on the next one.
    const dirty = this.#firstDirty(unchanged ? layers.length : Math.max(0, Math.min(changed - 1, layers.length)), coupling);
    if (dirty === segments.length && dirty === layers.length) return dirty;
    this.#truncate(dirty);
    for (let index = dirty; index < segments.length; index++) layers.push(new Layer(segments[index]!, segments[index + 1]));
    for (let index = dirty; index < segments.length; index++) {
      const layer = layers[index]!;
      const loose = this.#rules.loose(layer.segment);
      this.#drafts.begin(layer.begin_us, !loose);
      if (index === 0) this.#drafts.add(this.#initial(), NO_RISES, -Infinity);
      this.#arrive(layer);
      this.#settle(layer, coupling, loose);
      if (layer.nodes.length > 0) this.#reopen(layer, index + 1);
    }
    return dirty;
  }

  #initial(): Choice {
    const memo: Memo = this.#signal === 'load' || this.#signal === 'preAlarm' ? 'out' : 'plain';
    return { high: false, memo, cite: 'unjudged', standing: standing(memo, false) };
  }

  #truncate(dirty: number): void {
    const { layers } = this;
    const asking = this.#asking;
    for (let index = dirty; index < layers.length; index++) this.#count -= layers[index]!.count;
    layers.length = dirty;
    while (asking.length > 0 && asking[asking.length - 1]! >= dirty) asking.pop();
    this.#opened = 0;
    for (const layer of layers) if (layer.end >= dirty) this.#reopen(layer, dirty);
  }

  /** The first layer where the coupling now says something else, `most` where it does not. */
  #firstDirty(most: number, coupling: Coupling): number {
    if (coupling === this.#coupling) return most;
    this.#coupling = coupling;
    for (const index of this.#asking) {
      if (index >= most) break;
      const { segment, hold_us, asked } = this.layers[index]!;
      if (!coupling.differs(segment)) continue;
      for (const { from_us, rises, owns } of asked)
        for (let at = 0; at < owns.length; at++)
          if (!sameOwns(coupling.owns(from_us, hold_us, segment, rises[at]?.key ?? 0), owns[at]!, from_us, hold_us)) return index;
    }
    return most;
  }

  /** Everything in one layer, the earliest beginnings first, so that none is reached anew by an earlier one. */
  #settle(layer: Layer, coupling: Coupling, loose: boolean): void {
    const { segment } = layer;
    const drafts = this.#drafts.follow();
    /** Of states without rises, as bits; and of those with rises. */
    let taken = 0;
    const risen: Known[] = [];
    for (let head = 0; head < drafts.length; head++) {
      const { choice, from_us, lists } = drafts[head]!;
      let rises = NO_RISES;
      if (lists.length === 0) {
        const bit = 1 << choice.standing;
        if ((taken & bit) !== 0) continue;
        taken |= bit;
      } else {
        rises = freshRises(drafts, head, risen);
        if (rises.length === 0) continue;
        risen.push({ choice, rises });
      }
      if (coupling.concerns(choice.memo, choice.high, segment)) this.#coupled(layer, choice, rises, from_us, coupling, loose);
      else this.#add(layer, choice, rises, from_us, loose);
    }
  }

  #add(layer: Layer, choice: Choice, rises: Rises, from_us: number, loose: boolean): void {
    const to_us = layer.hold_us;
    if (to_us < from_us || !this.#counts()) return;
    this.#hold(layer, choice, from_us, to_us, rises.length === 0 ? NO_PARTS : [{ rises, to_us, end: NEVER }]);
    if (loose) this.#alone(layer, choice, rises, from_us, to_us);
  }

  #hold(layer: Layer, choice: Choice, from_us: number, to_us: number, parts: readonly Part[]): void {
    layer.add(choice, answersIn(this.#answers, choice.standing, layer.segment), from_us, to_us, parts);
  }

  #counts(): boolean {
    const room = this.#count < NODES_BOUND;
    if (room) this.#count++;
    else this.complete = false;
    return room;
  }

  /** What a state may do as often as it likes. */
  #alone(layer: Layer, { high, memo }: Choice, rises: Rises, from_us: number, to_us: number): void {
    for (const next of this.#rules.alone(memo, layer.segment, high, { at_us: from_us, wait: null }, this.#numbers))
      this.#go(high, memo, rises, next, layer, from_us, to_us, true, null);
  }

  /** Rises for which the coupling says the same stay together. */
  #coupled(layer: Layer, choice: Choice, rises: Rises, from_us: number, coupling: Coupling, loose: boolean): void {
    const { segment, hold_us } = layer;
    if (layer.asked.length === 0) this.#asking.push(layer.index);
    const all: Owns[] =
      rises.length === 0
        ? [coupling.owns(from_us, hold_us, segment, 0)]
        : rises.map(({ key }) => coupling.owns(from_us, hold_us, segment, key));
    layer.ask(from_us, rises, all);
    const parts: Part[] = [];
    let latest_us = -Infinity;
    for (const { to_us, rises: own, owns } of byEnd(rises, all, hold_us)) {
      if (to_us < from_us) continue;
      for (const { moves } of owns)
        for (const one of moves) {
          const first_us = Math.max(one.from_us, from_us);
          const last_us = Math.min(one.to_us, hold_us);
          this.#go(choice.high, choice.memo, own, one.choice, layer, first_us, last_us, true, one.rise);
        }
      if (!this.#counts()) continue;
      parts.push({ rises: own, to_us, end: NEVER });
      latest_us = Math.max(latest_us, to_us);
      if (loose) this.#alone(layer, choice, own, from_us, to_us);
    }
    if (parts.length > 0) this.#hold(layer, choice, from_us, latest_us, parts);
  }

  /** From `start` on the states of the inputs are held against the nodes of a layer anew. */
  #reopen(layer: Layer, start: number): void {
    for (const node of layer.nodes) {
      if (node.end < start) continue;
      node.end = NEVER;
      for (const part of node.parts) if (part.end >= start) part.end = NEVER;
    }
    layer.end = NEVER;
    layer.gaps_us = 0;
    for (let seen = layer.index + 2; seen < start; seen++) layer.gaps_us += this.layers[seen]!.segment.gap_us;
    this.#open[this.#opened++] = layer;
  }

  /** All that the change of the inputs to a layer may do to the nodes of earlier ones. */
  #arrive(target: Layer): void {
    const { index, begin_us } = target;
    const { gap_us, kind } = target.segment;
    const isBetween = kind === 'between';
    const open = this.#open;
    let kept = 0;
    this.#ways.clear();
    for (let at = 0; at < this.#opened; at++) {
      const layer = open[at]!;
      if (index > layer.index + 1) layer.gaps_us += gap_us;
      // Seen late, a state is skipped only where the one after it comes in time.
      const late = Math.max(layer.gaps_us, begin_us - layer.next_us) > layer.room_us;
      const skipped = isBetween && within(layer.segment, target.segment);
      let isOpen = false;
      for (const node of layer.nodes) {
        if (node.end !== NEVER) continue;
        if (late || begin_us > node.to_us) node.end = index;
        else {
          isOpen = true;
          for (const part of node.parts) if (begin_us > part.to_us && part.end === NEVER) part.end = index;
          if (!skipped) this.#meet(node, layer.segment, target);
        }
      }
      if (isOpen) open[kept++] = layer;
      else layer.end = index;
    }
    this.#opened = kept;
    this.#ways.follow((node, way) => this.#leave(node, way, target));
  }

  /** Nothing is done before it is known how long every way leads to the target. */
  #meet(node: Node, segment: Segment, target: Layer): void {
    const { memo, high, answers } = node;
    const to_us = Math.min(node.to_us, target.hold_us);
    const isWhole = node.from_us <= target.begin_us;
    let way = isWhole ? this.#ways.met(answers, to_us) : null;
    if (way === null) {
      const choices = answer(answers, this.#signal, memo, high, segment, target.segment);
      way = isWhole ? this.#ways.take(node, choices, to_us) : { node, choices, to_us };
    }
    if (way.node === node || (high && node.parts.length > 0)) this.#ways.leaves(node, way);
  }

  #leave(node: Node, way: Way, target: Layer): void {
    const { memo, high, parts } = node;
    const from_us = Math.max(target.begin_us, node.from_us);
    for (const choice of way.choices) {
      if (!passes(node, choice)) {
        if (way.node === node) this.#go(high, memo, NO_RISES, choice, target, from_us, way.to_us, false, null);
        continue;
      }
      for (const part of parts)
        if (part.end === NEVER && from_us <= Math.min(part.to_us, target.hold_us)) this.#drafts.add(choice, part.rises, from_us);
    }
  }

  /** From a state with this level, memory and these rises to `choice`, in a layer. */
  #go(
    wasHigh: boolean,
    memo: Memo,
    before: Rises,
    choice: Choice,
    layer: Layer,
    from_us: number,
    to_us: number,
    alone: boolean,
    rise: number | null,
  ): void {
    if (from_us > to_us) return;
    const { high, cite } = choice;
    let rises = NO_RISES;
    let risen = 0;
    if (high && this.#signal === 'preAlarm') {
      if (wasHigh) rises = before;
      else {
        risen = layer.index * STANDINGS + standing(memo, false) + 1;
        rises = layer.rise(risen, from_us, to_us).alone;
      }
    }
    if (high !== wasHigh) layer.move(high, risen, cite, alone, from_us, to_us, rise);
    this.#drafts.add(choice, rises, from_us);
  }
}

/** R1: two parts of one write of which the second does not come after the first. */
const within = (a: Segment, b: Segment): boolean =>
  a.kind === 'between' && b.kind === 'between' && a.write === b.write && !inOrder(a.changed, b.changed);

/** Whether the rises before it count on. */
const passes = ({ high, parts }: Node, choice: Choice): boolean => high && choice.high && parts.length > 0;
