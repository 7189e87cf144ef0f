/** A planned case followed by a unit that sees each of its states, but for those too short to be sure of: what it may do, and shows while each lasts. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import { segmentsOf, type Segment } from '../inputs/segments.ts';
import { lengthOf_us, stepsOf, type Happening, type Interval } from '../inputs/steps.ts';
import { numbersOf, PARAMETERS, type Numbers } from '../parameters.ts';
import { predict, type PlannedPrediction } from '../predict.ts';
import { Apart, END } from './apart.ts';
import type { Transition } from './transition.ts';
import { advance, BEFORE_POWER, reactions, trip, waits, type Pair } from './unit.ts';

/** PRE-ALARM's last rise, and how often it has risen since the supply came. */
export interface Rise {
  readonly at_us: Interval;
  readonly count: number;
}

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

export interface Played {
  readonly taken: readonly Taken[];
  readonly held: readonly Held[];
  /** When each entry happens, and how far two of them lie apart. */
  readonly apart: Apart;
  readonly numbers: Numbers;
}

interface Way {
  readonly seen: Segment;
  readonly pair: Pair;
  readonly rise: Rise | null;
}

const happeningsOf = ({ timeline: { entries } }: Case, instants: Readonly<Record<string, Interval>>): readonly Happening[] =>
  entries.map((entry) => {
    const begin_us = instants[entry.id] ?? entry.bounds_us;
    const length_us = lengthOf_us(entry.do);
    return { entry, begin_us, end_us: [begin_us[0] + length_us, begin_us[1] + length_us], tolerance_us: 0, hangsOn: null };
  });

/** States passed through within one write are left out, and so is what is over before it begins. */
const lasting = (segments: readonly Segment[]): readonly Segment[] => segments.filter(({ kind }) => kind !== 'between');

/** The first of each kind. */
function distinct<T>(list: readonly T[], key: (one: T) => string | number): readonly T[] {
  if (list.length < 2) return list;
  const seen = new Set<string | number>();
  return list.filter((one) => {
    const { size } = seen;
    return seen.add(key(one)).size > size;
  });
}

const wayKey = ({ seen, pair, rise }: Way): string =>
  `${seen.index} ${pair.number} ${rise === null ? '' : `${rise.at_us[0]} ${rise.at_us[1]} ${rise.count}`}`;

/** An entry that waits for an edge comes only where the edge has come. */
const fits = (entry: TimelineEntry | undefined, signal: SenseSignal, high: boolean): boolean => {
  if (entry?.when.kind !== 'afterEdge' || entry.when.signal !== signal) return true;
  return high === (entry.when.level === 'high' || entry.when.level === 'on');
};

class Play {
  readonly taken: Taken[] = [];
  readonly #segments: readonly Segment[];
  readonly #numbers: Numbers;
  readonly #entries: ReadonlyMap<string, TimelineEntry>;
  readonly #apart: Apart;

  constructor(testCase: Case, apart: Apart, segments: readonly Segment[], numbers: Numbers) {
    this.#segments = segments;
    this.#numbers = numbers;
    this.#entries = new Map(testCase.timeline.entries.map((entry) => [entry.id, entry]));
    this.#apart = apart;
  }

  endOf(index: number): Interval {
    return this.#segments[index + 1]?.from_us ?? this.#apart.at_us(END);
  }

  /** R16: a state shorter than one reaction may be missed. R14: so may a fresh start. */
  #missable(index: number): boolean {
    const [here, next] = [this.#segments[index]!, this.#segments[index + 1]];
    if (here.kind === 'restart') return true;
    if (here.kind !== 'steady' || next?.kind !== 'steady' || here.cause?.kind !== 'entry' || next.cause?.kind !== 'entry') return false;
    return this.#apart.least_us(here.cause.entry, next.cause.entry) < this.#numbers.reaction_us;
  }

