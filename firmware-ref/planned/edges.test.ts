/** Which moves are one edge, when an edge has to come, and what it counts from. */

import { expect } from 'chai';
import { drafted, edgeOf, groupsOf, othersOf, type Group } from './edges.ts';
import type { Stretch } from './spans.ts';
import { move, numbers, segment } from './testing/parts.ts';

const windows = (moves: Parameters<typeof drafted>[0], end_us = 1e9): readonly string[] =>
  drafted(moves, end_us).map(({ high, from_us, to_us, moves: own }) => `${high ? '+' : '-'} ${from_us}..${to_us} of ${own.length}`);

/** LOAD may be off until 20 and on from 10 on. */
const RISING: readonly Stretch[] = [
  { from_us: 0, levels: 1, cite: 'powerUp' },
  { from_us: 10, levels: 3, cite: 'powerUp' },
  { from_us: 20, levels: 2, cite: 'powerUp' },
];
const required = (high: boolean, from_us: number, to_us: number, stretches = RISING): boolean =>
  groupsOf('load', [move(high, from_us, to_us)], stretches, 1e9)[0]!.required;

const NONE = { trips: new Map<number, string>(), rises: new Map<number, string>() };
const group = (...moves: Group['moves']): Group => ({
  id: 'load-1',
  signal: 'load',
  high: moves[0]?.high ?? true,
  from_us: 1e6,
  to_us: 3e6,
  required: true,
  moves,
});
const LOW_CELL = { pole1_us: [2e6, 2.005e6], pole1Entry: 'low' } as const;
const trip = (rise: number, more = {}) =>
  move(false, 33e6, 40e6, { rise, cite: 'trip', alone: true, segment: segment({ ...LOW_CELL, ...more }) });

const edge = (...moves: Group['moves']) =>
  edgeOf(group(...moves), { trips: new Map([[7, 'load-9']]), rises: new Map([[7, 'pre-1']]) }, numbers);

describe('edges of a planned timeline', () => {
  it('are moves to one level whose windows overlap or touch', () => {
    expect(windows([move(true, 5, 8), move(true, 8, 12), move(true, 13, 14)])).to.deep.equal(['+ 5..12 of 2', '+ 13..14 of 1']);
    expect(windows([move(true, 5, 20), move(true, 6, 7), move(true, 15, 16)]), 'one within the other').to.deep.equal(['+ 5..20 of 3']);
    expect(windows([move(true, 13, 14), move(true, 5, 8)]), 'in any order').to.deep.equal(['+ 5..8 of 1', '+ 13..14 of 1']);
    expect(windows([move(true, 5, 8), move(false, 6, 7), move(true, 7, 9)]), 'beside the other level').to.deep.equal([
      '+ 5..9 of 2',
      '- 6..7 of 1',
    ]);
  });

  it('begin before the case ends, or when it does', () => {
    expect(windows([move(true, 5, 8), move(false, 9, 12), move(true, 10, 12)], 9)).to.deep.equal(['+ 5..8 of 1', '- 9..12 of 1']);
  });

  it('are numbered in order of time', () => {
    expect(groupsOf('charger', [move(false, 30, 31), move(true, 5, 8)], RISING, 1e9).map(({ id, high }) => [id, high])).to.deep.equal([
      ['charger-1', true],
      ['charger-2', false],
    ]);
  });

  it('have to come where nothing but the other level is allowed before and nothing but theirs after', () => {
    expect(required(true, 10, 20)).to.equal(true);
    expect(required(true, 10, 19), 'it may still be off then').to.equal(false);
    expect(required(true, 11, 20), 'it may be on already').to.equal(false);
    expect(required(true, 10, Infinity), 'it has no end').to.equal(false);
    expect(required(false, 10, 20), 'the other way').to.equal(false);
    const falling = RISING.map((one) => ({ ...one, levels: (one.levels === 3 ? 3 : 3 - one.levels) as 1 | 2 | 3 }));
    expect([required(false, 10, 20, falling), required(true, 10, 20, falling)]).to.deep.equal([true, false]);
  });

  it('know of each rise of PRE-ALARM its edge, and the first trip that counts from it', () => {
    const load = [{ ...group(trip(7)), id: 'load-1' }, { ...group(trip(7), trip(8)), id: 'load-2' }, group(move(true, 1, 2))];
    const pre = [
      { ...group(move(true, 1, 2, { risen: 7 })), id: 'pre-1' },
      { ...group(move(true, 1, 2, { risen: 7 }), move(false, 1, 2)), id: 'pre-2' },
    ];
    const { trips, rises } = othersOf(load, pre);
    expect([...trips]).to.deep.equal([
      [7, 'load-1'],
      [8, 'load-2'],
    ]);
    expect([...rises]).to.deep.equal([[7, 'pre-1']]);
  });
});

