import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Sample } from '../../scenarios/contracts/trace.ts';
import type { DriveChange } from '../../scenarios/contracts/timeline.ts';
import { done, entry, goodCase, goodTrace } from '../testing/build.ts';
import { judgeOpenLink } from './confirm-link.ts';

const H_BATTERY: readonly DriveChange[] = [
  { signal: 'remoteH', value: 'battery' },
  { signal: 'remoteL', value: 'open' },
  { signal: 'remoteLink', value: 'open' },
];
const H_LOW: readonly DriveChange[] = [{ signal: 'remoteH', value: { mV: 3_100 } }];

const reading = (analog: 'remoteHVoltage' | 'remoteLVoltage', mV: number, at_s: number, more: Partial<Sample> = {}): Sample => ({
  entry: `confirm-${analog}-${at_s}`,
  analog,
  at_us: scenarioTime(at_s * 1e6),
  value: mV,
  unit: 'mV',
  uncertainty: 200,
  count: 4,
  ...more,
});
/** H and L with battery on H, and with 3.1 V on it. */
const said = (
  battery: readonly [number, number],
  low: readonly [number, number] | null,
  link: 'open' | 'closed' = 'open',
): readonly string[] => {
  const first = H_BATTERY.map((change) => (change.signal === 'remoteLink' ? { ...change, value: link } : change));
  const testCase: Case = {
    ...goodCase,
    timeline: {
      ...goodCase.timeline,
      entries: [entry('a', 5, { kind: 'set', changes: first }), entry('b', 10, { kind: 'set', changes: H_LOW })],
    },
  };
  const samples = [
    reading('remoteHVoltage', battery[0], 6),
    reading('remoteLVoltage', battery[1], 6.004),
    ...(low === null ? [] : [reading('remoteHVoltage', low[0], 11), reading('remoteLVoltage', low[1], 11.004)]),
  ];
  return (judgeOpenLink(testCase, { ...goodTrace, stimuli: [done('a', 5), done('b', 10)], samples }).faults ?? []).map(
    ({ blame, text }) => `${blame}: ${text}`,
  );
};
/** H and L while nothing drives them; before that with battery on H. */
const met = (
  [h, l]: readonly [number, number],
  battery: readonly [number, number] | null = null,
  link: 'open' | 'closed' = 'open',
): readonly string[] => {
  const nothing: readonly DriveChange[] = [
    { signal: 'remoteH', value: 'open' },
    { signal: 'remoteL', value: 'open' },
    { signal: 'remoteLink', value: link },
  ];
  const entries = [entry('a', 5, { kind: 'set', changes: H_BATTERY }), entry('b', 10, { kind: 'set', changes: nothing })];
  const samples = [
    ...(battery === null ? [] : [reading('remoteHVoltage', battery[0], 6), reading('remoteLVoltage', battery[1], 6.004)]),
    reading('remoteHVoltage', h, 11),
    reading('remoteLVoltage', l, 11.004),
  ];
  const testCase: Case = { ...goodCase, timeline: { ...goodCase.timeline, entries } };
  return (judgeOpenLink(testCase, { ...goodTrace, stimuli: [done('a', 5), done('b', 10)], samples }).faults ?? []).map(
    ({ blame, text }) => `${blame}: ${text}`,
  );
};

describe('the remote link that is told to be open', () => {
  it('conducts where L goes with H, at two voltages of H', () => {
    expect(said([21_570, 20_710], [2_990, 3_070])[0]).to.match(
      /^rig: REMOTE L, which nothing drives, follows REMOTE H .* Look at K\.remoteLink/,
    );
  });

  it('is open where L stays at what the unit pulls it to, near H by chance at one of them or not', () => {
    expect(said([21_570, 4_800], [2_990, 4_800])).to.deep.equal([]);
    expect(said([21_570, 4_800], [4_700, 4_800])).to.deep.equal([]);
    expect(said([21_570, 0], [2_990, 0])).to.deep.equal([]);
  });

  it('is not judged by one voltage of H, by two that are near each other, or while it is told to be closed', () => {
    expect(said([4_900, 4_800], null)).to.deep.equal([]);
    expect(said([4_900, 4_800], [4_000, 4_100])).to.deep.equal([]);
    expect(said([21_570, 21_500], [2_990, 3_000], 'closed')).to.deep.equal([]);
  });

  it('conducts where H and L meet in the middle while nothing drives them, unless a driven H shows that nothing joins them', () => {
    expect(met([2_370, 2_450])[0]).to.match(
      /^rig: REMOTE H and REMOTE L meet at 2\.37 V and 2\.45 V at 11\.000 s, .* Look at K\.remoteLink/,
    );
    for (const apart of [
      [40, 4_800],
      [4_600, 4_800],
      [40, 90],
      [2_000, 2_400],
      [2_500, 4_800],
    ] as const)
      expect(met(apart)).to.deep.equal([]);
    expect(met([2_370, 2_450], [11_600, 4_780])).to.deep.equal([]);
    expect(met([2_370, 2_450], [11_000, 10_770])).to.have.length(1);
    expect(met([2_370, 2_450], null, 'closed')).to.deep.equal([]);
  });
});
