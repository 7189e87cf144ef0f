/** Which observed edge stands for which predicted one, and what becomes of the others: drop-outs, glitches, bursts, strange edges (R18). */

import { expect } from 'chai';
import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import { edge, goodPrediction, goodTrace, predicted } from '../testing/build.ts';
import { excursionText, pair, unsettled, type Pairing } from './pair.ts';

const paired = (edges: readonly Edge[], predictions: readonly PredictedEdge[] = [], bound_ppm = 0): Pairing => {
  const trace: Trace = { ...goodTrace, edges, clock: { ...goodTrace.clock, bound_ppm } };
  return pair({ ...goodPrediction, edges: predictions }, trace);
};
const sizes = ({ pairs, missing, extra, excursions, marginal, bursts, glitches, faults }: Pairing) =>
  Object.entries({ pairs, missing, extra, excursions, marginal, bursts, glitches, faults }).flatMap(([name, { length }]) =>
    length === 0 ? [] : [`${length} ${name}`],
  );

/** An unexplained change of so many microseconds, each stamp known to `uncertainty_us`. */
const away = (length_us: number, signal: SenseSignal = 'charger', uncertainty_us = 0, at_s = 20, seq = 50): readonly Edge[] => {
  const [to, back] = signal.startsWith('led') ? (['off', 'on'] as const) : (['notHigh', 'high'] as const);
  return [edge(seq, signal, to, at_s, uncertainty_us), edge(seq + 1, signal, back, at_s + length_us / 1e6, uncertainty_us)];
};
const repeated = (count: number, every_s: number, length_us = 500): readonly Edge[] =>
  Array.from({ length: count }, (_, index) => away(length_us, 'charger', 0, 10 + index * every_s, 50 + 2 * index)).flat();
const kind = (...given: Parameters<typeof away>) => sizes(paired(away(...given))).join();

const RISE = edge(3, 'load', 'high', 5);
const expected = (observed: number | null, more: Partial<PredictedEdge> = {}, level: 'high' | 'notHigh' | 'floating' = 'high') =>
  predicted('load-1', 'load', level, [4, 6], [], observed, more);
const says = (why: string) => [['rig', `The account takes edge 3 for load high (load-1), but that edge ${why}.`]];
const drifting = (us: number) => sizes(paired(away(us, 'ledBlue'), [], 100)).join();

describe('a predicted edge', () => {
  it('is stood for by the one that the account took for it', () => {
    const { pairs, extra } = paired([RISE], [expected(3)]);
    expect(pairs).to.deep.equal([{ predicted: expected(3), edge: RISE }]);
    expect(extra).to.deep.equal([]);
    expect(sizes(paired([edge(3, 'load', 'notHigh', 5)], [expected(3, {}, 'floating')])), 'a probe says the rest').to.deep.equal([
      '1 pairs',
    ]);
  });

  it('is missing where it is required and none was taken for it', () => {
    expect(sizes(paired([], [expected(null), expected(null, { required: false })]))).to.deep.equal(['1 missing']);
  });

  it('is a fault of the rig where that edge is none, another, or taken already', () => {
    const text = (edges: readonly Edge[], ...predictions: readonly PredictedEdge[]) =>
      paired(edges, predictions).faults.map((one) => [one.blame, one.text]);
    expect(text([], expected(3))).to.deep.equal(says('does not exist'));
    expect(text([edge(3, 'charger', 'high', 5)], expected(3))).to.deep.equal(says('is charger high'));
    expect(text([edge(3, 'load', 'notHigh', 5)], expected(3))).to.deep.equal(says('is load notHigh'));
    expect(text([RISE], expected(3), expected(3))).to.deep.equal(says('already stands for another'));
    expect(sizes(paired([RISE], [expected(3), expected(3)]))).to.deep.equal(['1 pairs', '1 faults']);
  });
});

