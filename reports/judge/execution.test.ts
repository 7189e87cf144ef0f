import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { When } from '../../scenarios/contracts/timeline.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { done, edge, goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { judgeExecution, wasCutShort } from './execution.ts';

const afterPreAlarm: When = {
  kind: 'afterEdge',
  signal: 'preAlarm',
  level: 'high',
  armedBy: 'step-1',
  delay_us: 900_000,
  timeout_us: 3_000_000,
};
const hanging = (when: When): Case => ({
  ...goodCase,
  timeline: { ...goodCase.timeline, entries: goodCase.timeline.entries.map((one) => (one.id === 'step-2' ? { ...one, when } : one)) },
});
const withStep2 = (stimulus: Trace['stimuli'][number], more: Partial<Trace> = {}): Trace => ({
  ...goodTrace,
  stimuli: goodTrace.stimuli.map((one) => (one.entry === 'step-2' ? stimulus : one)),
  ...more,
});
const faults = (testCase: Case, trace: Trace): readonly string[] => {
  const evidence = { testCase, trace, prediction: goodPrediction, cutShort: wasCutShort(trace.stimuli), held: [] };
  return judgeExecution(evidence).faults.map((one) => `${one.blame}: ${one.text}`);
};
const late = (id: string, by_s: number): readonly string[] =>
  faults(goodCase, {
    ...goodTrace,
    stimuli: goodTrace.stimuli.map((one) => (one.entry === id ? done(id, one.done_us! / 1e6 + by_s) : one)),
  });
/** The measurement under another name, so much later. */
const named = (id: string, by_s: number): readonly string[] => {
  const entries = goodCase.timeline.entries.map((one) => (one.id === 'measure-1' ? { ...one, id } : one));
  const stimuli = goodTrace.stimuli.map((one) => (one.entry === 'measure-1' ? done(id, one.done_us! / 1e6 + by_s) : one));
  const samples = goodTrace.samples.map((one) => ({ ...one, entry: id }));
  return faults({ ...goodCase, timeline: { ...goodCase.timeline, entries } }, { ...goodTrace, stimuli, samples });
};
const begun = (begun_ppm: number): Partial<Trace> => ({ clock: { rate_ppm: 0, bound_ppm: 500, begun_ppm, jump_us: 0, samples: 25 } });
const timedOut = { ...done('step-2', 8), outcome: 'timedOut', done_us: null } as const;

const endingAfter = (delay_s: number): Case => ({
  ...goodCase,
  timeline: {
    ...goodCase.timeline,
    end: { kind: 'afterEntry', entry: 'step-2', delay_us: delay_s * 1e6 },
    endBounds_us: [scenarioTime(10e6), scenarioTime(60e6)],
  },
});
const ended = (testCase: Case, at_s: number, more: Partial<Trace> = {}): readonly string[] =>
  faults(testCase, { ...goodTrace, ...more, ended_us: scenarioTime(at_s * 1e6) }).filter((text) => text.includes('before its end'));

