/** The blue LED of a planned timeline: when it may be lit, how far it may be from LOAD, and which of its edges have to come (R11, R15, R17). */

import { expect } from 'chai';
import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Segment } from '../inputs/segments.ts';
import { blueEdges, blueHoldings, blueWindows, freeEdges, lightable, type Lightable } from './blue.ts';
import type { Group } from './edges.ts';
import type { Stretch } from './spans.ts';
import { move, numbers, reached, segment } from './testing/parts.ts';

const light = (from_s: number, to_s: number, free = false): Lightable => ({
  from_us: from_s * 1e6,
  to_us: to_s * 1e6,
  free,
  cause: { kind: 'entry', entry: 'power' },
  cause_us: 0,
});
const spans = (...segments: readonly Segment[]): readonly string[] =>
  lightable(segments).map(({ from_us, to_us, free }) => `${from_us / 1e6}..${to_us / 1e6}${free ? ' free' : ''}`);
const at = (from_s: number, more: Parameters<typeof segment>[0] = {}): Segment =>
  segment({ from_us: [from_s * 1e6, from_s * 1e6 + 5], due_us: (from_s + 2) * 1e6, ...more });

/** LOAD in one state from one second to another, in a state of the inputs that began at 1 s. */
const node = (high: boolean, from_s: number, to_s: number, memo = high ? 'up' : 'out') => ({
  high,
  memo,
  from_us: from_s * 1e6,
  to_us: to_s * 1e6,
});
const LOW_CELL = { inputs: { pole1Open: true }, pole1_us: [30e6, 30e6], pole1Entry: 'low' } as const;
const holdings = (lights: readonly Lightable[], nodes: readonly object[], seen = segment()): readonly string[] =>
  blueHoldings(reached({ segment: seen, nodes }), lights, numbers).map(
    ({ high, from_us, to_us }) => `${high ? '+' : '-'} ${from_us / 1e6}..${to_us / 1e6}`,
  );

const group = (high: boolean, from_s: number, to_s: number, more: Partial<Group> = {}): Group => ({
  id: 'load-1',
  signal: 'load',
  high,
  from_us: from_s * 1e6,
  to_us: to_s * 1e6,
  required: true,
  moves: [move(high, from_s * 1e6, to_s * 1e6)],
  ...more,
});
/** Levels from an instant on: 1 dark, 2 lit, 3 either. */
const levels = (...parts: readonly (readonly [s: number, levels: 1 | 2 | 3])[]): readonly Stretch[] =>
  parts.map(([s, one]) => ({ from_us: s * 1e6, levels: one, cite: 'blue' }));
const RISES = levels([0, 1], [2, 3], [7, 2]);
const FALLS = levels([0, 2], [2, 3], [7, 1]);
const windows = (groups: readonly Group[], stretches: readonly Stretch[]): readonly string[] =>
  blueWindows(groups, stretches, numbers).map(
    ({ index, from_us, to_us, required, bounded }) =>
      `${index}: ${from_us / 1e6}..${to_us / 1e6}${required ? ' required' : ''}${bounded === null ? '' : ' bounded'}`,
  );
const own = { id: 'load-1', causes: [{ ref: { kind: 'entry', entry: 'step' }, min_us: 0, max_us: 2e6 }] } as unknown as PredictedEdge;
const edges = (load: PredictedEdge, of: Group = group(true, 4, 5)) => blueEdges([load], blueWindows([of], RISES, numbers), numbers);

describe('the blue LED may be lit', () => {
  it('with a supply and the remote on, until the next state has been seen', () => {
    expect(spans(at(1), at(4, { inputs: { remote: 'off' } }), at(8))).to.deep.equal(['1..6', '8..Infinity']);
    expect(spans(at(1), at(4, { kind: 'off' }))).to.deep.equal(['1..6']);
  });

  it('and be anything while the unit starts, without a full supply, and where the remote may be off', () => {
    for (const kind of ['free', 'resume', 'restart'] as const) expect(spans(at(1, { kind })), kind).to.deep.equal(['1..Infinity free']);
    expect(spans(at(1, { kind: 'restart', inputs: { remote: 'off' } }))).to.deep.equal(['1..Infinity free']);
    expect(spans(at(1, { inputs: { remote: 'either' } }))).to.deep.equal(['1..Infinity free']);
    expect(spans(at(1, { kind: 'off', inputs: { remote: 'either' } }))).to.deep.equal([]);
  });
});

