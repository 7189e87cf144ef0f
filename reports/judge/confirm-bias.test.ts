import { expect } from 'chai';
import type { Probe } from '../../scenarios/contracts/trace.ts';
import { edge, goodTrace, probe } from '../testing/build.ts';
import { judgeBias } from './confirm-bias.ts';

const first = (output: Probe['output'], biasOff_mV: number, biasOn_mV: number, supply_mV = 13_000): Probe => ({
  ...probe(output, 0.04, 'floating', `confirm-1-probe-${output}`),
  biasOff_mV,
  biasOn_mV,
  supply_mV,
});
const said = (probes: readonly Probe[], edges = goodTrace.edges): readonly string[] =>
  (judgeBias({ ...goodTrace, probes, edges }, new Set()).faults ?? []).map(({ blame, text }) => `${blame}: ${text}`);

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
