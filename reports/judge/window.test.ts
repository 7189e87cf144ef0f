import { expect } from 'chai';
import type { Cause } from '../../scenarios/contracts/prediction.ts';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import { byEdge, byEntry, edge, goodCase, goodPrediction, goodTrace, predicted, withEdges } from '../testing/build.ts';
import { judgeCase } from './case.ts';
import { atBound } from './window.ts';

/** PRE-ALARM rises at 5.1 s and falls at `pre_s`; LOAD falls at `load_s`. The clock is known to 60 ppm: 1.8 ms in 30 s. */
const tripped = (pre_s: number, load_s: number, list: readonly Cause[], window_s: readonly [number, number]) => {
  const fell: Edge[] = [edge(4, 'preAlarm', 'notHigh', pre_s), edge(5, 'load', 'notHigh', load_s)];
  const trace = {
    ...goodTrace,
    edges: [...goodTrace.edges.slice(0, 4), ...fell],
    clock: { rate_ppm: 0, bound_ppm: 60, jump_us: 0, samples: 9 },
  };
  const load = predicted('load-2', 'load', 'floating', window_s, list, 5, { rule: 'R3', requirement: 'PRE-30S', certainty: 'O' });
  const evidence = { testCase: goodCase, trace, prediction: goodPrediction, cutShort: false, held: [] };
  return { early: atBound(evidence, load, 'earliest', fell[1]!), late: atBound(evidence, load, 'latest', fell[1]!) };
};
const wait = byEdge(3, 30, 35);
const together = byEdge(4, 0, 0.5);

const early = (pre_s: number, load_s: number) =>
  tripped(pre_s, load_s, [together, wait, byEntry('step-1')], [Math.max(pre_s, 35.1), pre_s + 0.5]).early;

const late = (load_s: number, opened_s: number) => {
  // R4: the later of both bounds.
  const opening = byEntry('step-1', 0, opened_s - 5);
  return tripped(load_s - 0.1, load_s, [wait, opening], [35.1, Math.max(40.1, opened_s)]).late;
};

describe('a window with several causes', () => {
  it('is not passed by the nearest cause alone: a wait of 30.0001 s known to 1.8 ms stays marginal', () => {
    const decided = early(35.100095, 35.1001);
    expect(decided.decision).to.equal('marginal');
    expect(decided.limit.text).to.equal('PRE-ALARM rose');
    expect(decided.uncertainty_us).to.be.closeTo(1_804, 1);
  });
  it('passes once it is inside for every cause by the uncertainty of each', () => {
    expect(early(35.101, 35.1018).decision).to.equal('marginal');
    expect(early(35.1018, 35.10181).decision).to.equal('pass');
  });
  it('fails outside any of them by more than its own uncertainty', () => {
    expect(early(35.0, 35.0981).decision).to.equal('fail');
    expect(early(35.0, 35.0983).decision).to.equal('marginal');
    // After the wait, but before the fall that alone allows it.
    expect(early(36.0, 35.99999).decision).to.equal('fail');
  });
  it('reaches the verdict', () => {
    const edges = [...goodTrace.edges.slice(0, 4), edge(4, 'preAlarm', 'notHigh', 35.100095), edge(5, 'load', 'notHigh', 35.1001)];
    const load = predicted('load-2', 'load', 'floating', [35.100095, 35.600095], [together, wait], 5);
    const trace = { ...withEdges(edges), clock: { rate_ppm: 0, bound_ppm: 60, jump_us: 0, samples: 9 } };
    const result = judgeCase({ testCase: goodCase, trace, prediction: { ...goodPrediction, edges: [load] }, mode: 'unit' });
    expect(result.marginal.map(({ text }) => text.replace(/ \(.*/, ''))).to.include(
      'LOAD fell 30.000100 s after PRE-ALARM rose: too near to the earliest allowed 30.000000 s to decide, known to +-1.804 ms',
    );
  });

  it('decides at a late bound likewise, where either cause may be the later one', () => {
    expect(late(40.0978, 40.0999).decision).to.equal('pass');
    expect(late(40.0995, 40.0999).decision).to.equal('marginal');
    expect(late(40.1015, 40.0999).decision).to.equal('marginal');
    expect(late(40.1022, 40.0999).decision).to.equal('fail');
    // Nearly the same bound, but 2.1 ms wide: outside the wait's, not yet outside the opening's.
    expect(late(40.10205, 40.09999).decision).to.equal('marginal');
  });
  it('keeps causes apart that only another explanation needs', () => {
    const other = byEntry('step-1', 33, 36);
    expect(tripped(36, 36.5, [wait, other], [35.1, 40.1]).early.decision).to.equal('pass');
    expect(tripped(36, 40.5, [wait, other], [35.1, 41]).late.decision).to.equal('pass');
  });
  it('decides nothing at a bound whose cause the trace does not hold', () => {
    expect(tripped(36, 36.5, [byEntry('step-9', 30, 35)], [35.1, 40.1]).early.decision).to.equal('marginal');
  });
});