describe('the blue LED holds', () => {
  it('what LOAD does, a reaction before or after it, but not before what LOAD answers to', () => {
    expect(holdings([light(0, 90)], [node(true, 10, 20)])).to.deep.equal(['+ 8..22']);
    expect(holdings([light(0, 90)], [node(false, 10, 20)])).to.deep.equal(['- 8..22']);
    expect(holdings([light(0, 90)], [node(true, 2, 20), node(false, 2, 20)])).to.deep.equal(['+ 1..22', '- 1..22']);
  });

  it('after a trip, since the low cell, whatever else has changed since', () => {
    const since = segment({ ...LOW_CELL, from_us: [60e6, 60e6] });
    expect(holdings([light(0, 90)], [node(false, 61, 70, 'down')], since)).to.deep.equal(['- 59..72']);
    expect(holdings([light(0, 90)], [node(false, 61, 70, 'out')], since)).to.deep.equal(['- 60..72']);
  });

  it('a light only where it may be lit, spans that meet being one', () => {
    expect(holdings([light(9, 11), light(15, 18)], [node(true, 10, 20)])).to.deep.equal(['+ 9..11', '+ 15..18']);
    expect(holdings([light(9, 15), light(15, 18)], [node(true, 10, 20)])).to.deep.equal(['+ 9..18']);
    expect(holdings([light(9, 18), light(10, 12)], [node(true, 10, 20)])).to.deep.equal(['+ 9..18']);
    expect(holdings([light(22, 30)], [node(true, 10, 20)])).to.deep.equal(['+ 22..22']);
    expect(holdings([light(23, 30)], [node(true, 10, 20)])).to.deep.equal([]);
    expect(holdings([], [node(false, 10, 20)]), 'dark it may always be').to.deep.equal(['- 8..22']);
  });

  it('either level where it is free', () => {
    expect(holdings([light(0, 3, true), light(3, 9)], [])).to.deep.equal(['+ 0..3', '- 0..3']);
  });
});

describe('an edge of the blue LED', () => {
  it('that is free may go either way, and need not come', () => {
    const [first, ...more] = freeEdges([light(1, 1, true), light(2, 5), light(1, 4, true)]);
    expect(more).to.have.length(1);
    expect([first!.level, more[0]!.level]).to.deep.equal(['on', 'off']);
    expect(first).to.deep.include({ window_us: [1e6, 4e6], required: false });
    expect(first!.causes).to.deep.equal([{ ref: { kind: 'entry', entry: 'power' }, min_us: 1e6, max_us: 4e6 }]);
    expect(freeEdges([{ ...light(1, 4, true), cause: null }])[0]!.causes).to.deep.equal([]);
  });

  it('lies within a reaction of that of LOAD, not before its reason, where the LED may be either', () => {
    expect(windows([group(true, 4, 5)], RISES)).to.deep.equal(['0: 2..7 required']);
    expect(windows([group(false, 4, 5)], FALLS)).to.deep.equal(['0: 2..7 required']);
    // Its reason is at 1 s.
    expect(windows([group(true, 2, 5)], levels([0, 1], [0.5, 3], [7, 2]))).to.deep.equal(['0: 1..7 required bounded']);
    expect(windows([group(true, 4, 5)], levels([0, 1], [3, 3], [6, 2]))).to.deep.equal(['0: 3..6 required']);
    expect(windows([group(true, 4, 5)], levels([0, 1]))).to.deep.equal([]);
    expect(windows([group(true, 4, 5)], levels([0, 1], [7.5, 3]))).to.deep.equal([]);
  });

  it('lies where it may be either for longest', () => {
    const twice = levels([0, 1], [2, 3], [3, 1], [4, 3], [7, 2]);
    expect(windows([group(true, 4, 5)], twice)).to.deep.equal(['0: 4..7 required']);
  });

  it('has to come where that of LOAD has to, and the LED has to have done it in the end', () => {
    expect(windows([group(true, 4, 5, { required: false })], RISES)).to.deep.equal(['0: 2..7']);
    expect(windows([group(true, 4, 5)], levels([0, 1], [2, 3]))).to.deep.equal(['0: 2..7']);
    expect(windows([group(true, 4, 5)], levels([0, 2], [2, 3], [7, 2])), 'it may have been lit all along').to.deep.equal(['0: 2..7']);
    expect(windows([group(true, 4, 5)], levels([2, 3], [7, 2]))).to.deep.equal(['0: 2..7 required']);
    expect(windows([group(false, 4, 5)], RISES), 'the other way').to.deep.equal(['0: 2..7']);
  });

  it('counts from that of LOAD, and where LOAD has a reason near, from this as well', () => {
    const follows = { ref: { kind: 'predicted', edge: 'load-1' }, min_us: -2e6, max_us: 2e6 };
    expect(edges(own)).to.have.length(1);
    expect(edges(own)[0]).to.deep.include({ id: 'ledBlue-1', level: 'on', combine: 'all', causes: [follows] });
    expect(blueEdges([own], blueWindows([group(false, 4, 5)], FALLS, numbers), numbers)[0]!.level).to.equal('off');
    const bounded = group(true, 2, 5);
    const since = (max_us: number) => [follows, { ref: { kind: 'entry', entry: 'step' }, min_us: 0, max_us }];
    expect(edges(own, bounded)[0]!.causes).to.deep.equal(since(4e6));
    const two = { ...own, causes: [...own.causes, { ...own.causes[0]!, min_us: 1 }] };
    expect(edges(two, bounded)[0]!.causes, 'LOAD may have another').to.deep.equal(since(Infinity));
  });
});
