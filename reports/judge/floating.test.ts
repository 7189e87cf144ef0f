/** When an output counts as floating: a probe has to have looked in time, and neither it nor the comparator may say otherwise. */

import { expect } from 'chai';
import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Probe } from '../../scenarios/contracts/trace.ts';
import type { Level, SenseLevel } from '../../scenarios/signals.ts';
import { edge, entry, goodCase, goodPrediction, goodTrace, predicted, probe } from '../testing/build.ts';
import type { Findings } from './findings.ts';
import { judgeFloating } from './floating.ts';
import { pair } from './pair.ts';

interface Told {
  /** Edges of LOAD after its rise at 0.4 s, as seconds and levels; those in `explained` the reference expects. */
  readonly edges?: readonly Edge[];
  readonly explained?: readonly number[];
  readonly probes?: readonly Probe[];
  readonly wanted?: Level;
  readonly missing?: PredictedEdge;
  readonly entries?: typeof goodCase.timeline.entries;
  readonly initial?: SenseLevel;
  readonly attached?: typeof goodCase.attached;
}
/** LOAD alone: high from 0.4 s on, floating from 10 s on, in a case of 40 s. */
const RISE = edge(0, 'load', 'high', 0.4);
const FALL = edge(1, 'load', 'notHigh', 10);
const judged = ({
  edges = [RISE, FALL],
  explained = [0, 1],
  probes = [],
  wanted = 'floating',
  missing,
  entries = [],
  initial = 'notHigh',
  attached = {},
}: Told): Findings => {
  const predictions = edges
    .filter(({ seq }) => explained.includes(seq))
    .map(({ seq, level, at_us }) =>
      predicted(`load-${seq}`, 'load', level === 'high' ? 'high' : wanted, [at_us / 1e6, at_us / 1e6 + 1], [], seq),
    );
  const prediction = {
    ...goodPrediction,
    initial: { ...goodPrediction.initial, preAlarm: 'notHigh' as const, charger: 'notHigh' as const, load: wanted },
    edges: missing === undefined ? predictions : [...predictions, missing],
  };
  const trace = { ...goodTrace, edges, probes, initial: { ...goodTrace.initial, load: initial } };
  const testCase = { ...goodCase, attached, timeline: { ...goodCase.timeline, entries } };
  return judgeFloating({ testCase, trace, prediction, cutShort: false, held: [] }, pair(prediction, trace), edges);
};
/** What is found, by kind. */
const told = (given: Told): string => {
  const { differences, notMeasured, faults } = judged(given);
  return [
    ...differences.map(({ kind }) => kind),
    ...notMeasured.map(({ blame }) => `not measured: ${blame}`),
    ...faults.map(({ blame }) => `fault: ${blame}`),
  ].join();
};
const at = (s: number, result: Probe['result'] = 'floating') => probe('load', s, result);
/** LOAD off from the start for so long. */
const first = (s: number, more: Told = {}) => told({ edges: [edge(0, 'load', 'high', s)], explained: [0], ...more });
const back = (s: number) => edge(2, 'load', 'high', s);
const lasting = (s: number) => told({ edges: [RISE, FALL, back(10 + s)], explained: [0, 1, 2] });
/** A probe from 9.995 s to 9.9975 s, and a fall soon after. */
const near = (fall_s: number, uncertainty_us = 0) =>
  told({ edges: [RISE, edge(1, 'load', 'notHigh', fall_s, uncertainty_us)], probes: [at(9.995), at(fall_s + 0.001)] });

describe('an output that has to float after an edge', () => {
  it('is proved by a probe within 20 ms, of the same output', () => {
    expect([10.001, 10.02].map((s) => told({ probes: [at(s)] }))).to.deep.equal(['', '']);
    expect(told({ probes: [at(10.020_001)] })).to.equal('not measured: rig');
    expect(told({ probes: [at(9.9)] }), 'it is high then').to.equal('not measured: rig,fault: rig');
    expect(told({})).to.equal('not measured: rig');
    expect(told({ probes: [probe('charger', 10.001)] })).to.include('not measured: rig');
  });

  it('may be probed as early as the edge may have been', () => {
    const badly = [RISE, edge(1, 'load', 'notHigh', 10, 2_000)];
    expect(told({ edges: badly, probes: [at(9.998)] })).to.equal('');
  });

  it('needs no proof where it is over before there was room for a probe', () => {
    expect([0.023, 0.023_001].map(lasting)).to.deep.equal(['', 'not measured: rig']);
  });

  it('differs where a probe finds it low or leaky, at any time', () => {
    expect(told({ probes: [at(10.001, 'low')] })).to.equal('low');
    expect(told({ probes: [at(10.001), at(30, 'leaky')] })).to.equal('leaky');
    expect(judged({ probes: [at(10.001, 'low')] }).differences[0]).to.include({
      signal: 'load',
      requirement: 'FLOATING',
      blame: 'unit',
      rule: 'R16',
    });
  });

  it('is asked for nothing where not high is enough (R14), or an edge without a cause has come', () => {
    expect(told({ wanted: 'notHigh' })).to.equal('');
    expect(told({ wanted: 'notHigh', probes: [at(30, 'leaky')] })).to.equal('');
    expect(told({ explained: [0] })).to.equal('');
  });
});

