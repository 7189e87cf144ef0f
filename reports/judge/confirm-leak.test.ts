import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Probe, Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { edge, goodCase, goodTrace, probe } from '../testing/build.ts';
import { judgeLeaks } from './confirm-leak.ts';
import { consumptions } from './confirm-supply.ts';

const SUPPLY_mV = 12_800;
const HIGH_s = 20;
/** The supply stands at 51.2 V from 15 s on, and LOAD is high from 3 s on. */
const supplyAt = (at_us: number): number | null => (at_us < 15e6 ? SUPPLY_mV : 51_200);
const first = (share: number, more: Partial<Probe> = {}): Probe => ({
  ...probe('load', 0.038, 'leaky', 'confirm-1-probe-load'),
  biasOff_mV: 0,
  biasOn_mV: share * SUPPLY_mV,
  supply_mV: SUPPLY_mV,
  ...more,
});
const drawn = (uA: number, at_s = HIGH_s, more: Partial<Sample> = {}): Sample => ({
  entry: 'measure-1',
  analog: 'supplyCurrent',
  at_us: scenarioTime(at_s * 1e6),
  value: uA,
  unit: 'uA',
  uncertainty: 30,
  count: 16,
  ...more,
});
const said = (one: Probe, samples: readonly Sample[], more: Partial<Trace> = {}): readonly string[] => {
  const trace: Trace = {
    ...goodTrace,
    initial: { ...goodTrace.initial, load: 'notHigh' },
    edges: [edge(0, 'load', 'high', 3)],
    stimuli: [],
    probes: [one],
    samples,
    ...more,
  };
  const drawn = consumptions(goodCase, trace, (at_us) => supplyAt(at_us) !== null);
  return (judgeLeaks(trace, drawn, supplyAt).faults ?? []).map(({ blame, text }) => `${blame}: ${text}`);
};

const next = (at_s: number, more: Partial<Probe> = {}): Probe => ({
  ...first(0.7),
  entry: null,
  from_us: scenarioTime(at_s * 1e6),
  to_us: scenarioTime(at_s * 1e6 + 1_600),
  biasOff_mV: 5_200,
  ...more,
});
const found = (one: Probe): readonly string[] => said(first(0.5), [], { probes: [first(0.5), one] });

describe('a leak that a probe tells of', () => {
  it('is none where the unit draws less with that output high than the leak would take: 11 kOhm at 51.2 V are 4.65 mA', () => {
    expect(said(first(0.5), [drawn(2_100)])[0]).to.match(
      /^rig: A probe pulls LOAD up to 6\.40 V of 12\.80 V at 0\.038 s, as if it leaked through 11 kOhm; but .* draws 2\.1 mA.* R\.load\.bias.* C\.load/,
    );
    expect(said(first(0.5), [drawn(4_600)])).to.have.length(1);
    expect(said(first(0.5), [drawn(4_700)]), 'a leak of the unit, which draws 0.5 mA at least besides').to.deep.equal([]);
  });

  it('stays that of the unit where nothing contradicts: no window with the output high, none at that supply or more, one at the end of its range', () => {
    expect(said(first(0.5), [])).to.deep.equal([]);
    expect(said(first(0.5), [drawn(900, 2)])).to.deep.equal([]);
    expect(said(first(0.5, { supply_mV: 60_000, biasOn_mV: 30_000 }), [drawn(900)])).to.deep.equal([]);
    expect(said(first(0.5), [drawn(900, HIGH_s, { least: 800 })])).to.deep.equal([]);
    expect(said(first(0.5), [drawn(Number.NaN)])).to.deep.equal([]);
  });

  it('is none where the charge of a probe is still there at the next one, which no leak would leave', () => {
    expect(found(next(0.043))[0]).to.match(/^rig: .* but 5\.20 V of that are still there at 0\.043 s: a capacitor hangs on it/);
    expect(found(next(0.043, { biasOff_mV: 20 }))).to.deep.equal([]);
    expect(found(next(0.043, { result: 'high' }))).to.deep.equal([]);
    expect(found(next(0.08))).to.deep.equal([]);
  });

  it('is not asked of an output that floats, is held down actively, or is held up', () => {
    for (const share of [0.03, 0.83, 0.909]) expect(said(first(share), [drawn(900)]), `${share}`).to.deep.equal([]);
    expect(said(first(0.5, { biasOff_mV: 3_000 }), [drawn(900)])).to.deep.equal([]);
  });
});
