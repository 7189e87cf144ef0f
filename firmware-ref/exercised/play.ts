/** A planned case followed by a unit that sees each of its states, but for those too short to be sure of: what it may do, and shows while each lasts. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Segment } from '../inputs/segments.ts';
import type { Interval } from '../inputs/steps.ts';
import { numbersOf, PARAMETERS, type Numbers } from '../parameters.ts';
import { predict, type PlannedPrediction } from '../predict.ts';
import { Apart, END } from './apart.ts';
import type { Transition } from './transition.ts';
import { advance, BEFORE_POWER, reactions, trip, waits, type Pair } from './unit.ts';
import { Ways, type Rise, type Way } from './ways.ts';

/** The transitions of one moment: on seeing `to`, or without any change of the inputs (`alone`) while it lasts. */
export interface Taken {
  readonly transitions: readonly Transition[];
  readonly from: Segment;
  readonly to: Segment;
  readonly alone: boolean;
  readonly before: Pair | null;
  readonly rise: Rise | null;
  /** LOAD has to be off before the state is over: the longest wait fits into it. */
  readonly surely: boolean;
}

/** A state that lasts, with everything a good unit may show once it has had its time to react. */
export interface Held {
  readonly segment: Segment;
  /** Its beginning and its end. */
  readonly from_us: Interval;
  readonly to_us: Interval;
  readonly pairs: readonly Pair[];
  readonly charger: readonly boolean[];
  readonly ledRed: readonly boolean[];
}

/** What one state brings, and what is shown while it lasts. */
export interface Scene {
  readonly taken: readonly Taken[];
  readonly held: Held;
}

export interface Played {
  /** State by state, each played when it is come to: whoever has seen enough leaves the rest. */
  readonly scenes: Iterable<Scene>;
  /** Of the whole case: at each state LOAD, PRE-ALARM and the blue LED, then CHARGER, then the red LED. */
  readonly taken: readonly Taken[];
  readonly held: readonly Held[];
  /** When each entry happens, and how far two of them lie apart. */
  readonly apart: Apart;
  readonly numbers: Numbers;
}

/** States passed through within one write are left out, and so is what is over before it begins. */
const lasting = (segments: readonly Segment[]): readonly Segment[] => segments.filter(({ kind }) => kind !== 'between');

/** A signal without a memory, and what it has seen. */
interface Single {
  readonly seen: Segment;
  readonly high: boolean;
}

/** Of PRE-ALARM on seeing one state: the first since the supply came, or another one. Each is made once, so that the same rise is the same object. */
class Rises {
  readonly #to: Segment;
  #first: Rise | null = null;
  #again: Rise | null = null;

  constructor(to: Segment) {
    this.#to = to;
  }

