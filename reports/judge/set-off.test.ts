import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { done, edge, goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { judgeCase } from './case.ts';

/** Step-2 waits for CHARGER to fall. */
const waiting: Case = {
  ...goodCase,
  timeline: {
    ...goodCase.timeline,
    entries: goodCase.timeline.entries.map((one) =>
      one.id === 'step-2'
        ? { ...one, when: { kind: 'afterEdge', signal: 'charger', level: 'notHigh', armedBy: 'step-1', delay_us: 10_000, timeout_us: 3e6 } }
        : one,
    ),
  },
};
/** CHARGER off at `from_s` for `ms`. */
const dip = (seq: number, from_s: number, ms: number): readonly Edge[] => [
  edge(seq, 'charger', 'notHigh', from_s),
  edge(seq + 1, 'charger', 'high', from_s + ms / 1000),
];
const judged = (more: readonly Edge[], trace: Partial<Trace> = {}) =>
  judgeCase({
    testCase: waiting,
    trace: {
      ...goodTrace,
      stimuli: goodTrace.stimuli.map((one) => (one.entry === 'step-2' ? done('step-2', 6.01) : one)),
      edges: [...goodTrace.edges, ...more].toSorted((a, b) => a.at_us - b.at_us),
      ...trace,
    },
    prediction: goodPrediction,
    mode: 'unit',
  });
const glitch = dip(90, 6, 0.97);
const SET_OFF =
  'Step-2 was set off by a glitch of CHARGER of 970.0 us at 6.000 s (forgiven by R18), so what follows was not measured as meant.';

describe('a step that a forgiven glitch set off', () => {
  it('leaves the case undecided, by the unit, although all else was kept', () => {
    expect(judged(glitch)).to.include({ verdict: 'inconclusive', blame: 'unit', reason: SET_OFF });
  });

  it('turns differences and broken expectations behind it into doubts', () => {
    const result = judged([...glitch, edge(7, 'ledRed', 'on', 39), ...dip(92, 20, 5)]);
    expect(result).to.include({ verdict: 'inconclusive', blame: 'unit', reason: SET_OFF });
    expect(result.differences).to.deep.equal([]);
    expect(result.notMeasured.filter(({ text }) => text.startsWith('Not counted: ')).map(({ signal }) => signal)).to.have.members([
      'ledRed',
      'charger',
    ]);
    expect(result.expectations[1]).to.include({ id: 'expect-2', outcome: 'notMeasured' });
  });

  it('excuses nothing before it', () => {
    const dropped = judged([...dip(80, 4, 5), ...glitch]);
    expect(dropped).to.include({ verdict: 'fail', blame: 'unit' });
    expect(dropped.differences.map(({ kind }) => kind)).to.deep.equal(['dropOut']);
    expect(dropped.expectations[1]).to.include({ id: 'expect-2', outcome: 'broken' });
    const samples = goodTrace.samples.map((one) => ({ ...one, value: 3_412 }));
    expect(judged(glitch, { samples }).differences.map(({ kind }) => kind)).to.deep.equal(['outOfLimit']);
  });

  it('takes a value behind it for not measured', () => {
    const samples = goodTrace.samples.map((one) => ({ ...one, value: 3_412, at_us: 7e6 as Trace['ended_us'] }));
    const result = judged(glitch, { samples });
    expect(result).to.include({ verdict: 'inconclusive', blame: 'unit', reason: SET_OFF });
    expect(result.measurements.map(({ outcome }) => outcome)).to.deep.equal(['notMeasured']);
  });

  it('is none where the edge it waited for was a drop-out, or the glitch came at another time', () => {
    expect(judged(dip(90, 6, 5)).verdict).to.equal('fail');
    const edges = [...goodTrace.edges, ...dip(90, 20, 0.97)].toSorted((a, b) => a.at_us - b.at_us);
    const result = judgeCase({ testCase: goodCase, trace: { ...goodTrace, edges }, prediction: goodPrediction, mode: 'unit' });
    expect(result.verdict).to.equal('pass');
    expect(result.glitches).to.have.length(1);
  });
});
