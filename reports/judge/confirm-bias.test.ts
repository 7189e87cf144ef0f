import { expect } from 'chai';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Probe, Sample } from '../../scenarios/contracts/trace.ts';
import { edge, goodTrace, probe } from '../testing/build.ts';
import { judgeBias } from './confirm-bias.ts';

const first = (output: Probe['output'], biasOff_mV: number, biasOn_mV: number, supply_mV = 13_000): Probe => ({
  ...probe(output, 0.04, 'floating', `confirm-1-probe-${output}`),
  biasOff_mV,
  biasOn_mV,
  supply_mV,
});
const said = (probes: readonly Probe[], edges = goodTrace.edges, samples: readonly Sample[] = []): readonly string[] =>
  (judgeBias({ ...goodTrace, probes, edges, samples }, new Set()).faults ?? []).map(({ blame, text }) => `${blame}: ${text}`);
const at = (entry: string, at_s: number, value: number, more: Partial<Sample> = {}): Sample => ({
  entry,
  analog: 'loadVoltage',
  at_us: scenarioTime(at_s * 1e6),
  value,
  unit: 'mV',
  uncertainty: 10,
  count: 4,
  ...more,
});
const after = (value: number, more: Partial<Sample> = {}): Sample => at('confirm-1-left-on-load', 0.05, value, more);

describe('the bias of an output, before the unit starts', () => {
  it('is good where it pulls a floating output to 0.91 of the supply, and only while it is on', () => {
    expect(said([first('load', 0, 11_820), first('charger', 78, 11_780)])).to.deep.equal([]);
  });

  it('pulls all the time where the output stands there either way', () => {
    expect(said([first('load', 11_820, 11_800)])[0]).to.match(
      /^rig: LOAD reads 11\.82 V with its bias off .* all the time\. Look at the switch Q\.load\.bias/,
    );
  });

  it('is not blamed for a unit that leaks, or that is high', () => {
    // 10 kOhm from plus: the bias beside it halves that; 1 kOhm; an output that is on.
    for (const [off, on] of [
      [11_820, 12_380],
      [12_870, 12_880],
      [12_950, 12_950],
    ] as const)
      expect(said([first('load', off, on)])).to.deep.equal([]);
  });

  it('does nothing, or is held down, where the output stays at nothing', () => {
    expect(said([first('charger', 0, 78)])[0]).to.match(/^rig: CHARGER reads 0\.00 V with its bias off and 0\.08 V with it on/);
  });

  it('is not blamed where it left its charge in a capacitor, and is where it left nothing', () => {
    const dead = first('load', 0, 78);
    const looked = (left: Sample, before = at('confirm-1-loadVoltage', 0.026, 43)) => said([dead], [], [before, left]).length;
    expect(looked(after(64)), 'charge').to.equal(0);
    expect(looked(after(62)), 'no more than the two may differ by').to.equal(1);
    expect(looked(after(0)), 'nothing').to.equal(1);
    expect(looked(after(500, { least: 400 })), 'at the end of its range').to.equal(1);
    expect(looked(after(500, { at_us: scenarioTime(3.05e6) })), 'seconds later').to.equal(1);
    expect(looked(after(500), at('confirm-1-loadVoltage', 0.045, 43)), 'none before it').to.equal(1);
    expect(said([dead], [edge(90, 'load', 'high', 0.049)], [at('confirm-1-loadVoltage', 0.026, 43), after(12_800)])).to.have.length(1);
  });

  it('is not blamed for a unit that pulls its output down through 470 Ohm', () => {
    expect(said([first('charger', 0, 590)])).to.deep.equal([]);
  });

  it('meets the bias of the output that it pulls up without being burdened by it', () => {
    const edges = [edge(90, 'preAlarm', 'high', 0.0405), edge(91, 'preAlarm', 'notHigh', 0.0415)];
    expect(said([first('load', 0, 11_820)], edges)[0]).to.match(/^rig: The probe of LOAD at 0\.04\d* s pulled PRE-ALARM up as well/);
    expect(said([first('load', 0, 11_090)], edges), 'a bridge in the unit burdens it').to.deep.equal([]);
    const later = [edge(90, 'preAlarm', 'high', 0.0428), edge(91, 'preAlarm', 'notHigh', 0.0438)];
    expect(said([first('load', 0, 11_820)], later), 'after its end').to.deep.equal([]);
  });

  it('is not judged below 8 V, nor by probes while the unit runs', () => {
    expect(said([first('load', 0, 0, 7_000), { ...first('load', 0, 0), entry: null }])).to.deep.equal([]);
  });
});
