import { expect } from 'chai';
import type { Anchor, EdgeKind, Expectation } from '../../scenarios/contracts/expectation.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import type { SenseLevel, SenseSignal } from '../../scenarios/signals.ts';
import { edge, goodCase, goodPrediction, goodTrace, span, withEdges } from '../testing/build.ts';
import { judgeExpectation } from './expectations.ts';
import type { Evidence } from './findings.ts';

const s = (at: number): Anchor => ({ kind: 'time', at_us: scenarioTime(at * 1e6) });
const on = (signal: SenseSignal, level: SenseLevel, delay_s = 0): Anchor => ({ kind: 'edge', signal, level, delay_us: delay_s * 1e6 });
const step = (entry: string): Anchor => ({ kind: 'entry', entry, delay_us: 0 });
const frame = { id: 'expect-1', text: 'x', place: { file: 'f.yaml', line: 3, col: 1 } };

const judge = (one: Expectation, trace: Trace, more: Partial<Evidence> = {}) =>
  judgeExpectation({ testCase: goodCase, trace, prediction: goodPrediction, cutShort: false, held: [], ...more }, trace.edges, one);
const single =
  (kind: 'never' | 'eventually') =>
  (signal: SenseSignal, level: SenseLevel, from: Anchor, to: Anchor, trace = goodTrace, more: Partial<Evidence> = {}) =>
    judge({ ...frame, kind, signal, level, from, to } as Expectation, trace, more);
const never = single('never');
const eventually = single('eventually');
const RISES: EdgeKind = { signal: 'preAlarm', level: 'high' };
const FALLS: EdgeKind = { signal: 'load', level: 'notHigh' };
const LIGHTS: EdgeKind = { signal: 'ledRed', level: 'on' };
const order = (edges: readonly EdgeKind[], trace = goodTrace, from = s(1), to = s(39)) =>
  judge({ ...frame, kind: 'order', signal: edges[0]!.signal, edges, from, to }, trace);

const unseen = (signal: SenseSignal, until_s: number): Trace => ({
  ...goodTrace,
  captured: goodTrace.captured.map((one) => (one.signal === signal ? { ...one, to_us: scenarioTime(until_s * 1e6) } : one)),
});
const blind = (signal: SenseSignal, from_s: number, to_s: number): Trace => ({
  ...goodTrace,
  blind: [...goodTrace.blind, span(signal, from_s, to_s, [])],
});
const seen = (...edges: readonly Edge[]): Trace => withEdges(edges);

// The good unit: PRE-ALARM rises at 5.1 s, LOAD falls at 37.5 s.
describe('an edge that never comes', () => {
  it('is held where the signal was seen throughout, and broken by the first that came', () => {
    expect(never('charger', 'notHigh', s(2), s(39))).to.include({ outcome: 'held', text: 'CHARGER fell never from 2.000 s to 39.000 s.' });
    expect(never('load', 'notHigh', s(2), s(39))).to.include({ outcome: 'broken', text: 'LOAD fell at 37.500 s.' });
    expect(never('load', 'notHigh', s(2), s(37)).outcome).to.equal('held');
    expect(never('load', 'high', s(2), s(39)).outcome).to.equal('held');
  });
  it('is not held where nobody looked: a gap, a long blind span, the case over before', () => {
    expect(never('charger', 'notHigh', s(2), s(39), unseen('charger', 30)).outcome).to.equal('notMeasured');
    expect(never('charger', 'notHigh', s(2), s(39), blind('charger', 20, 20.1)).outcome).to.equal('notMeasured');
    expect(never('charger', 'notHigh', s(2), s(45)).outcome).to.equal('notMeasured');
    expect(never('charger', 'notHigh', s(2), step('step-9')).outcome).to.equal('notMeasured');
    expect(never('charger', 'notHigh', s(2), on('ledRed', 'on')).outcome).to.equal('notMeasured');
    const short = [{ output: 'charger', drive: 'chargerShort', from_us: 10e6, to_us: 12e6 }] as const;
    expect(never('charger', 'notHigh', s(10.5), s(11), goodTrace, { held: short }).outcome).to.equal('notMeasured');
  });
  it('is broken all the same by an edge that was seen before the gap', () => {
    expect(never('load', 'notHigh', s(2), s(45)).outcome).to.equal('broken');
  });
  it('says which pulse could have hidden in a probe', () => {
    expect(never('charger', 'notHigh', s(2), s(39), blind('charger', 20, 20.002)).text).to.contain('a pulse shorter than 2.000 ms');
  });
  it('is undecided within the uncertainty of an end, on either side', () => {
    for (const end of [s(37.500001), s(37.499999)]) {
      expect(never('load', 'notHigh', s(2), end)).to.include({ outcome: 'notMeasured', marginal: true });
      expect(never('load', 'notHigh', end, s(39))).to.include({ outcome: 'notMeasured', marginal: true });
    }
  });
  it('does not count the edge that is the end of the span itself', () => {
    expect(never('load', 'notHigh', s(2), on('load', 'notHigh')).outcome).to.equal('held');
    expect(never('load', 'notHigh', on('load', 'notHigh'), s(39)).outcome).to.equal('held');
  });
});

