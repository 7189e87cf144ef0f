import { expect } from 'chai';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import { edge, goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { burstsOf } from './bursts.ts';
import { judgeCase } from './case.ts';

/** CHARGER off for `ms` at each of the instants. */
const dips = (at_s: readonly number[], ms = 0.4): readonly Edge[] =>
  at_s.flatMap((from_s, index) => [
    edge(100 + 2 * index, 'charger', 'notHigh', from_s),
    edge(101 + 2 * index, 'charger', 'high', from_s + ms / 1000),
  ]);
const judged = (more: readonly Edge[]) =>
  judgeCase({
    testCase: goodCase,
    trace: { ...goodTrace, edges: [...goodTrace.edges, ...more].toSorted((a, b) => a.at_us - b.at_us) },
    prediction: goodPrediction,
    mode: 'unit',
  });
const every = (count: number, step_s: number) => Array.from({ length: count }, (_, index) => 8 + index * step_s);
const change = (at_s: number) => ({
  away: edge(0, 'load', 'notHigh', at_s),
  back: edge(1, 'load', 'high', at_s + 0.0004),
  length_us: 400,
});

describe('how many short changes are forgiven', () => {
  it('three within a second are, the fourth makes them one difference and breaks what has to stay', () => {
    expect(judged(dips(every(3, 0.1)))).to.include({ verdict: 'pass' });
    const result = judged(dips(every(4, 0.1)));
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.differences).to.have.length(1);
    expect(result.differences[0]).to.include({
      kind: 'dropOut',
      signal: 'charger',
      rule: 'R18',
      requirement: 'NO-GLITCH',
      certainty: 'I',
      off_us: 400,
      text: 'CHARGER dropped out 4 times from 8.000 s to 8.300 s, each for at most 400.0 us: too often to be forgiven as single glitches (R18, NO-GLITCH, inferred).',
    });
    expect(result.glitches).to.deep.equal([]);
    expect(result.expectations[1]).to.include({ id: 'expect-2', outcome: 'broken' });
  });

  it('twenty in a case are, the twenty-first makes all of them a difference, however far apart', () => {
    expect(judged(dips(every(20, 1.2)))).to.include({ verdict: 'pass' });
    expect(judged(dips(every(21, 1.2))).differences[0]?.text).to.contain('dropped out 21 times');
  });

  it('counts those that are too near to their limit to decide', () => {
    const result = judged(dips(every(4, 0.1), 1.001));
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.marginal).to.deep.equal([]);
  });

  it('counts a LED that is dark for 18 ms and lit for 3 ms', () => {
    const flicker = Array.from({ length: 6 }, (_, index) => [
      edge(100 + 2 * index, 'ledBlue', 'off', 8 + index * 0.021, 20),
      edge(101 + 2 * index, 'ledBlue', 'on', 8.018 + index * 0.021, 20),
    ]);
    expect(judged(flicker.flat()).differences.map(({ kind, signal }) => [kind, signal])).to.deep.equal([['dropOut', 'ledBlue']]);
  });

  it('forgives a single one beside a burst', () => {
    expect(judged(dips([...every(5, 0.1), 20])).glitches).to.have.length(1);
  });

  it('tells bursts more than a second apart from each other', () => {
    const bursts = burstsOf([1, 1.1, 1.2, 1.3, 5, 9, 9.1, 9.2, 9.3, 9.4].map(change));
    expect(bursts.map((one) => one.length)).to.deep.equal([4, 5]);
    expect(burstsOf([])).to.deep.equal([]);
  });
});
