import { expect } from 'chai';
import { supplyLooks } from './plan-supply-looks.ts';
import { at, timeline } from './testing/cases.ts';

const looks = (signal: 'loadSink' | 'chargerSink', value: '1A' | '10mA', for_us: number, end_us = 10_000_000): readonly string[] =>
  supplyLooks(timeline(end_us, [at('sink', 5_000_000, { kind: 'pulse', changes: [{ signal, value }], for_us })])).map(
    ({ id, do: action, bounds_us }) => `${id} ${action.kind === 'sample' ? action.analog : ''} ${bounds_us[0] - 5_000_000}`,
  );

describe('windows of the supply current beside a sink', () => {
  it('see an ampere past the shunt, what is left in the shunt, and the unit alone once the bypass is open', () => {
    expect(looks('loadSink', '1A', 20_000)).to.deep.equal([
      'confirm-sink-sink-bypassed supplyCurrent 4000',
      'confirm-sink-sink-supply supplyCurrentHigh 6000',
      'confirm-sink-sink-after supplyCurrent 23000',
    ]);
  });

  it('see what goes to CHARGER through the shunt, and the unit alone', () => {
    expect(looks('chargerSink', '10mA', 20_000)).to.deep.equal([
      'confirm-sink-sink-supply supplyCurrent 6000',
      'confirm-sink-sink-after supplyCurrent 21000',
    ]);
  });

  it('are none in a pulse too short for them, and none behind the end of the case', () => {
    expect(looks('loadSink', '1A', 19_999)).to.deep.equal([]);
    expect(looks('chargerSink', '10mA', 20_000, 5_022_000)).to.deep.equal(['confirm-sink-sink-supply supplyCurrent 6000']);
  });
});
