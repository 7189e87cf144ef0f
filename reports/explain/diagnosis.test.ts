import { expect } from 'chai';
import { judgeCase } from '../judge/case.ts';
import { finalAttempts, makeRecord, type AttemptFacts } from '../record.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import { edge, goodCase, goodPrediction, goodTrace, probe, withEdges } from '../testing/build.ts';
import { earlyAttempt, facts, goodAttempt, lostAttempt } from '../testing/runs.ts';
import { diagnose } from './diagnosis.ts';

type Trace = typeof goodTrace;
type Prediction = typeof goodPrediction;

const attempt = (trace: Trace, prediction: Prediction = goodPrediction): AttemptFacts => ({
  result: judgeCase({ testCase: goodCase, trace, prediction, mode: 'unit' }),
  trace,
  prediction,
});

/** What is left when edges are taken out: numbered anew, and the prediction without them, due a second before the end. */
const without = (gone: (one: Trace['edges'][number]) => boolean, probes: Trace['probes'] = goodTrace.probes): AttemptFacts => {
  const edges = goodTrace.edges.filter((one) => !gone(one));
  const seq = new Map(edges.map((one, index) => [one.seq, index]));
  const moved = goodPrediction.edges.map((one): Prediction['edges'][number] => {
    const observed = one.observed === null ? null : (seq.get(one.observed) ?? null);
    const [from, to] = one.window_us;
    return { ...one, observed, window_us: observed === null ? [from, scenarioTime(Math.min(to, 39e6))] : [from, to] };
  });
  return attempt({ ...withEdges(edges), probes }, { ...goodPrediction, edges: moved });
};

const spoilt = (result: 'low' | 'leaky') =>
  attempt({ ...goodTrace, probes: goodTrace.probes.map((one) => (one.output === 'load' ? probe('load', 37.51, result) : one)) });

const diagnosis = (...attempts: readonly AttemptFacts[]) => {
  const all = finalAttempts(makeRecord(facts(attempts)));
  return diagnose(
    all.filter(({ last }) => last.result.verdict !== 'pass'),
    all,
  );
};

describe('a diagnosis', () => {
  it('is not made of runs that passed', () => {
    expect(diagnosis(goodAttempt)).to.equal(null);
  });

  it('of a run that says nothing of the unit is what spoilt it', () => {
    const found = diagnosis(goodAttempt, lostAttempt);
    expect(found?.finding).to.equal('The link was lost before the case ended: no answer for 1 s.');
    expect(found?.look).to.equal('This says nothing of the unit: test it again once cable, hub and board have been looked after.');
  });

  it('does not send anyone into a unit for what a broken bench shows of it', () => {
    const stuck = without(({ signal, level }) => signal === 'load' && level === 'notHigh');
    expect(stuck.result.verdict, 'the probe contradicts the comparator').to.equal('broken');
    expect(stuck.result.differences.some(({ blame }) => blame === 'unit')).to.equal(true);
    expect(diagnosis(stuck)?.finding).to.match(/^A probe found LOAD floating/);
    expect(diagnosis(stuck, earlyAttempt)?.finding, 'beside a case that failed').to.include('LOAD');
    expect(diagnosis(stuck, earlyAttempt)?.look).to.match(/^Look first at/);
  });

  it('tells a dead output stage from the other outputs that work', () => {
    const found = diagnosis(without(({ signal }) => signal === 'charger'));
    expect(found?.finding).to.equal('CHARGER never goes high in this run, the other outputs do.');
    expect(found?.look).to.match(/output stage of CHARGER.*open switch/);
  });

  it('tells a low side that conducts from one that leaks', () => {
    expect(diagnosis(spoilt('low'))?.finding).to.equal('LOAD is pulled to minus where it should float.');
    expect(diagnosis(spoilt('leaky'))?.look).to.match(/^Look first at leakage at LOAD/);
  });

  it('tells a LED that never lights from the output that it follows', () => {
    const found = diagnosis(without(({ signal }) => signal === 'ledBlue'));
    expect(found?.finding).to.match(/^The blue LED never lights in this run/);
    expect(found?.look).to.include('the light sensor');
  });

  it('tells an output that stays high although the LED shows that the unit let go', () => {
    const probes = goodTrace.probes.filter(({ output }) => output !== 'load');
    const found = diagnosis(without(({ signal, level }) => signal === 'load' && level === 'notHigh', probes));
    expect(found?.finding)
      .to.match(/^LOAD stays high where it must float/)
      .and.to.include('The blue LED goes dark all the same');
  });

  it('tells a value by how far it is off, and where its path is', () => {
    const trace: Trace = { ...goodTrace, samples: goodTrace.samples.map((one) => ({ ...one, value: 5_000 })) };
    const found = diagnosis(attempt(trace));
    expect(found?.finding).to.equal('supplyCurrent reads 5000 uA, 1700 uA too high.');
    expect(found?.look).to.include('without need');
  });

  it('tells an output that answers to a pole that is not its own', () => {
    const trace = withEdges([...goodTrace.edges, edge(9, 'charger', 'notHigh', 5.2)]);
    const index = trace.edges.findIndex(({ signal, level }) => signal === 'charger' && level === 'notHigh');
    const prediction: Prediction = {
      ...goodPrediction,
      edges: goodPrediction.edges.map((one) => ({
        ...one,
        observed: one.observed !== null && one.observed >= index ? one.observed + 1 : one.observed,
      })),
      unexplained: [
        {
          seq: index,
          signal: 'charger',
          level: 'notHigh',
          at_us: trace.edges[index]!.at_us,
          rule: 'R18',
          requirement: 'NO-GLITCH',
          certainty: 'I',
          consequence: false,
          why: 'Nothing asked for it.',
        },
      ],
    };
    const found = diagnosis(attempt(trace, prediction));
    expect(found?.finding).to.equal('CHARGER answers to pole4, which is not its own.');
    expect(found?.look).to.include('M8 pole 4');
  });

  it('says whether a wait is off by the same amount each time', () => {
    expect(diagnosis(earlyAttempt, earlyAttempt)?.finding).to.include('by the same amount each time');
    expect(diagnosis(earlyAttempt)?.finding).not.to.include('each time');
  });
});