  /** The fall of LOAD is waited for long enough to see that it does not come. */
  #awaited(index: number, latest_us: number): boolean {
    const [earliest_us] = this.#segments[index]!.from_us;
    return [...this.#entries.values()].some(({ id, when, bounds_us }) => {
      if (when.kind !== 'afterEdge' || when.signal !== 'load' || when.level !== 'notHigh') return false;
      const [at_us] = this.#apart.at_us(id);
      return at_us >= earliest_us && at_us <= this.endOf(index)[1] && bounds_us[1] - when.delay_us >= latest_us;
    });
  }

  /** In each state, before and after a trip in it. */
  pairs(): readonly (readonly Pair[])[] {
    let ways: readonly Way[] = [{ seen: this.#segments[0]!, pair: BEFORE_POWER, rise: null }];
    return this.#segments.map((to, index) => {
      let seen: readonly Way[] = [];
      if (index > 0) {
        const asked = this.#asked(ways, to, ({ pair }) => [
          ['load', pair.load.high],
          ['preAlarm', pair.preAlarm.high],
          ['ledBlue', pair.ledBlue],
        ]);
        seen = distinct(
          asked.flatMap((way) => this.#see(way, to)),
          wayKey,
        );
        const next = seen.flatMap((way) => this.#wait(way, index));
        ways = distinct(this.#missable(index) ? [...asked, ...next] : next, wayKey);
      }
      return distinct(
        [...seen, ...ways].map(({ pair }) => pair),
        ({ number }) => number,
      );
    });
  }

  single(signal: 'charger' | 'ledRed'): readonly (readonly boolean[])[] {
    let ways: readonly { readonly seen: Segment; readonly high: boolean }[] = [{ seen: this.#segments[0]!, high: false }];
    return this.#segments.map((to, index) => {
      if (index > 0) {
        const asked = this.#asked(ways, to, ({ high }) => [[signal, high]]);
        const next = asked.flatMap(({ seen, high: was }) =>
          reactions(signal, was, seen, to).map(({ high, transitions }) => {
            this.taken.push({ transitions, from: seen, to, alone: false, before: null, rise: null, surely: false });
            return { seen: to, high };
          }),
        );
        ways = distinct(this.#missable(index) ? [...asked, ...next] : next, ({ seen, high }) => seen.index * 2 + (high ? 1 : 0));
      }
      return [...new Set(ways.map(({ high }) => high))];
    });
  }

  #asked<T>(ways: readonly T[], to: Segment, shown: (way: T) => readonly (readonly [SenseSignal, boolean])[]): readonly T[] {
    const entry = to.cause?.kind === 'entry' ? this.#entries.get(to.cause.entry) : undefined;
    const fitting = ways.filter((way) => shown(way).every(([signal, high]) => fits(entry, signal, high)));
    return fitting.length > 0 ? fitting : ways;
  }

  #see({ seen, pair, rise }: Way, to: Segment): readonly Way[] {
    return advance(pair, seen, to).map(({ after, transitions }) => {
      this.taken.push({ transitions, from: seen, to, alone: false, before: pair, rise, surely: false });
      const rose = after.preAlarm.high && !pair.preAlarm.high;
      const kept = to.lost ? null : rise;
      return { seen: to, pair: after, rise: rose ? { at_us: [to.from_us[0], to.due_us], count: (kept?.count ?? 0) + 1 } : kept };
    });
  }

  /** R3, R4: LOAD may fall, has to, or has to stay before the next state begins. */
  #wait(way: Way, index: number): readonly Way[] {
    const { seen, pair, rise } = way;
    if (rise === null || !waits(pair, seen)) return [way];
    const { waitLeast_us, waitMost_us, reaction_us } = this.#numbers;
    const [endsFrom_us, endsTo_us] = this.endOf(index);
    if (endsTo_us < Math.max(rise.at_us[0] + waitLeast_us, seen.from_us[0])) return [way];
    const latest_us = Math.max(rise.at_us[1] + waitMost_us, seen.pole1_us[1] + reaction_us);
    const surely = seen.inputs.remote === 'on' && (endsFrom_us >= latest_us || this.#awaited(index, latest_us));
    const tripped = trip(pair, seen).map(({ after, transitions }): Way => {
      this.taken.push({ transitions, from: seen, to: seen, alone: true, before: pair, rise, surely });
      return { seen, pair: after, rise };
    });
    return surely ? tripped : [way, ...tripped];
  }
}

/** `prediction`: where it is known already. */
export function play(testCase: Case, prediction: PlannedPrediction = predict(testCase)): Played {
  const numbers = numbersOf(PARAMETERS);
  const { instants } = prediction;
  const apart = new Apart(testCase.timeline, instants);
  const segments = lasting(segmentsOf(stepsOf(happeningsOf(testCase, instants), numbers), testCase.timeline.endBounds_us[1], numbers));
  const course = new Play(testCase, apart, segments, numbers);
  const [pairs, charger, ledRed] = [course.pairs(), course.single('charger'), course.single('ledRed')];
  const held = segments.map((segment, index): Held => {
    const { from_us } = segment;
    return { segment, from_us, to_us: course.endOf(index), pairs: pairs[index]!, charger: charger[index]!, ledRed: ledRed[index]! };
  });
  return { taken: course.taken, held, apart, numbers };
}
