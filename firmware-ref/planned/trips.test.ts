/** LOAD and PRE-ALARM agree over a planned timeline: a rise opens a wait, its trip ends both, and what changes is worked out to the same end (R3, R4, R9, R10). */

import { expect } from 'chai';
import type { Inputs } from '../inputs/inputs.ts';
import type { Segment } from '../inputs/segments.ts';
import { NODES_BOUND, type Reach } from './reach.ts';
import { after, from, numbers } from './testing/parts.ts';
import { Pair } from './trips.ts';

const WARNED: Partial<Inputs> = { pole4Open: true };
const LOW: Partial<Inputs> = { pole1Open: true, pole4Open: true };

type Stated = readonly [at_s: number, inputs: Partial<Inputs>];

/** Out of service, then each of some states from its instant on. */
const timeline = (...states: readonly Stated[]): readonly Segment[] =>
  after(
    ...states.map(([at_s, inputs]) =>
      from(at_s, inputs, inputs.pole1Open === true ? { pole1_us: [at_s * 1e6, at_s * 1e6], pole1Entry: 'low' } : {}),
    ),
  );

const movesOf = ({ moves }: Reach): readonly string[] =>
  moves.map(({ high, from_us, to_us, cite }) => `${high ? '+' : '-'} ${from_us / 1e6}..${to_us / 1e6} ${cite}`);
function told(...given: readonly Stated[]): { readonly load: readonly string[]; readonly preAlarm: readonly string[] } {
  const pair = new Pair(numbers);
  pair.update(timeline(...given), 0);
  expect(pair.complete).to.equal(true);
  return { load: movesOf(pair.load), preAlarm: movesOf(pair.preAlarm) };
}
const followed = (pair: Pair) => [movesOf(pair.load), movesOf(pair.preAlarm), pair.load.count, pair.preAlarm.count];
const anew = (segments: readonly Segment[]) => {
  const pair = new Pair(numbers);
  pair.update(segments, 0);
  return followed(pair);
};

const ONCE = [
  [5, WARNED],
  [10, LOW],
] as const;

describe('LOAD and PRE-ALARM over a planned timeline', () => {
  it('go off together once the wait from the rise is over (R3, R4, R9)', () => {
    expect(told(...ONCE)).to.deep.equal({
      load: ['+ 5..7 serviceHealthy', '- 35..42 trip'],
      preAlarm: ['+ 5..7 warning', '- 34.5..42.5 preWithTrip'],
    });
  });

  it('stay high where no cell is low, and where it has recovered before the wait was over', () => {
    expect(told([5, WARNED]).load).to.deep.equal(['+ 5..7 serviceHealthy']);
    const { load, preAlarm } = told(...ONCE, [30, WARNED]);
    expect(load.filter((one) => one.startsWith('-'))).to.deep.equal([]);
    expect(preAlarm).to.deep.equal(['+ 5..7 warning']);
  });

  it('have another wait with another low cell, after what the first one has made of them (R10)', () => {
    const { load, preAlarm } = told(...ONCE, [60, {}], [100, LOW]);
    expect(load).to.deep.equal(['+ 5..7 serviceHealthy', '- 35..42 trip', '+ 60..62 recovery', '- 130..137 trip']);
    expect(preAlarm).to.deep.equal(['+ 5..7 warning', '- 34.5..42.5 preWithTrip', '+ 100..102 warning', '- 129.5..137.5 preWithTrip']);
  });

  it('count from a rise that only a trip before it let come', () => {
    const { load, preAlarm } = told(...ONCE, [60, WARNED], [100, LOW]);
    expect(preAlarm).to.include('+ 60..62 preRecovered');
    expect(load).to.include.members(['- 100..102 trip', '- 130..137 trip']);
  });
});

describe('a planned timeline that changes', () => {
  const WHOLE = timeline(...ONCE, [60, WARNED], [100, LOW], [150, {}]);

  it('comes to the same, whether its states become known one by one or all at once', () => {
    const pair = new Pair(numbers);
    for (let length = 1; length <= WHOLE.length; length++) {
      const segments = WHOLE.slice(0, length);
      pair.update(segments, length - 1);
      expect(followed(pair), `${length} states`).to.deep.equal(anew(segments));
    }
  });

  it('forgets the trips and the rises that are no longer in it', () => {
    const pair = new Pair(numbers);
    pair.update(WHOLE, 0);
    for (const other of [timeline(...ONCE, [30, WARNED], [70, LOW]), timeline([5, {}]), WHOLE]) {
      pair.update(other, 1);
      expect(followed(pair)).to.deep.equal(anew(other));
    }
  });

  it('is left alone where nothing has changed', () => {
    const pair = new Pair(numbers);
    pair.update(WHOLE, 0);
    const layers = [...pair.load.layers, ...pair.preAlarm.layers];
    pair.update(WHOLE, WHOLE.length);
    expect([...pair.load.layers, ...pair.preAlarm.layers].every((layer, at) => layer === layers[at])).to.equal(true);
  });
});

const many = (count: number) =>
  timeline(...Array.from({ length: count }, (_, at) => [5 + at * 3, at % 2 === 0 ? {} : { pole3Open: true }] as const));

describe('a pair', () => {
  it('is complete only as long as neither signal has more states than may be followed', () => {
    const [within, beyond] = [new Pair(numbers), new Pair(numbers)];
    within.update(many(NODES_BOUND - 1), 0);
    beyond.update(many(NODES_BOUND), 0);
    expect([within.complete, beyond.complete]).to.deep.equal([true, false]);
  });
});
