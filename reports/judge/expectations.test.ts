import { expect } from 'chai';
import type { Anchor, Expectation } from '../../scenarios/contracts/expectation.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Level, SenseSignal } from '../../scenarios/signals.ts';
import { edge, goodCase, goodPrediction, goodTrace, probe, withEdges } from '../testing/build.ts';
import { judgeExpectation } from './expectations.ts';
import type { Evidence } from './findings.ts';

const s = (at: number): Anchor => ({ kind: 'time', at_us: scenarioTime(at * 1e6) });
const after = (signal: SenseSignal, level: Level, delay_s = 0): Anchor => ({ kind: 'edge', signal, level, delay_us: delay_s * 1e6 });
const step = (entry: string, delay_s = 0): Anchor => ({ kind: 'entry', entry, delay_us: delay_s * 1e6 });
const frame = { id: 'expect-1', text: 'x', place: { file: 'f.yaml', line: 3, col: 1 } };

const judge = (one: Expectation, trace = goodTrace, testCase = goodCase) => {
  const evidence: Evidence = { testCase, trace, prediction: goodPrediction, cutShort: false, held: [] };
  return judgeExpectation(evidence, trace.edges, one);
};
const level = (signal: SenseSignal, wanted: Level, at: Anchor, trace = goodTrace) =>
  judge({ ...frame, kind: 'level', signal, level: wanted, at }, trace);
const stays = (signal: SenseSignal, wanted: Level, from: Anchor, to: Anchor, trace = goodTrace) =>
  judge({ ...frame, kind: 'stays', signal, level: wanted, from, to }, trace);
const comes = (
  signal: SenseSignal,
  wanted: Level,
  from: Anchor,
  notBefore_s: number | null,
  within_s: number | null,
  trace = goodTrace,
) => {
  const limits = { notBefore_us: notBefore_s === null ? null : notBefore_s * 1e6, within_us: within_s === null ? null : within_s * 1e6 };
  return judge({ ...frame, kind: 'edge', signal, level: wanted, after: from, ...limits }, trace);
};