describe('an edge that stands for nothing', () => {
  it('is one drop-out with its way back within a second, and else two', () => {
    expect([1_000_000, 1_000_001].map((us) => kind(us))).to.deep.equal(['1 excursions', '2 extra']);
    expect(sizes(paired(away(2_000).slice(0, 1)))).to.deep.equal(['1 extra']);
    expect(paired(away(2_000)).excursions[0]!.length_us).to.equal(2_000);
  });

  it('stands alone where the next one is explained, of another signal, or the same way', () => {
    const [fall, back] = [edge(2, 'load', 'notHigh', 4.9), RISE];
    expect(sizes(paired([fall, back], [expected(3)]))).to.deep.equal(['1 pairs', '1 extra']);
    expect(sizes(paired([fall, edge(4, 'charger', 'high', 4.901)]))).to.deep.equal(['2 extra']);
    expect(sizes(paired([fall, edge(4, 'load', 'notHigh', 4.901)]))).to.deep.equal(['2 extra']);
    expect(sizes(paired([fall, edge(3, 'load', 'high', 4.902), edge(4, 'load', 'notHigh', 4.95)])), 'one after another').to.deep.equal([
      '1 extra',
      '1 excursions',
    ]);
  });

  it('is a glitch below 1 ms, of an LED below 20 ms, and a difference from there on', () => {
    expect([999, 1_000].map((us) => kind(us))).to.deep.equal(['1 glitches', '1 excursions']);
    expect([19_999, 20_000].map((us) => kind(us, 'ledBlue'))).to.deep.equal(['1 glitches', '1 excursions']);
    expect(kind(1_500, 'preAlarm')).to.equal('1 excursions');
  });

  it('is marginal within what is not known of both stamps and the clock', () => {
    expect([979, 980, 1_019, 1_020].map((us) => kind(us, 'charger', 10))).to.deep.equal([
      '1 glitches',
      '1 marginal',
      '1 marginal',
      '1 excursions',
    ]);
    expect([19_997, 19_999, 20_001, 20_003].map(drifting)).to.deep.equal(['1 glitches', '1 marginal', '1 marginal', '1 excursions']);
  });

  it('is one of a burst where more than three come within a second, or more than twenty in all', () => {
    expect(sizes(paired(repeated(3, 0.1)))).to.deep.equal(['3 glitches']);
    expect(sizes(paired(repeated(4, 0.1)))).to.deep.equal(['1 bursts']);
    expect(sizes(paired(repeated(4, 0.4)))).to.deep.equal(['4 glitches']);
    expect(sizes(paired(repeated(20, 1.1)))).to.deep.equal(['20 glitches']);
    expect(sizes(paired(repeated(21, 1.1)))).to.deep.equal(['1 bursts']);
    const others = away(500, 'load', 0, 10.05, 90);
    expect(sizes(paired([...repeated(3, 0.1), ...others])), 'each signal for itself').to.deep.equal(['4 glitches']);
  });

  it('counts in a burst although it may be too long to be forgiven, and a long one does not', () => {
    const near = away(995, 'charger', 10, 10.35, 90);
    expect(sizes(paired([...repeated(3, 0.1), ...near]))).to.deep.equal(['1 bursts']);
    expect(sizes(paired([...repeated(3, 0.1), ...away(5_000, 'charger', 0, 10.35, 90)]))).to.deep.equal(['1 excursions', '3 glitches']);
  });

  it('lets nothing build on it while it is forgiven or too near to decide', () => {
    expect([...unsettled(paired(away(500)))]).to.have.members([50, 51]);
    expect([...unsettled(paired(away(1_000, 'charger', 10)))]).to.have.members([50, 51]);
    expect([...unsettled(paired(away(5_000)))]).to.deep.equal([]);
    expect(excursionText(paired(away(5_000)).excursions[0]!)).to.equal('CHARGER went to notHigh for 5.000 ms at 20.000 s');
  });
});