describe('an edge of a planned timeline', () => {
  it('counts a reaction from the entry, however badly that is known (R16)', () => {
    const late = segment({ from_us: [1.5e6, 9e6], cause_us: 1e6 });
    expect(edge(move(true, 1.5e6, 11e6, { segment: late })).causes).to.deep.equal([
      { ref: { kind: 'entry', entry: 'step' }, min_us: 0.5e6, max_us: 2.5e6 },
    ]);
    expect(edge(move(true, 0, 0, { segment: segment({ cause: null }) })).causes).to.deep.equal([]);
  });

  it('has no latest time where anything may happen (R13, R14)', () => {
    for (const free of [segment({ kind: 'free' }), segment({ inputs: { remote: 'either' } })])
      expect(edge(move(true, 1e6, 3e6, { segment: free })).causes[0]!.max_us).to.equal(Infinity);
  });

  it('counts a trip from the rise of PRE-ALARM and from the low cell, and keeps to both (R3, R4)', () => {
    const { causes, combine } = edge(trip(7), trip(7));
    expect(causes).to.deep.equal([
      { ref: { kind: 'predicted', edge: 'pre-1' }, min_us: 30e6, max_us: 35e6 },
      { ref: { kind: 'entry', entry: 'low' }, min_us: 0, max_us: 2.005e6 },
    ]);
    expect(combine).to.equal('all');
    expect(edge(trip(9, { pole1Entry: null })).causes, 'of which nothing is known').to.deep.equal([]);
  });

  it('counts PRE-ALARM going off from the trip, half a second either way (R9)', () => {
    const { causes, rule } = edge({ ...trip(7), cite: 'preWithTrip' });
    expect(causes).to.deep.equal([{ ref: { kind: 'predicted', edge: 'load-9' }, min_us: -0.5e6, max_us: 0.5e6 }]);
    expect(rule).to.equal('R9');
  });

  it('keeps to any one of several causes where it is more than a trip', () => {
    const off = move(false, 1e6, 3e6, { cite: 'remoteOff' });
    expect(edge(off, trip(7)).combine).to.equal('any');
    expect(edge(off).combine, 'there is only one').to.equal('all');
  });

  it('is of an output that is off to be told from floating only with a full supply (R14)', () => {
    const low = move(false, 1e6, 3e6, { cite: 'supplyLow', segment: segment({ kind: 'off', inputs: { zone: 'low' } }) });
    expect(edge(move(false, 1e6, 3e6)).level).to.equal('floating');
    expect(edge(move(false, 1e6, 3e6), low).level).to.equal('notHigh');
    expect(edge(move(true, 1e6, 3e6)).level).to.equal('high');
  });

  it('rests on what its first move rests on', () => {
    const {
      rule,
      requirement,
      window_us,
      required: must,
    } = edgeOf(group(trip(7), move(false, 1e6, 3e6, { cite: 'remoteOff' })), NONE, numbers);
    expect([rule, requirement, ...window_us, must]).to.deep.equal(['R3', 'PRE-30S', 1e6, 3e6, true]);
  });
});
