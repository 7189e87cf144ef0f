import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Action } from '../../scenarios/contracts/timeline.ts';
import type { Edge, Probe, Trace } from '../../scenarios/contracts/trace.ts';
import type { SenseLevel, SenseSignal } from '../../scenarios/signals.ts';
import { byEntry, done, edge, entry, goodCase, goodPrediction, goodTrace, predicted, probe, span } from '../testing/build.ts';
import { judgeCase } from './case.ts';
import { heldSpans, unitsOwn } from './held.ts';

const pulse = (signal: 'chargerShort' | 'loadSink' | 'chargerSink', value: 'on' | '1A' | '10mA', for_ms: number): Action => ({
  kind: 'pulse',
  changes: [{ signal, value }],
  for_us: for_ms * 1000,
});

/** A pulse of a drive from 20 s on, and what else was seen. */
const held = (action: Action & { kind: 'pulse' }, edges: readonly Edge[], probes: readonly Probe[] = []) => {
  const entries = [...goodCase.timeline.entries, entry('short', 20, action)];
  const testCase: Case = { ...goodCase, timeline: { ...goodCase.timeline, entries } };
  const stimulus = { ...done('short', 20), ended_us: (20e6 + action.for_us) as Trace['ended_us'] };
  const trace: Trace = {
    ...goodTrace,
    stimuli: [...goodTrace.stimuli, stimulus],
    edges: [...goodTrace.edges, ...edges].toSorted((a, b) => a.at_us - b.at_us),
    probes: [...goodTrace.probes, ...probes],
  };
  return { testCase, trace };
};
const judge = ({ testCase, trace }: ReturnType<typeof held>, prediction = goodPrediction) =>
  judgeCase({ testCase, trace, prediction, mode: 'unit' });
const SHORT = pulse('chargerShort', 'on', 60) as Action & { kind: 'pulse' };
const SINK = pulse('loadSink', '1A', 16) as Action & { kind: 'pulse' };
const dip = (signal: SenseSignal, from_s: number, to_s: number): readonly Edge[] => [
  edge(90, signal, 'notHigh', from_s),
  edge(91, signal, 'high', to_s),
];
/** As the reference sees a short: CHARGER may fall, and returns within 2 s of its end. */
const shorted: Prediction = {
  ...goodPrediction,
  edges: [
    ...goodPrediction.edges,
    predicted('charger-2', 'charger', 'floating', [20, 20.06], [byEntry('short')], 90, { required: false }),
    predicted('charger-3', 'charger', 'high', [20, 22.06], [byEntry('short', 0, 2.06)], 91),
  ],
  allowed: [
    ...goodPrediction.allowed.filter(({ signal }) => signal !== 'charger'),
    span('charger', -1, 0, ['floating']),
    span('charger', 0, 3, ['floating', 'high']),
    span('charger', 3, 20, ['high']),
    span('charger', 20, 22.06, ['floating', 'high']),
    span('charger', 22.06, 40, ['high']),
  ],
};
const low = (output: 'charger' | 'load', at_s: number): Probe => probe(output, at_s, 'low');

const set = (value: 'on' | 'off'): Action => ({ kind: 'set', changes: [{ signal: 'chargerShort', value }] });

const at = (s: number) => ({ kind: 'time', at_us: (s * 1e6) as Trace['ended_us'] }) as const;