it('an output with a coil is not asked to float: a probe pulls against the coil', () => {
  const coil = { load: { kind: 'coil' } } as unknown as typeof goodCase.attached;
  expect(told({ attached: coil })).to.equal('');
  expect(told({ attached: coil, probes: [at(10.001, 'low'), at(20, 'high')] })).to.equal('');
});

describe('a probe that contradicts the comparator', () => {
  it('is a fault of the rig: one of the two is wrong', () => {
    expect(told({ probes: [at(10.001), at(20, 'high')] })).to.equal('fault: rig');
    expect(told({ probes: [at(5), at(10.001)] }), 'floating, where it is high').to.equal('fault: rig');
    expect(told({ wanted: 'notHigh', probes: [at(20, 'high')] })).to.equal('fault: rig');
  });

  it('says nothing where an edge may have fallen into it, or into the millisecond behind it', () => {
    expect([9.998_499, 9.998_5].map((s) => near(s))).to.deep.equal(['', 'fault: rig']);
    expect(near(9.998_6, 200)).to.equal('');
  });

  it('leaves open whether the unit moved where it had moved without a cause within 100 ms before', () => {
    const strange = (s: number) =>
      told({ edges: [RISE, edge(1, 'load', 'notHigh', 5), edge(2, 'load', 'high', 5.01)], explained: [0], probes: [at(5.01 + s)] });
    expect([0.09, 0.1, 0.100_001].map(strange)).to.deep.equal(['not measured: unit', 'not measured: unit', 'fault: rig']);
    expect(told({ edges: [RISE, FALL, back(10.05)], explained: [0, 1, 2], probes: [at(10.001), at(10.1)] }), 'with a cause').to.equal(
      'fault: rig',
    );
  });
});

describe('an output that floats from the start', () => {
  it('has to be proved once that lasts for 3 s, by any probe that found it floating where it had to', () => {
    expect([2.999_999, 3].map((s) => first(s))).to.deep.equal(['', 'not measured: scenario']);
    expect(first(5, { probes: [at(4)] })).to.equal('');
    const later = { edges: [edge(0, 'load', 'high', 5), FALL], explained: [0, 1] };
    expect(told({ ...later, probes: [at(10.001)] })).to.equal('');
    expect(told({ ...later, probes: [at(10.001, 'low')] }), 'that proves nothing').to.equal('low,not measured: scenario');
    expect(told({ ...later, explained: [0], probes: [at(10.001)] }), 'it did not have to').to.equal('not measured: scenario');
  });

  it('is the scenario that lacks a probe, or the rig where one was planned', () => {
    const planned = [entry('probe-1', 4, { kind: 'probe', output: 'load' })];
    expect(first(5, { entries: planned })).to.equal('not measured: rig');
    expect(judged({ edges: [edge(0, 'load', 'high', 5)], explained: [0] }).notMeasured[0]!.text).to.include('expect "load: floating"');
    expect(first(5, { entries: [entry('probe-1', 4, { kind: 'probe', output: 'charger' })] })).to.equal('not measured: scenario');
  });

  it('does not have to float any longer where it should have risen', () => {
    const missing = predicted('load-1', 'load', 'high', [2, 4], [], null);
    expect(told({ edges: [], missing })).to.equal('');
    expect(told({ edges: [], missing: { ...missing, window_us: [3e6, 4e6] as never } })).to.equal('not measured: scenario');
  });

  it('differs where a probe finds it leaky, and has nothing to float where it is high', () => {
    expect(first(2, { probes: [at(1, 'leaky')] })).to.equal('leaky');
    expect(told({ edges: [], initial: 'high' })).to.equal('');
  });
});