describe('whether the bench did what the timeline asked', () => {
  it('takes a step after an edge at its delay behind the stamp', () => {
    expect(faults(hanging(afterPreAlarm), withStep2(done('step-2', 6)))).to.deep.equal([]);
    expect(faults(hanging(afterPreAlarm), withStep2(done('step-2', 6.01)))).to.deep.equal([
      'rig: step-2 (pole1 open) was due at 6.000 s and done 10.000 ms off.',
    ]);
  });

  it('lets a window of the converter wait for another one, and nothing else', () => {
    expect(late('measure-1', 0.003)).to.deep.equal([]);
    expect(late('measure-1', 0.006)).to.have.length(1);
    expect(late('step-1', 0.003)).to.have.length(1);
  });

  it('lets a look that only confirms come later still: one at what a sink draws counts where it lies in the pulse', () => {
    expect(named('confirm-short-1-1-step-1', 0.015)).to.deep.equal([]);
    expect(named('confirm-short-1-1-step-1', 0.025)).to.have.length(1);
    expect(named('confirm-sink-step-1', 0.006)).to.deep.equal([]);
    expect(named('confirm-sink-step-1', 0.025)).to.have.length(1);
  });

  it('blames the link where its delays left the clocks so badly fitted that a step was put by guess', () => {
    const loose = { clock: { rate_ppm: 0, bound_ppm: 7_000, jump_us: 0, samples: 20 } };
    const late = withStep2(done('step-2', 6.1), loose);
    expect(faults(goodCase, late)).to.deep.equal([
      'link: step-2 (pole1 open) was due at 6.000 s and done 100.000 ms off: the link delays its answers so that the clocks fit to 7000 ppm only.',
    ]);
    expect(faults(hanging({ kind: 'afterEntry', entry: 'step-1', delay_us: 1_000_000 }), late)[0]).to.match(/^rig: /);
  });

  it('blames the link too where the clocks were fitted badly when the case began and well at its end', () => {
    expect(faults(goodCase, withStep2(done('step-2', 6.1), begun(13_705)))).to.deep.equal([
      'link: step-2 (pole1 open) was due at 6.000 s and done 100.000 ms off: the link delays its answers so that the clocks at first fitted to 13705 ppm only.',
    ]);
    expect(faults(goodCase, withStep2(done('step-2', 6.1), begun(900)))[0], 'as on a sound link').to.match(/^rig: /);
    expect(faults(goodCase, withStep2(done('step-2', 6.005), begun(13_705))), 'allows for no more').to.have.length(1);
  });

  it('leaves open which of two edges armed it where the stamps cannot tell', () => {
    const edges = [
      ...goodTrace.edges.slice(0, 3),
      edge(3, 'preAlarm', 'high', 5.000001),
      edge(4, 'preAlarm', 'notHigh', 5.5),
      edge(5, 'preAlarm', 'high', 5.6),
    ];
    for (const at_s of [5.900001, 6.5])
      expect(faults(hanging(afterPreAlarm), withStep2(done('step-2', at_s), { edges }))).to.deep.equal([]);
    expect(faults(hanging(afterPreAlarm), withStep2(done('step-2', 6.2), { edges }))).to.have.length(1);
  });

  it('takes a step after another at its delay', () => {
    const when: When = { kind: 'afterEntry', entry: 'step-1', delay_us: 1_000_000 };
    expect(faults(hanging(when), withStep2(done('step-2', 6)))).to.deep.equal([]);
    expect(faults(hanging(when), withStep2(done('step-2', 5.9)))).to.have.length(1);
  });

  it('allows for what the clock fit explains, and for no more', () => {
    const slow = { clock: { rate_ppm: 5_000, bound_ppm: 5, jump_us: 0, samples: 20 } };
    expect(faults(goodCase, withStep2(done('step-2', 6.02), slow))).to.deep.equal([]);
    expect(faults(goodCase, withStep2(done('step-2', 6.04), slow))).to.have.length(1);
  });

  it('blames the rig for a step done without its edge, or not done in spite of it', () => {
    const edges = goodTrace.edges.filter((one) => one.signal !== 'preAlarm');
    expect(faults(hanging(afterPreAlarm), withStep2(done('step-2', 6), { edges }))[0]).to.contain(
      'although what it waits for never happened',
    );
    expect(faults(hanging(afterPreAlarm), withStep2(timedOut))[0]).to.contain('timed out although PRE-ALARM became high at 5.100 s');
    expect(faults(goodCase, withStep2(timedOut))[0]).to.contain('although it waits for no edge');
  });

  it('tells each entry that a whole case never did, and of a broken one the first and how many, by whom it was broken off', () => {
    const without = (count: number, more: Partial<Trace> = {}): readonly string[] =>
      faults(goodCase, { ...goodTrace, stimuli: goodTrace.stimuli.slice(0, -count), ...more }).filter((text) =>
        text.includes('never done'),
      );
    const entries = goodCase.timeline.entries.map(({ id }) => id);
    const first = (count: number): string => entries.at(-count)!;
    expect(without(2)).to.have.length(2);
    for (const text of without(2)) expect(text).to.match(/^rig: .* was never done\.$/);
    expect(without(3, { end: 'lost', endedBy: 'link' })).to.have.length(1);
    expect(without(3, { end: 'lost', endedBy: 'link' })[0]).to.match(
      new RegExp(`^link: ${first(3)} .* and 2 more entries were never done\\.$`),
    );
    expect(without(1, { end: 'aborted', endedBy: null })[0]).to.match(new RegExp(`^rig: ${first(1)} .* was never done\\.$`));
    const strange = withStep2({ ...done('step-2', 6), outcome: 'forgotten' as 'done' });
    expect(faults(goodCase, strange)).to.have.length(1);
  });

  it('tells an end that came too early, also where it hangs on an entry, and none that the clocks explain', () => {
    expect(ended(endingAfter(30), 36)).to.deep.equal([]);
    expect(ended(endingAfter(30), 50), 'as late as it may be').to.deep.equal([]);
    expect(ended(endingAfter(30), 35.9)).to.deep.equal(['rig: The case ended 99.998 ms before its end.']);
    const slow = { clock: { rate_ppm: 2_000, bound_ppm: 100, jump_us: 0, samples: 20 } };
    expect(ended(endingAfter(30), 35.95, slow)).to.deep.equal([]);
    expect(ended(endingAfter(30), 35.9, slow)).to.have.length(1);
    expect(ended(endingAfter(30), 35.9, begun(10_000))[0], 'put by a loose fit').to.match(/^link: /);
    expect(ended(endingAfter(30), 34, begun(10_000))[0]).to.match(/^rig: /);
    const planned = { ...endingAfter(0.5), timeline: { ...endingAfter(0.5).timeline, endBounds_us: goodCase.timeline.endBounds_us } };
    expect(ended(planned, 39.95, slow), 'delays one behind the other').to.deep.equal([]);
    expect(ended(planned, 39.9, slow)).to.have.length(1);
    expect(ended(goodCase, 39)).to.have.length(1);
    expect(
      ended({ ...endingAfter(30), timeline: { ...endingAfter(30).timeline, end: { kind: 'at', at_us: scenarioTime(10e6) } } }, 9.9),
    ).to.have.length(1);
  });
});