describe('an explicit expectation', () => {
  it('of a level at an instant', () => {
    expect(level('load', 'high', s(20)).outcome).to.equal('held');
    expect(level('load', 'notHigh', s(20)).outcome).to.equal('broken');
    expect(level('ledBlue', 'off', step('step-2', 33)).outcome).to.equal('held');
    expect(level('load', 'high', s(37.500001))).to.include({ outcome: 'notMeasured', marginal: true });
    expect(level('load', 'high', s(41)).outcome).to.equal('notMeasured');
    expect(level('load', 'notHigh', after('load', 'notHigh', 1)).outcome).to.equal('held');
    expect(level('load', 'high', after('ledRed', 'on')).outcome).to.equal('notMeasured');
  });

  it('of floating needs a probe in the same stretch', () => {
    expect(level('load', 'floating', s(39)).outcome).to.equal('held');
    expect(level('preAlarm', 'floating', s(2)).outcome).to.equal('held');
    const without = { ...goodTrace, probes: [] };
    expect(level('load', 'floating', s(39), without).outcome).to.equal('notMeasured');
    expect(level('load', 'floating', s(39), { ...goodTrace, probes: [probe('load', 38, 'leaky')] }).outcome).to.equal('broken');
    expect(level('load', 'low', s(39), { ...goodTrace, probes: [probe('load', 38, 'low')] }).outcome).to.equal('held');
  });

  it('of a level over a span', () => {
    expect(stays('load', 'high', s(1), s(37)).outcome).to.equal('held');
    const broken = stays('load', 'high', s(1), s(39));
    expect(broken.outcome).to.equal('broken');
    expect(broken.text).to.equal('LOAD became not high at 37.500 s, 1.500 s too soon.');
    expect(stays('load', 'high', s(0.2), s(37)).outcome).to.equal('broken');
    expect(stays('load', 'high', s(1), s(37.500002))).to.include({ outcome: 'notMeasured', marginal: true });
    expect(stays('load', 'high', s(1), s(45)).outcome).to.equal('notMeasured');
  });

  it('of a span until the end takes the end where it was', () => {
    const trace = {
      ...goodTrace,
      ended_us: 39_998_000 as typeof goodTrace.ended_us,
      captured: goodTrace.captured.map((one) => ({ ...one, to_us: 39_998_000 as typeof one.to_us })),
    };
    expect(stays('charger', 'high', s(20), s(40), trace).outcome).to.equal('held');
    expect(level('charger', 'high', s(40), trace).outcome).to.equal('held');
    expect(stays('charger', 'high', s(20), s(39.9995), trace).outcome).to.equal('notMeasured');
  });

  it('of a span until an end that hangs on a step takes the end where it was', () => {
    const to_us = scenarioTime(39_998_000);
    const trace = { ...goodTrace, ended_us: to_us, captured: goodTrace.captured.map((one) => ({ ...one, to_us })) };
    const end = { kind: 'afterEntry', entry: 'step-2', delay_us: 34e6 } as const;
    const hung = { kind: 'afterEntry', entry: 'step-1', delay_us: 1e6 } as const;
    const entries = goodCase.timeline.entries.map((one) => (one.id === 'step-2' ? { ...one, when: hung } : one));
    const testCase = { ...goodCase, timeline: { ...goodCase.timeline, entries, end } };
    const until = (to: Anchor) =>
      judge({ ...frame, kind: 'stays', signal: 'charger', level: 'high', from: s(20), to }, trace, testCase).outcome;
    expect(until(step('step-2', 34))).to.equal('held');
    expect(until(step('step-2', 33.9995)), 'which is not the end').to.equal('notMeasured');
    expect(until(step('step-1', 35)), 'the same by the step before').to.equal('held');
    expect(until(step('step-1', 34.9995))).to.equal('notMeasured');
  });

  it('of a span that edges of the signal itself begin and end', () => {
    expect(stays('load', 'high', after('load', 'high'), after('load', 'notHigh')).outcome).to.equal('held');
    expect(stays('load', 'high', after('load', 'high'), after('load', 'high', 10)).outcome).to.equal('held');
    expect(stays('load', 'high', after('load', 'high'), after('preAlarm', 'notHigh')).outcome).to.equal('broken');
    expect(stays('load', 'high', after('load', 'high'), after('ledRed', 'on')).outcome).to.equal('notMeasured');
  });

  it('of a level over a span names the pulse a probe could have hidden', () => {
    expect(stays('preAlarm', 'floating', s(3), s(4.9)).text).to.contain('a pulse shorter than 2.500 ms could have hidden');
    const blind = { ...goodTrace, blind: [{ ...goodTrace.blind[0]!, to_us: scenarioTime(3.504e6) }] };
    expect(stays('preAlarm', 'floating', s(3), s(4.9), blind).outcome).to.equal('notMeasured');
  });

  it('of an edge in a window', () => {
    expect(comes('load', 'notHigh', after('preAlarm', 'high'), 30, 35).outcome).to.equal('held');
    expect(comes('load', 'notHigh', after('preAlarm', 'high'), 33, null).text).to.equal(
      'LOAD became not high 32.400 s after PRE-ALARM became high, 600.000 ms too early.',
    );
    expect(comes('load', 'notHigh', after('preAlarm', 'high'), null, 32).outcome).to.equal('broken');
    expect(comes('load', 'floating', after('preAlarm', 'high'), 32.4, 35)).to.include({ outcome: 'notMeasured', marginal: true });
    expect(comes('preAlarm', 'notHigh', after('load', 'notHigh'), null, 0.5).outcome).to.equal('held');
  });

  it('of an edge that does not come is broken once its time is up, and open before', () => {
    expect(comes('ledRed', 'on', step('step-1'), null, 2).outcome).to.equal('broken');
    expect(comes('ledRed', 'on', step('step-1'), null, 60).outcome).to.equal('notMeasured');
    expect(comes('ledRed', 'on', step('step-1'), 5, null).outcome).to.equal('notMeasured');
    expect(comes('ledRed', 'on', after('ledRed', 'off'), null, 1).outcome).to.equal('notMeasured');
  });

  it('counts from the last anchor before the edge', () => {
    const trace = withEdges([
      edge(0, 'load', 'high', 0.4),
      edge(1, 'preAlarm', 'high', 2),
      edge(2, 'preAlarm', 'notHigh', 4),
      edge(3, 'preAlarm', 'high', 6),
      edge(4, 'load', 'notHigh', 37),
    ]);
    expect(comes('load', 'notHigh', after('preAlarm', 'high'), 30, 32, trace).text).to.equal(
      'LOAD became not high 31.000 s after PRE-ALARM became high.',
    );
  });
});
