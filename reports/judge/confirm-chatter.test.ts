import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Edge, Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { edge, goodCase, goodPrediction, goodTrace } from '../testing/build.ts';
import { judgeChatter } from './confirm-chatter.ts';
import type { Evidence } from './findings.ts';

/** PRE-ALARM floats from 10 s on, and its comparator says high every 10 ms for 5 ms. */
const AT_s = 10;
const chatter = (times: number): readonly Edge[] =>
  Array.from({ length: times }, (_, n) => [
    edge(100 + 2 * n, 'preAlarm', 'high', AT_s + n / 100),
    edge(101 + 2 * n, 'preAlarm', 'notHigh', AT_s + n / 100 + 0.005),
  ]).flat();
const sample = (at_s: number, value: number, more: Partial<Sample> = {}): Sample => ({
  entry: 'confirm-9-preAlarmVoltage',
  analog: 'preAlarmVoltage',
  at_us: scenarioTime(Math.round(at_s * 1e6)),
  value,
  unit: 'mV',
  uncertainty: 25,
  count: 4,
  ...more,
});
const said = (times: number, samples: readonly Sample[], more: Partial<Trace> = {}, held: Evidence['held'] = []): readonly string[] => {
  const trace: Trace = { ...goodTrace, edges: chatter(times), samples, blind: [], ...more };
  const found = judgeChatter({ testCase: goodCase, trace, prediction: goodPrediction, cutShort: false, held }).faults ?? [];
  return found.map(({ blame, text }) => `${blame}: ${text}`);
};

/** Poles that bounce, from a little before the moments on. */
const bounces = (apart_ms: number): Trace['stimuli'] =>
  Array.from({ length: 60 }, (_, n) => {
    const done_us = scenarioTime(Math.round((AT_s - 0.1) * 1e6 + n * apart_ms * 1_000));
    const ended_us = scenarioTime(done_us + apart_ms * 500);
    return { entry: `bounce-${n}`, outcome: 'done', asked_us: done_us, done_us, ended_us, uncertainty_us: 2 };
  });

describe('an output that is said to be high for moments', () => {
  it('is not, where a look into one of them finds nothing', () => {
    expect(said(3, [sample(AT_s + 0.012, 35)])[0]).to.match(
      /^rig: The comparator of PRE-ALARM says high at 10\.012 s where the converter measures 0\.04 V: .*U\.preAlarm\.level is noisy/,
    );
  });

  it('is, where a look into one of them finds it there: that is the unit', () => {
    expect(said(60, [sample(AT_s + 0.012, 12_700)])).to.deep.equal([]);
  });

  it('is not told by a look beside them, or too near to an edge, or while the fixture itself is at it', () => {
    expect(said(3, [sample(AT_s + 0.017, 35), sample(AT_s + 0.0102, 35), sample(AT_s + 0.0045, 35)])).to.deep.equal([]);
    const within = [sample(AT_s + 0.012, 35)];
    const span = { from_us: scenarioTime((AT_s + 0.011) * 1e6), to_us: scenarioTime((AT_s + 0.012) * 1e6) };
    expect(said(3, within, { blind: [{ signal: 'preAlarm', ...span }] })).to.deep.equal([]);
    expect(said(3, within, {}, [{ output: 'preAlarm', drive: 'preAlarmSink', ...span }])).to.deep.equal([]);
  });

  it('is not known to be, where it is said so again and again and no look fell into a moment', () => {
    expect(said(25, [sample(AT_s + 0.017, 35)])[0]).to.match(
      /^rig: The comparator of PRE-ALARM said high 25 times from 10\.000 s on, .* Run it again/,
    );
    expect(said(24, [sample(AT_s + 0.017, 35)])).to.deep.equal([]);
  });

  describe('while the fixture changes something every 10 ms', () => {
    it('is, where it answers each change after the same time', () => {
      expect(said(40, [], { stimuli: bounces(10) })).to.deep.equal([]);
    });

    it('is not known to be, where it comes at any time after them', () => {
      expect(said(40, [], { stimuli: bounces(11) })).to.have.length(1);
      expect(said(40, [], { stimuli: bounces(10).slice(0, 20) })).to.have.length(1);
    });
  });

  it('is, where each time is as long as what a unit does, or too short to be looked into', () => {
    const slow = chatter(30).map((one) => ({ ...one, at_us: scenarioTime(10 * one.at_us) }));
    expect(said(30, [], { edges: slow })).to.deep.equal([]);
    const fast = chatter(30).map((one) => (one.level === 'high' ? { ...one, at_us: scenarioTime(one.at_us + 4_900) } : one));
    expect(said(30, [], { edges: fast })).to.deep.equal([]);
  });
});