describe('an output that the fixture itself holds', () => {
  it('is held by a short until 100 ms after, by its sink as long as that lasts', () => {
    const spans = ({ testCase, trace }: ReturnType<typeof held>) =>
      heldSpans(testCase, trace).map(({ output, from_us, to_us }) => [output, from_us, to_us]);
    expect(spans(held(SHORT, []))).to.deep.equal([['charger', 19_999_998, 20_160_002]]);
    expect(spans(held(SINK, []))).to.deep.equal([['load', 19_999_998, 20_017_002]]);
  });
  it('counts two commands as one span, and one that nothing ends to the end of the trace', () => {
    const entries = [entry('a', 20, set('on')), entry('b', 20.05, set('off')), entry('c', 30, set('on'))];
    const trace = { ...goodTrace, stimuli: entries.map(({ id, bounds_us }) => done(id, bounds_us[0] / 1e6, 0)) };
    const testCase = { ...goodCase, timeline: { ...goodCase.timeline, entries } };
    expect(heldSpans(testCase, trace).map(({ from_us, to_us }) => [from_us, to_us])).to.deep.equal([
      [20_000_000, 20_150_000],
      [30_000_000, 40_000_000],
    ]);
  });

  it('does not fail a good unit for edges and probes under a short', () => {
    const result = judge(held(SHORT, dip('charger', 20.00002, 20.0601), [low('charger', 20.0011)]));
    expect(result).to.include({ verdict: 'pass', reason: 'Every planned check was kept.' });
  });
  it('forgives CHARGER 100 ms to come back and no more', () => {
    expect(judge(held(SHORT, dip('charger', 20.00002, 20.15), [low('charger', 20.0011)])).verdict).to.equal('pass');
    const late = judge(held(SHORT, dip('charger', 20.00002, 20.2), [low('charger', 20.0011)]), shorted);
    expect(late).to.include({ verdict: 'fail', blame: 'unit' });
    expect(late.differences[0]).to.include({ kind: 'wrongLevel', signal: 'charger', requirement: 'NO-LATCH' });
    expect(late.differences[0]?.text).to.match(
      /^CHARGER was not high at 20\.160 s, 100 ms after the fixture's short, and came back 39\.998 ms later/,
    );
    const never = judge(held(SHORT, [edge(90, 'charger', 'notHigh', 20.00002)], [low('charger', 20.0011)]), shorted);
    expect(never.differences.map(({ text }) => text).join()).to.contain('and did not come back');
  });
  it('leaves what comes of a change of the bank meanwhile to the reference', () => {
    const { testCase, trace } = held(SHORT, dip('charger', 20.00002, 20.2));
    const opened = entry('pole', 20.03, { kind: 'set', changes: [{ signal: 'pole3', value: 'open' }] });
    const entries = [...testCase.timeline.entries, opened];
    const result = judge({
      testCase: { ...testCase, timeline: { ...testCase.timeline, entries } },
      trace: { ...trace, stimuli: [...trace.stimuli, done('pole', 20.03)] },
    });
    expect(result.differences.map(({ kind }) => kind)).to.not.include('wrongLevel');
  });
  it('still fails for the same edges of another output, or outside the short', () => {
    expect(judge(held(SHORT, dip('load', 20.00002, 20.0601))).verdict).to.equal('fail');
    expect(judge(held(SHORT, dip('charger', 21, 21.06))).verdict).to.equal('fail');
    expect(judge(held(SINK, dip('charger', 20.00002, 20.0161))).verdict).to.equal('fail');
  });
  it('does not fail a good unit for what its own sink does', () => {
    expect(judge(held(SINK, dip('load', 20.0001, 20.0165), [low('load', 20.002)])).verdict).to.equal('pass');
  });

  it('keeps one edge where the level differs afterwards, known as well as the span is long', () => {
    const one = edge(90, 'load', 'notHigh', 20.004);
    const { testCase, trace } = held(SINK, [one, edge(91, 'load', 'high', 20.005), edge(92, 'load', 'notHigh', 20.006)]);
    const own = unitsOwn(testCase, trace).edges.filter(({ seq }) => seq >= 90);
    expect(own.map(({ seq, uncertainty_us }) => [seq, uncertainty_us])).to.deep.equal([[92, 11_004]]);
    expect(unitsOwn(goodCase, goodTrace)).to.equal(goodTrace);
  });

  it('judges no level of CHARGER under the short, and the span around it by both its ends', () => {
    const { testCase, trace } = held(SHORT, dip('charger', 20.00002, 20.0601));
    const demand = (from_s: number, to_s: number) => {
      const frame = { id: 'expect-9', text: 'x', place: goodCase.place, signal: 'charger' as const, level: 'high' as const };
      const expectations = [{ ...frame, kind: 'stays' as const, from: at(from_s), to: at(to_s) }];
      const planned = ['reference', 'expect-9'];
      return judgeCase({ testCase: { ...testCase, expectations, planned }, trace, prediction: goodPrediction, mode: 'unit' })
        .expectations[0];
    };
    expect(demand(20.01, 20.05)).to.include({ outcome: 'notMeasured' });
    expect(demand(20.01, 20.05)?.text).to.contain('not judged until 20.160 s');
    expect(demand(19, 21)?.outcome).to.equal('held');
  });
});

