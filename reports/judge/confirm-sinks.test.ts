import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Sample, Stimulus, Trace } from '../../scenarios/contracts/trace.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { done, edge, entry, goodCase, goodTrace } from '../testing/build.ts';
import { judgeSinks } from './confirm-sinks.ts';

const AT_s = 10;
/** Well after the pulse. */
const IDLE_us = scenarioTime((AT_s + 0.1) * 1e6);
const withPulse: Case = {
  ...goodCase,
  timeline: {
    ...goodCase.timeline,
    entries: [entry('measure-1-sink', AT_s, { kind: 'pulse', changes: [{ signal: 'loadSink', value: '1A' }], for_us: 16_000 })],
  },
};
const sample = (id: string, analog: 'sinkCurrent' | 'sinkCurrentLow', value: number, more: Partial<Sample> = {}): Sample => ({
  entry: id,
  analog,
  at_us: scenarioTime((AT_s + 0.012) * 1e6),
  value,
  unit: 'uA',
  uncertainty: analog === 'sinkCurrent' ? 3_000 : 50,
  count: 4,
  ...more,
});
const pulsed: Stimulus = { ...done('measure-1-sink', AT_s), ended_us: scenarioTime((AT_s + 0.016) * 1e6) };
const said = (samples: readonly Sample[], more: Partial<Trace> = {}): readonly string[] =>
  (judgeSinks(withPulse, { ...goodTrace, stimuli: [pulsed], edges: [], samples, ...more }).faults ?? []).map(
    ({ blame, text }) => `${blame}: ${text}`,
  );

describe('what the sinks draw', () => {
  it('is what was asked for, within what it is built for and the measurement allows', () => {
    for (const drawn_uA of [968_000, 985_000, 1_020_000, 1_032_000])
      expect(said([sample('confirm-sink-measure-1-sink', 'sinkCurrent', drawn_uA)]), `${drawn_uA}`).to.deep.equal([]);
  });

  it('is too little or too much where it is surely beyond that: the drop is then of another current', () => {
    expect(said([sample('confirm-sink-measure-1-sink', 'sinkCurrent', 966_000)])[0]).to.match(
      /^rig: The sink on LOAD drew 966 mA of 1000 mA/,
    );
    expect(said([sample('confirm-sink-measure-1-sink', 'sinkCurrent', 1_034_000)])[0]).to.match(
      /^rig: The sink on LOAD drew 1030 mA where 1000 mA were asked for/,
    );
    expect(
      said([sample('confirm-sink-measure-1-sink', 'sinkCurrent', 1_300_000, { least: 1_170_000, uncertainty: 1_500_000 })])[0],
    ).to.match(/^rig: The sink on LOAD drew more than 1170 mA where/);
    expect(said([sample('confirm-sink-measure-1-sink', 'sinkCurrent', Number.NaN)])).to.have.length(1);
  });

  it('is too little where the output stayed high: the drop under it says nothing', () => {
    expect(said([sample('confirm-sink-measure-1-sink', 'sinkCurrent', 580)])[0]).to.match(
      /^rig: The sink on LOAD drew 0\.58 mA of 1000 mA .* Q\.loadSink and/,
    );
  });

  it('is not known where the look was put off beyond the pulse: too little then blames nobody, and passes nothing', () => {
    const late = (ms: number, drawn_uA: number): ReturnType<typeof judgeSinks> =>
      judgeSinks(withPulse, {
        ...goodTrace,
        stimuli: [pulsed],
        edges: [],
        samples: [sample('confirm-sink-measure-1-sink', 'sinkCurrent', drawn_uA, { at_us: scenarioTime((AT_s + ms / 1000) * 1e6) })],
      });
    expect(late(13.9, 499_000).faults).to.have.length(1);
    for (const drawn_uA of [0, 499_000]) {
      const { faults, notMeasured } = late(14.1, drawn_uA);
      expect(faults).to.deep.equal([]);
      expect(notMeasured?.map(({ blame, signal, text }) => `${blame} ${signal} ${text}`).join()).to.match(
        /^rig load The sink on LOAD drew .* may have been off/,
      );
    }
    // One that drew all of it was on, whenever that was.
    expect(late(14.1, 1_000_000)).to.deep.equal({ faults: [], notMeasured: [] });
    // But not where another one drew as much then.
    const other = entry('measure-2-sink', AT_s + 0.02, {
      kind: 'pulse',
      changes: [{ signal: 'preAlarmSink', value: '1A' }],
      for_us: 16_000,
    });
    const both = { ...withPulse, timeline: { ...withPulse.timeline, entries: [...withPulse.timeline.entries, other] } };
    const { faults, notMeasured } = judgeSinks(both, {
      ...goodTrace,
      stimuli: [pulsed, { ...done('measure-2-sink', AT_s + 0.02), ended_us: scenarioTime((AT_s + 0.036) * 1e6) }],
      edges: [],
      samples: [sample('confirm-sink-measure-1-sink', 'sinkCurrent', 1_000_000, { at_us: scenarioTime((AT_s + 0.022) * 1e6) })],
    });
    expect([faults?.length, notMeasured?.length]).to.deep.equal([0, 1]);
  });

  it('is not asked where the output fell, or the fixture let go of it, or did not switch it on', () => {
    const none = [sample('confirm-sink-measure-1-sink', 'sinkCurrent', 0)];
    expect(said(none, { edges: [edge(1, 'load', 'notHigh', AT_s + 0.01)] })).to.deep.equal([]);
    expect(said(none, { stimuli: [{ ...pulsed, letGo_us: scenarioTime((AT_s + 0.01) * 1e6) }] })).to.deep.equal([]);
    expect(said(none, { stimuli: [{ ...pulsed, outcome: 'refused' }] })).to.deep.equal([]);
  });

  it('is nothing while none is on', () => {
    expect(said([sample('confirm-2-sinkCurrentLow', 'sinkCurrentLow', 40)])).to.deep.equal([]);
    expect(said([sample('confirm-2-sinkCurrentLow', 'sinkCurrentLow', 980, { at_us: IDLE_us })])[0]).to.match(
      /^rig: The sinks draw 0\.98 mA at 10\.100 s though none is on/,
    );
    expect(said([sample('confirm-2-sinkCurrentLow', 'sinkCurrentLow', 12_000, { least: 11_800, at_us: IDLE_us })])[0]).to.match(
      /more than 11\.8 mA/,
    );
  });

  it('is not nothing while one is on, which a unit whose edges come late can put beside the window', () => {
    const drawn = (at_s: number): readonly string[] =>
      said([sample('confirm-2-sinkCurrentLow', 'sinkCurrentLow', 12_000, { least: 11_800, at_us: scenarioTime(at_s * 1e6) })]);
    for (const at_s of [AT_s - 0.001, AT_s + 0.008, AT_s + 0.017]) expect(drawn(at_s), `${at_s} s`).to.deep.equal([]);
    for (const at_s of [AT_s - 0.005, AT_s + 0.02]) expect(drawn(at_s), `${at_s} s`).to.have.length(1);
    const refused = sample('confirm-2-sinkCurrentLow', 'sinkCurrentLow', 12_000, { at_us: scenarioTime((AT_s + 0.008) * 1e6) });
    expect(said([refused], { stimuli: [{ ...pulsed, outcome: 'refused' }] }), 'none was switched on').to.have.length(1);
  });
});
