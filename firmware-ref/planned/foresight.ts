/** What is expected of every signal while the segments of a timeline become known: each part is worked out when it is first asked for. */

import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Numbers } from '../parameters.ts';
import { blueEdges, blueHoldings, blueWindows, freeEdges, lightable, type BlueWindow, type Lightable } from './blue.ts';
import { UNCOUPLED } from './coupling.ts';
import { edgeOf, groupsOf, othersOf, type Group } from './edges.ts';
import type { Expected } from './happenings.ts';
import { expectedOf, near } from './near.ts';
import { Reach } from './reach.ts';
import { stretchesOf, type Stretch } from './spans.ts';
import { Pair } from './trips.ts';

type Reached = Exclude<SenseSignal, 'ledBlue'>;

export class Foresight {
  readonly #segments: readonly Segment[];
  readonly #end_us: number;
  readonly #numbers: Numbers;
  readonly #pair: Pair;
  readonly #charger: Reach;
  readonly #ledRed: Reach;
  /** From which segment on each has to be brought up to date. */
  readonly #changed = { pair: 0, charger: 0, ledRed: 0 };
  #blue: readonly BlueWindow[] | null = null;
  #lights: readonly Lightable[] | null = null;
  readonly #stretches = new Map<SenseSignal, readonly Stretch[]>();
  readonly #groups = new Map<Reached, readonly Group[]>();

  /** `segments` may change at their end as long as `change` is told. */
  constructor(segments: readonly Segment[], end_us: number, numbers: Numbers) {
    this.#segments = segments;
    this.#end_us = end_us;
    this.#numbers = numbers;
    this.#pair = new Pair(numbers);
    this.#charger = new Reach('charger', numbers);
    this.#ledRed = new Reach('ledRed', numbers);
  }

  /** Segments from `first` on are not as they were. */
  change(first: number): void {
    if (first >= this.#segments.length) return;
    const changed = this.#changed;
    changed.pair = Math.min(changed.pair, first);
    changed.charger = Math.min(changed.charger, first);
    changed.ledRed = Math.min(changed.ledRed, first);
    this.#blue = null;
    this.#lights = null;
    // To clear an empty map costs as much as a full one.
    if (this.#stretches.size > 0) this.#stretches.clear();
    if (this.#groups.size > 0) this.#groups.clear();
  }

  /** The edges of one signal alone to one level that may come after `since_us`, without what only a report needs. */
  expected(signal: SenseSignal, up: boolean, since_us: number): readonly Expected[] {
    const reach = this.#reach(signal === 'ledBlue' ? 'load' : signal);
    if (signal !== 'ledBlue') return near(reach, up, since_us, this.#end_us).map(expectedOf);
    // What LOAD did a reaction before may still come.
    const loads = near(reach, up, since_us - this.#numbers.reaction_us, this.#end_us);
    const following = blueWindows(loads, this.stretches('ledBlue'), this.#numbers).map(expectedOf);
    const free = freeEdges(this.#lightable).filter(({ level }) => (level === 'on') === up);
    return [...following, ...free];
  }

  edges(): readonly PredictedEdge[] {
    const load = this.#groupsOf('load');
    const preAlarm = this.#groupsOf('preAlarm');
    const others = othersOf(load, preAlarm);
    const edgesFor = (groups: readonly Group[]) => groups.map((group) => edgeOf(group, others, this.#numbers));
    const loadEdges = edgesFor(load);
    return [
      ...loadEdges,
      ...edgesFor(preAlarm),
      ...edgesFor(this.#groupsOf('charger')),
      ...edgesFor(this.#groupsOf('ledRed')),
      ...blueEdges(loadEdges, this.#blueWindows(), this.#numbers),
      ...freeEdges(this.#lightable),
    ];
  }

  stretches(signal: SenseSignal): readonly Stretch[] {
    const known = this.#stretches.get(signal);
    if (known !== undefined) return known;
    const holdings = signal === 'ledBlue' ? blueHoldings(this.#reach('load'), this.#lightable, this.#numbers) : this.#reach(signal).nodes;
    const stretches = stretchesOf(holdings);
    this.#stretches.set(signal, stretches);
    return stretches;
  }

  get #all(): readonly Reach[] {
    return (['load', 'preAlarm', 'charger', 'ledRed'] as const).map((signal) => this.#reach(signal));
  }

  get most(): number {
    return this.#all.reduce((sum, { count }) => sum + count, 0);
  }

  get complete(): boolean {
    return this.#all.every(({ complete }) => complete) && this.#pair.complete;
  }

  get #lightable(): readonly Lightable[] {
    return (this.#lights ??= lightable(this.#segments));
  }

  #reach(signal: Reached): Reach {
    const segments = this.#segments;
    const changed = this.#changed;
    if (signal === 'load' || signal === 'preAlarm') {
      if (changed.pair < segments.length) this.#pair.update(segments, changed.pair);
      changed.pair = segments.length;
      return this.#pair[signal];
    }
    const reach = signal === 'charger' ? this.#charger : this.#ledRed;
    if (changed[signal] < segments.length) reach.update(segments, changed[signal], UNCOUPLED);
    changed[signal] = segments.length;
    return reach;
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