describe('an edge that comes eventually', () => {
  it('is held wherever in the span it comes', () => {
    expect(eventually('load', 'notHigh', s(2), s(39))).to.include({ outcome: 'held', text: 'LOAD fell at 37.500 s.' });
    expect(eventually('load', 'notHigh', on('preAlarm', 'high'), s(40)).outcome).to.equal('held');
  });
  it('is broken once the time is up: too late, before, or never', () => {
    expect(eventually('load', 'notHigh', s(2), s(37))).to.include({
      outcome: 'broken',
      text: 'LOAD fell at 37.500 s, 500.000 ms too late.',
    });
    expect(eventually('load', 'notHigh', s(38), s(39)).outcome).to.equal('broken');
    expect(eventually('ledRed', 'on', s(2), s(40))).to.include({
      outcome: 'broken',
      text: 'The red LED lit up never from 2.000 s to 40.000 s.',
    });
  });
  it('is open while the time is not up, or nobody looked', () => {
    expect(eventually('ledRed', 'on', s(2), s(45)).outcome).to.equal('notMeasured');
    expect(eventually('ledRed', 'on', s(2), s(39), unseen('ledRed', 20)).outcome).to.equal('notMeasured');
    expect(eventually('ledRed', 'on', s(2), s(40), goodTrace, { cutShort: true }).outcome).to.equal('broken');
    const cut = { ...goodTrace, ended_us: scenarioTime(20e6) };
    expect(
      eventually('ledRed', 'on', s(2), s(40), { ...cut, captured: unseen('ledRed', 20).captured }, { cutShort: true }).outcome,
    ).to.equal('notMeasured');
    expect(eventually('load', 'notHigh', on('ledRed', 'on'), s(39)).outcome).to.equal('notMeasured');
  });
  it('is undecided where only an edge at the very end could keep it', () => {
    expect(eventually('load', 'notHigh', s(2), s(37.500001))).to.include({ outcome: 'notMeasured', marginal: true });
    expect(eventually('load', 'notHigh', s(37.499999), s(39))).to.include({ outcome: 'notMeasured', marginal: true });
    expect(eventually('load', 'notHigh', on('load', 'notHigh'), s(39)).outcome).to.equal('broken');
  });
});

describe('edges in this order', () => {
  it('are held as listed, and broken the other way round', () => {
    expect(order([RISES, FALLS])).to.include({
      outcome: 'held',
      text: 'PRE-ALARM rose at 5.100 s, LOAD fell at 37.500 s; a pulse shorter than 2.500 ms could have hidden in a probe.',
    });
    expect(order([FALLS, RISES])).to.include({
      outcome: 'broken',
      text: 'PRE-ALARM rose at 5.100 s, 32.400 s before LOAD fell at 37.500 s.',
    });
  });
  it('are all there, and none of their kinds more', () => {
    expect(order([RISES, LIGHTS, FALLS])).to.include({
      outcome: 'broken',
      text: 'The red LED lit up never and not once from 1.000 s to 39.000 s.',
    });
    const twice = seen(
      edge(0, 'load', 'high', 0.4),
      edge(1, 'preAlarm', 'high', 2),
      edge(2, 'preAlarm', 'notHigh', 4),
      edge(3, 'preAlarm', 'high', 6),
      edge(4, 'load', 'notHigh', 37),
    );
    expect(order([RISES, FALLS], twice)).to.include({
      outcome: 'broken',
      text: 'PRE-ALARM rose 2 times (2.000 s, 6.000 s) and not once from 1.000 s to 39.000 s.',
    });
    expect(order([RISES, RISES, FALLS], twice).outcome).to.equal('held');
    expect(order([RISES, FALLS, RISES], twice).outcome).to.equal('broken');
    expect(order([RISES, { signal: 'preAlarm', level: 'notHigh' }, RISES, FALLS], twice).outcome).to.equal('held');
  });
  it('are not held where one more could have come unseen, and broken by what was seen', () => {
    expect(order([RISES, FALLS], unseen('preAlarm', 30)).outcome).to.equal('notMeasured');
    expect(order([RISES, FALLS], blind('load', 20, 20.1)).outcome).to.equal('notMeasured');
    expect(order([RISES, LIGHTS, FALLS], unseen('ledRed', 30)).outcome).to.equal('notMeasured');
    expect(order([FALLS, RISES], unseen('preAlarm', 30)).outcome).to.equal('broken');
    expect(order([RISES, FALLS], goodTrace, s(1), s(45)).outcome).to.equal('notMeasured');
  });
  it('are undecided where two come within their uncertainty, whichever is stamped first', () => {
    for (const [pre_s, load_s] of [
      [6, 6.000003],
      [6.000003, 6],
      [6, 6],
    ] as const) {
      const close = seen(edge(0, 'load', 'high', 0.4), edge(1, 'preAlarm', 'high', pre_s), edge(2, 'load', 'notHigh', load_s));
      expect(order([RISES, FALLS], close)).to.include({ outcome: 'notMeasured', marginal: true });
    }
    const apart = seen(edge(0, 'load', 'high', 0.4), edge(1, 'preAlarm', 'high', 6), edge(2, 'load', 'notHigh', 6.00001));
    expect(order([RISES, FALLS], apart).outcome).to.equal('held');
  });
  it('are undecided with one of them at an end of the span', () => {
    expect(order([RISES, FALLS], goodTrace, s(1), s(37.500001))).to.include({ outcome: 'notMeasured', marginal: true });
    expect(order([RISES, FALLS], goodTrace, s(5.100001), s(39))).to.include({ outcome: 'notMeasured', marginal: true });
  });
});