  get first(): Rise {
    return (this.#first ??= this.#rise(1));
  }

  get again(): Rise {
    return (this.#again ??= this.#rise(2));
  }

  #rise(count: 1 | 2): Rise {
    return { at_us: [this.#to.from_us[0], this.#to.due_us], count };
  }
}

/** An entry that waits for an edge comes only where the edge has come. */
const fits = (entry: TimelineEntry | undefined, signal: SenseSignal, high: boolean): boolean => {
  if (entry?.when.kind !== 'afterEdge' || entry.when.signal !== signal) return true;
  return high === (entry.when.level === 'high' || entry.when.level === 'on');
};

const LOW: readonly boolean[] = [false];
const HIGH: readonly boolean[] = [true];
const LOW_OR_HIGH: readonly boolean[] = [false, true];
const HIGH_OR_LOW: readonly boolean[] = [true, false];

/** CHARGER and the red LED know nothing of the others. */
class SinglePlay {
  readonly #signal: 'charger' | 'ledRed';
  #ways: readonly Single[];

  constructor(signal: 'charger' | 'ledRed', first: Segment) {
    this.#signal = signal;
    this.#ways = [{ seen: first, high: false }];
  }

  /** Goes on to a state of the inputs that may be missed, after an entry that may have waited. */
  see(to: Segment, missable: boolean, entry: TimelineEntry | undefined, taken: Taken[]): void {
    const signal = this.#signal;
    const asked = fitting(this.#ways, entry, ({ high }) => fits(entry, signal, high));
    const next: Single[] = missable ? [...asked] : [];
    for (const { seen, high: was } of asked)
      for (const { high, transitions } of reactions(signal, was, seen, to)) {
        taken.push({ transitions, from: seen, to, alone: false, before: null, rise: null, surely: false });
        if (!next.some((one) => one.seen.face === to.face && one.high === high)) next.push({ seen: to, high });
      }
    this.#ways = next;
  }

  get levels(): readonly boolean[] {
    const { high } = this.#ways[0]!;
    const both = this.#ways.some((way) => way.high !== high);
    if (both) return high ? HIGH_OR_LOW : LOW_OR_HIGH;
    return high ? HIGH : LOW;
  }
}

function react({ seen, pair, rise }: Way, to: Segment, rises: Rises, into: Ways, taken: Taken[]): void {
  const kept = to.lost ? null : rise;
  for (const { after, transitions } of advance(pair, seen, to)) {
    taken.push({ transitions, from: seen, to, alone: false, before: pair, rise, surely: false });
    const rose = after.preAlarm.high && !pair.preAlarm.high;
    into.add({ seen: to, pair: after, rise: rose ? (kept === null ? rises.first : rises.again) : kept });
  }
}

function has(pairs: readonly Pair[], { number }: Pair): boolean {
  for (const pair of pairs) if (pair.number === number) return true;
  return false;
}

function addPairs(ways: readonly Way[], into: Pair[]): void {
  for (const { pair } of ways) if (!has(into, pair)) into.push(pair);
}

class Play implements Played {
  readonly apart: Apart;
  readonly numbers: Numbers;
  readonly #segments: readonly Segment[];
  readonly #entries: ReadonlyMap<string, TimelineEntry>;
  readonly #scenes: Scene[] = [];
  readonly #charger: SinglePlay;
  readonly #ledRed: SinglePlay;
  #ways: readonly Way[];

  constructor(testCase: Case, apart: Apart, segments: readonly Segment[], numbers: Numbers) {
    const first = segments[0]!;
    this.apart = apart;
    this.numbers = numbers;
    this.#segments = segments;
    this.#entries = new Map(testCase.timeline.entries.map((entry) => [entry.id, entry]));
    this.#charger = new SinglePlay('charger', first);
    this.#ledRed = new SinglePlay('ledRed', first);
    this.#ways = [{ seen: first, pair: BEFORE_POWER, rise: null }];
  }

  get scenes(): Iterable<Scene> {
    return this.#eachScene();
  }

  get taken(): readonly Taken[] {
    this.#playOut();
    return this.#scenes.flatMap(({ taken }) => taken);
  }

  get held(): readonly Held[] {
    this.#playOut();
    return this.#scenes.map(({ held }) => held);
  }

  *#eachScene(): Generator<Scene> {
    for (let index = 0; index < this.#segments.length; index++) yield this.#scene(index);
  }

  #playOut(): void {
    while (this.#scenes.length < this.#segments.length) this.#scene(this.#scenes.length);
  }

  #scene(index: number): Scene {
    const known = this.#scenes[index];
    if (known !== undefined) return known;
    const segment = this.#segments[index]!;
    const charger = this.#charger;
    const ledRed = this.#ledRed;
    const taken: Taken[] = [];
    let pairs: readonly Pair[] = [BEFORE_POWER];
    if (index > 0) {
      const missable = this.#missable(index);
      const entry = segment.cause?.kind === 'entry' ? this.#entries.get(segment.cause.entry) : undefined;
      pairs = this.#see(segment, index, missable, entry, taken);
      charger.see(segment, missable, entry, taken);
      ledRed.see(segment, missable, entry, taken);
    }
    const scene: Scene = {
      taken,
      held: { segment, from_us: segment.from_us, to_us: this.#endOf(index), pairs, charger: charger.levels, ledRed: ledRed.levels },
    };
    this.#scenes.push(scene);
    return scene;
  }

  #endOf(index: number): Interval {
    return this.#segments[index + 1]?.from_us ?? this.apart.at_us(END);
  }

  /** R16: a state shorter than one reaction may be missed. R14: so may a fresh start. */
  #missable(index: number): boolean {
    const here = this.#segments[index]!;
    const next = this.#segments[index + 1];
    if (here.kind === 'restart') return true;
    if (here.kind !== 'steady' || next?.kind !== 'steady' || here.cause?.kind !== 'entry' || next.cause?.kind !== 'entry') return false;
    return this.apart.least_us(here.cause.entry, next.cause.entry) < this.numbers.reaction_us;
  }

  /** The fall of LOAD is waited for long enough to see that it does not come. */
  #awaited(index: number, latest_us: number): boolean {
    const [earliest_us] = this.#segments[index]!.from_us;
    for (const { id, when, bounds_us } of this.#entries.values()) {
      if (when.kind !== 'afterEdge' || when.signal !== 'load' || when.level !== 'notHigh') continue;
      const [at_us] = this.apart.at_us(id);
      if (at_us >= earliest_us && at_us <= this.#endOf(index)[1] && bounds_us[1] - when.delay_us >= latest_us) return true;
    }
    return false;
  }

  /** What may be shown, before and after a trip in this state. */
  #see(to: Segment, index: number, missable: boolean, entry: TimelineEntry | undefined, taken: Taken[]): readonly Pair[] {
    const asked = fitting(
      this.#ways,
      entry,
      ({ pair }) =>
        fits(entry, 'load', pair.load.high) && fits(entry, 'preAlarm', pair.preAlarm.high) && fits(entry, 'ledBlue', pair.ledBlue),
    );
    const seen = new Ways();
    const rises = new Rises(to);
    for (const way of asked) react(way, to, rises, seen, taken);
    const ways = new Ways();
    if (missable) for (const way of asked) ways.add(way);
    for (const way of seen.all) this.#wait(way, index, ways, taken);
    this.#ways = ways.all;
    const pairs: Pair[] = [];
    addPairs(seen.all, pairs);
    addPairs(ways.all, pairs);
    return pairs;
  }

  /** R3, R4: LOAD may fall, has to, or has to stay before the next state begins. */
  #wait(way: Way, index: number, into: Ways, taken: Taken[]): void {
    const { seen, pair, rise } = way;
    if (rise === null || !waits(pair, seen)) {
      into.add(way);
      return;
    }
    const { waitLeast_us, waitMost_us, reaction_us } = this.numbers;
    const [endsFrom_us, endsTo_us] = this.#endOf(index);
    if (endsTo_us < Math.max(rise.at_us[0] + waitLeast_us, seen.from_us[0])) {
      into.add(way);
      return;
    }
    const latest_us = Math.max(rise.at_us[1] + waitMost_us, seen.pole1_us[1] + reaction_us);
    const surely = seen.inputs.remote === 'on' && (endsFrom_us >= latest_us || this.#awaited(index, latest_us));
    if (!surely) into.add(way);
    for (const { after, transitions } of trip(pair, seen)) {
      taken.push({ transitions, from: seen, to: seen, alone: true, before: pair, rise, surely });
      into.add({ seen, pair: after, rise });
    }
  }
}

/** Only those that may have brought the entry; all where none may. */
function fitting<T>(ways: readonly T[], entry: TimelineEntry | undefined, may: (way: T) => boolean): readonly T[] {
  if (entry?.when.kind !== 'afterEdge') return ways;
  const found = ways.filter(may);
  return found.length > 0 ? found : ways;
}

/** `prediction`: where it is known already. */
export function play(testCase: Case, prediction: PlannedPrediction = predict(testCase)): Played {
  const { instants, segments } = prediction;
  return new Play(testCase, new Apart(testCase.timeline, instants), lasting(segments), numbersOf(PARAMETERS));
}
