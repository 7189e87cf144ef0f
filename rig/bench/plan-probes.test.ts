import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { AllowedSpan, PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Timeline } from '../../scenarios/contracts/timeline.ts';
import type { Level, OutputSignal } from '../../scenarios/signals.ts';
import { planProbes } from './plan-probes.ts';
import { afterEdge, at, caseOf, POWERED, set, timeline } from './testing/cases.ts';

const because = { rule: 'R6', requirement: 'X', certainty: 'O' as const };
const span = (signal: OutputSignal, from_us: number, to_us: number, ...levels: Level[]): AllowedSpan => ({
  signal,
  from_us: scenarioTime(from_us),
  to_us: scenarioTime(to_us),
  levels,
  ...because,
});
const edge = (signal: OutputSignal, from_us: number, to_us: number): PredictedEdge => ({
  ...because,
  id: 'e',
  signal,
  level: 'high',
  causes: [],
  combine: 'all',
  window_us: [scenarioTime(from_us), scenarioTime(to_us)],
  required: true,
  observed: null,
  consequence: false,
  parameters: [],
  why: '',
});
const predicted = (allowed: AllowedSpan[], edges: PredictedEdge[] = []): Prediction => ({
  case: 'bench/test',
  basis: 'planned',
  initial: { load: 'floating', preAlarm: 'floating', charger: 'floating', ledBlue: 'off', ledRed: 'off' },
  edges,
  allowed,
  unexplained: [],
  readings: [],
  states: { most: 1, bound: 64 },
  complete: true,
  parameters: {},
});
const plannedFor = (plan: Timeline, prediction: Prediction): [string, number][] =>
  planProbes(caseOf(plan), prediction).timeline.entries.flatMap(({ id, when, do: action }) =>
    action.kind === 'probe' && when.kind === 'at' ? [[id, when.at_us]] : [],
  );

describe('planned probes', () => {
  it('look once after start-up and once near the end of a float from the start', () => {
    const prediction = predicted([span('preAlarm', -200_000, 20_000_000, 'floating')]);
    expect(plannedFor(timeline(20_000_000, POWERED), prediction)).to.deep.equal([
      ['probe-preAlarm-1', 3_100_000],
      ['probe-preAlarm-2', 19_947_000],
    ]);
  });

  it('leave a case alone that needs none', () => {
    const testCase = caseOf(timeline(20_000_000, POWERED));
    expect(planProbes(testCase, predicted([span('load', 0, 20_000_000, 'high')]))).to.equal(testCase);
    expect(planProbes(testCase, predicted([span('load', 0, 20_000_000, 'floating', 'high')]))).to.equal(testCase);
  });

  it('see the end of a float that an edge began, not its beginning: the fixture probes that by itself', () => {
    const prediction = predicted([
      span('load', 0, 8_000_000, 'high'),
      span('load', 8_000_000, 12_000_000, 'high', 'floating'),
      span('load', 12_000_000, 15_000_000, 'floating'),
    ]);
    expect(plannedFor(timeline(20_000_000, POWERED), prediction)).to.deep.equal([['probe-load-1', 14_947_000]]);
  });

  it('keep away from entries, from edges of that output and from each other', () => {
    const plan = timeline(20_000_000, [
      ...POWERED,
      at('one', 3_120_000, set({ pole3: 'open' })),
      at('two', 19_950_000, set({ pole3: 'closed' })),
    ]);
    const prediction = predicted(
      [span('preAlarm', -200_000, 20_000_000, 'floating'), span('load', -200_000, 20_000_000, 'floating')],
      [edge('preAlarm', 19_000_000, 21_000_000), edge('charger', 3_100_000, 25_000_000)],
    );
    const probes = plannedFor(plan, prediction);
    expect(probes).to.deep.equal([
      ['probe-load-1', 3_170_000],
      ['probe-preAlarm-1', 3_223_000],
      ['probe-preAlarm-2', 18_947_000],
      ['probe-load-2', 19_897_000],
    ]);
    for (const [, at_us] of probes) for (const instant of [3_120_000, 19_950_000]) expect(Math.abs(at_us - instant)).to.be.at.least(50_000);
  });

  it('never fall where an edge of that output may fall, even if then there is no probe', () => {
    const open = edge('preAlarm', 2_000_000, Infinity);
    expect(
      plannedFor(timeline(20_000_000, POWERED), predicted([span('preAlarm', -200_000, 20_000_000, 'floating')], [open])),
    ).to.deep.equal([]);
    const unbounded = timeline(20_000_000, [
      ...POWERED,
      afterEdge('hung', POWERED[1]!, ['load', 'high'], 0, 30_000_000, set({ pole1: 'open' })),
    ]);
    expect(plannedFor(unbounded, predicted([span('preAlarm', -200_000, 20_000_000, 'floating')]))).to.deep.equal([]);
  });

  it('ask nothing of a unit without supply', () => {
    const plan = timeline(20_000_000, [...POWERED, at('off', 10_000_000, set({ supply: { mV: 0 } }))]);
    expect(plannedFor(plan, predicted([span('load', 10_500_000, 20_000_000, 'floating')]))).to.deep.equal([]);
  });
});
