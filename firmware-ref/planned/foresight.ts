/** What is expected of every signal for one list of segments: each part is worked out when it is first asked for. */

import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { blueEdges, blueHoldings, blueWindows, freeEdges, type BlueWindow } from './blue.ts';
import { edgeOf, groupsOf, type Group } from './edges.ts';
import type { Expected } from './happenings.ts';
import { reach, type Reach } from './reach.ts';
import { stretchesOf, type Stretch } from './spans.ts';
import { reachBoth, type Pair } from './trips.ts';

type Reached = Exclude<SenseSignal, 'ledBlue'>;
const REACHED = ['load', 'preAlarm', 'charger', 'ledRed'] as const satisfies readonly Reached[];

export class Foresight {
  readonly segments: readonly Segment[];
  readonly #end_us: number;
  readonly #numbers: Numbers;
  #both: Pair | null = null;
  #blue: readonly BlueWindow[] | null = null;
  readonly #reached = new Map<Reached, Reach>();
  readonly #stretches = new Map<SenseSignal, readonly Stretch[]>();
  readonly #groups = new Map<Reached, readonly Group[]>();

  constructor(segments: readonly Segment[], end_us: number, numbers: Numbers) {
    this.segments = segments;
    this.#end_us = end_us;
    this.#numbers = numbers;
  }

  /** The edges of one signal alone, without what only a report needs. */
  expected(signal: SenseSignal): readonly Expected[] {
    if (signal !== 'ledBlue')
      return this.#groupsOf(signal).map(({ high, from_us, to_us, required }) => ({ high, window_us: [from_us, to_us], required }));
    const following = this.#blueWindows().map(({ group, from_us, to_us, required }): Expected => {
      return { high: group.high, window_us: [from_us, to_us], required };
    });
    const free = freeEdges(this.segments).map(({ level, window_us, required }) => ({ high: level === 'on', window_us, required }));
    return [...following, ...free];
  }

  edges(): readonly PredictedEdge[] {
    const [load, preAlarm] = [this.#groupsOf('load'), this.#groupsOf('preAlarm')];
    const edgesFor = (groups: readonly Group[]) => groups.map((group) => edgeOf(group, { load, preAlarm }, this.#numbers));
    const loadEdges = edgesFor(load);
    return [
      ...loadEdges,
      ...edgesFor(preAlarm),
      ...edgesFor(this.#groupsOf('charger')),
      ...edgesFor(this.#groupsOf('ledRed')),
      ...blueEdges(loadEdges, this.#blueWindows(), this.#numbers),
      ...freeEdges(this.segments),
    ];
  }

  stretches(signal: SenseSignal): readonly Stretch[] {
    const known = this.#stretches.get(signal);
    if (known !== undefined) return known;
    const holdings = signal === 'ledBlue' ? blueHoldings(this.#reach('load'), this.segments, this.#numbers) : this.#reach(signal).nodes;
    const stretches = stretchesOf(holdings);
    this.#stretches.set(signal, stretches);
    return stretches;
  }

  get most(): number {
    return REACHED.reduce((sum, signal) => sum + this.#reach(signal).nodes.length, 0);
  }

  get complete(): boolean {
    return REACHED.every((signal) => this.#reach(signal).complete);
  }

  #reach(signal: Reached): Reach {
    if (signal === 'load' || signal === 'preAlarm') return (this.#both ??= reachBoth(this.segments, this.#numbers))[signal];
    const known = this.#reached.get(signal);
    if (known !== undefined) return known;
    const reached = reach(signal, this.segments, this.#numbers);
    this.#reached.set(signal, reached);
    return reached;
  }

  #groupsOf(signal: Reached): readonly Group[] {
    const known = this.#groups.get(signal);
    if (known !== undefined) return known;
    const groups = groupsOf(signal, this.#reach(signal).moves, this.stretches(signal), this.#end_us);
    this.#groups.set(signal, groups);
    return groups;
  }

  #blueWindows(): readonly BlueWindow[] {
    return (this.#blue ??= blueWindows(this.#groupsOf('load'), this.stretches('ledBlue'), this.#numbers));
  }
}