const refused = (
  at_s: number,
  level: SenseLevel = 'high',
  done_us: number | null = at_s * 1e6,
  letGo_us: Trace['ended_us'] | null = null,
) => {
  const entries = [
    ...goodCase.timeline.entries,
    entry('measure-2-sink', at_s, SINK),
    entry('measure-2', at_s + 0.008, { kind: 'sample', analog: 'loadDrop', count: 16 }),
  ];
  const asked = { ...done('measure-2-sink', at_s), done_us: done_us as Trace['ended_us'] | null };
  const ended_us = ((at_s + 0.016) * 1e6) as Trace['ended_us'];
  const stimulus = letGo_us === null ? { ...asked, outcome: 'refused' as const } : { ...asked, ended_us, letGo_us };
  const limits = { name: 'LOAD-DROP', analog: 'loadDrop', unit: 'mV', low: null, high: 300 } as const;
  const measurement = { id: 'measure-2', entry: 'measure-2', place: goodCase.place, switching: null, margin: 0, ...limits };
  const sample = {
    entry: 'measure-2',
    analog: 'loadDrop',
    at_us: (at_s + 0.008) * 1e6,
    value: 1990,
    unit: 'mV',
    uncertainty: 20,
    count: 16,
  } as const;
  return judgeCase({
    testCase: {
      ...goodCase,
      timeline: { ...goodCase.timeline, entries },
      measurements: [measurement],
      expectations: [],
      planned: ['reference', 'measure-2'],
    },
    trace: {
      ...goodTrace,
      stimuli: [...goodTrace.stimuli, stimulus, done('measure-2', at_s + 0.008)],
      samples: [...goodTrace.samples, sample as never],
    },
    prediction: {
      ...goodPrediction,
      allowed: goodPrediction.allowed.map((one) => (level === 'high' ? one : { ...one, levels: [...one.levels, level] })),
    },
    mode: 'unit',
  });
};

describe('a sink that the fixture refused', () => {
  it('is the unit’s difference where the reference demands the output to be high', () => {
    const result = refused(20);
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.differences[0]).to.deep.include({ kind: 'wrongLevel', signal: 'load', rule: 'R16', blame: 'unit' });
    expect(result.differences[0]?.expected.level).to.equal('high');
    expect(result.differences[0]?.got).to.include({ level: 'notHigh', at_us: 20e6 });
    expect(result.differences[0]?.text).to.equal(
      'LOAD was not high at 20.000 s, so the fixture did not load it (R16, REACTION, inferred).',
    );
    // When it was asked for, where the tick of the refusal is not told.
    expect(refused(20, 'high', null).differences[0]?.got?.at_us).to.equal(20e6);
  });
  it('is the scenario’s where it is not demanded, and nothing was measured then', () => {
    const result = refused(20, 'notHigh');
    expect(result).to.include({ verdict: 'inconclusive', blame: 'scenario' });
    expect(result.measurements[0]).to.include({
      outcome: 'notMeasured',
      text: 'LOAD-DROP: the sink it is measured under was refused or let go of.',
    });
  });
  it('is the unit’s difference too where it was on and its output broke down: the drop is out of any limit', () => {
    const result = refused(20, 'high', 20e6, 20.0009e6 as Trace['ended_us']);
    expect(result).to.include({ verdict: 'fail', blame: 'unit' });
    expect(result.differences).to.have.length(1);
    expect(result.differences[0]).to.deep.include({ kind: 'wrongLevel', signal: 'loadDrop', requirement: 'LOAD-DROP', blame: 'unit' });
    expect(result.differences[0]?.text).to.equal(
      "LOAD broke down under the fixture's 1 A: at 20.001 s it was not high, and was let go of (LOAD-DROP, official).",
    );
    expect(result.measurements[0]?.outcome).to.equal('notMeasured');
    // Where the reference let it fall just then, the scenario asked for a sink at the wrong time.
    expect(refused(20, 'notHigh', 20e6, 20.0009e6 as Trace['ended_us'])).to.include({ verdict: 'inconclusive', blame: 'scenario' });
  });
  it('is no difference of an entry that asks for no sink', () => {
    const stimuli = goodTrace.stimuli.map((one) => (one.entry === 'step-2' ? { ...one, outcome: 'refused' as const } : one));
    expect(judgeCase({ testCase: goodCase, trace: { ...goodTrace, stimuli }, prediction: goodPrediction, mode: 'unit' })).to.include({
      verdict: 'broken',
      blame: 'rig',
    });
  });
});
