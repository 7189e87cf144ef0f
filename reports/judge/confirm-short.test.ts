import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Sample, Stimulus } from '../../scenarios/contracts/trace.ts';
import { done, entry, goodCase, goodTrace } from '../testing/build.ts';
import { judgeShorts } from './confirm-short.ts';

const AT_s = 10;
const shorting: Case = {
  ...goodCase,
  timeline: {
    ...goodCase.timeline,
    entries: [entry('step-1', AT_s, { kind: 'pulse', changes: [{ signal: 'chargerShort', value: 'on' }], for_us: 50_000 })],
  },
};
const shorted: Stimulus = { ...done('step-1', AT_s), ended_us: scenarioTime((AT_s + 0.05) * 1e6) };
const sample = (id: string, analog: 'sinkCurrent' | 'chargerVoltage', value: number, more: Partial<Sample> = {}): Sample => ({
  entry: id,
  analog,
  at_us: scenarioTime((AT_s + 0.008) * 1e6),
  value,
  unit: analog === 'sinkCurrent' ? 'uA' : 'mV',
  uncertainty: analog === 'sinkCurrent' ? 3_000 : 25,
  count: 4,
  ...more,
});
/** First look: current, voltage, current. */
const look = (first_uA: number, mV: number, last_uA = first_uA, more: Partial<Sample> = {}): readonly Sample[] => [
  sample('confirm-short-1-1-step-1', 'sinkCurrent', first_uA, more),
  sample('confirm-short-1-2-step-1', 'chargerVoltage', mV),
  sample('confirm-short-1-3-step-1', 'sinkCurrent', last_uA, more),
];
const said = (samples: readonly Sample[], stimulus = shorted): readonly string[] =>
  (judgeShorts(shorting, { ...goodTrace, stimuli: [stimulus], samples }).faults ?? []).map(({ blame, text }) => `${blame}: ${text}`);

describe('a short of CHARGER', () => {
  it('leaves next to nothing of what its current is: limited, without a limit, or with nothing that drives it', () => {
    for (const [uA, mV] of [
      [25_000, 45],
      [900_000, 1_500],
      [0, 60],
    ] as const)
      expect(said(look(uA, mV)), `${uA} uA, ${mV} mV`).to.deep.equal([]);
    expect(said(look(1_200_000, 2_600, 1_200_000, { least: 1_190_000 })), 'at the end of the range').to.deep.equal([]);
    expect(said([]), 'not looked at').to.deep.equal([]);
  });

  it('is none where CHARGER stays up, or comes down only by some ohms', () => {
    expect(said(look(300, 12_780))[0]).to.match(
      /^rig: CHARGER reads 12\.78 V at 10\.008 s while it is shorted, .* 3\.3 mA flow: .*Q\.chargerShort/,
    );
    expect(said(look(25_000, 1_280))).to.have.length(1);
    expect(said(look(250_000, 12_500))).to.have.length(1);
    expect(said(look(Number.NaN, 12_500))).to.have.length(1);
    expect(said(look(1_200_000, 67_000, 1_200_000, { least: 1_190_000 })), 'more than the supply gives would have to flow').to.have.length(
      1,
    );
  });

  it('is one where the current flowed before or after the voltage was looked at: a unit that tries again and again', () => {
    expect(said(look(0, 1_500, 900_000))).to.deep.equal([]);
    expect(said(look(900_000, 1_500, 0))).to.deep.equal([]);
  });

  it('is not told by a window that came when it was over', () => {
    const late = { at_us: scenarioTime((AT_s + 0.0485) * 1e6) };
    expect(said(look(300, 12_780).map((one) => ({ ...one, ...late })))).to.deep.equal([]);
  });

  it('is not asked about where the fixture let go, or never closed it', () => {
    expect(said(look(0, 12_500), { ...shorted, letGo_us: scenarioTime((AT_s + 0.01) * 1e6) })).to.deep.equal([]);
    expect(said(look(0, 12_500), { ...shorted, outcome: 'refused' })).to.deep.equal([]);
  });
});
