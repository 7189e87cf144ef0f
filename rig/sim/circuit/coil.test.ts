/** The current of a coil: grows and ends with its time constants, outlives its switch, and never flows backwards. */

import { expect } from 'chai';
import { withAttached } from '../../fixture/netlist/attached.ts';
import { HandBench, ms, nominal } from './hand-bench.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

/** 12.8 V over 48 Ohm are 267 mA, 0.48 H over 48 Ohm 10 ms. */
const COIL = { kind: 'coil', resistance_mOhm: 48_000, inductance_uH: 480_000 } as const;
const bench = (): HandBench => new HandBench({ netlist: nominal(withAttached(BENCH_NETLIST, { load: COIL })) }).supplied(12.8);
/** What flows into the output: through the high shunt of 0.1 Ohm, less the unit's own few milliamperes. */
const supply_A = ({ circuit }: HandBench): number => (circuit.voltage('SUPPLY') - circuit.voltage('shuntMiddle')) / 0.1;

describe('a coil on an output', () => {
  it('draws a current that grows with L / R and ends at V / R', () => {
    const one = bench();
    const idle_A = supply_A(one);
    one.pin('unit', 'PB0', 'high').wait(ms(10));
    // A gate delay of some 40 us, then 1 - 1 / e after one time constant.
    expect(supply_A(one) - idle_A).to.be.closeTo(0.267 * (1 - Math.exp(-1)), 0.005);
    one.wait(ms(90));
    expect(supply_A(one) - idle_A).to.be.closeTo(0.267, 0.002);
  });

  it('pulls the output below minus, to its diode, until the current has ended', () => {
    const one = bench().pin('unit', 'PB0', 'high').wait(ms(100));
    one.pin('unit', 'PB0', 'low').wait(ms(1));
    expect(one.circuit.voltage('LOAD')).to.be.within(-0.75, -0.7);
    // Against 0.7 V it ends after tau x ln(1 + 12.8 / 0.7) = 29.6 ms.
    one.wait(ms(27));
    expect(one.circuit.voltage('LOAD')).to.be.below(-0.69);
    one.wait(ms(4));
    expect(one.circuit.voltage('LOAD')).to.be.within(-0.01, 0.05);
  });

  it('shows the comparator one fall and one rise, however often it is switched', () => {
    const one = bench();
    for (let round = 0; round < 3; round++) one.pin('unit', 'PB0', 'high').wait(ms(15)).pin('unit', 'PB0', 'low').wait(ms(7));
    const levels = one.edges.filter(({ pin }) => pin === 'PK0').map(({ level }) => level);
    expect(levels).to.deep.equal([true, false, true, false, true, false]);
  });

  it('costs some fifty solutions for each switching and none in between', () => {
    const one = bench().pin('unit', 'PB0', 'high').wait(ms(150));
    const before = one.circuit.solutions;
    one.wait(ms(10_000));
    expect(one.circuit.solutions).to.equal(before);
    one.pin('unit', 'PB0', 'low').wait(ms(100));
    expect(one.circuit.solutions - before).to.be.below(60);
  });
});

const loaded = (): HandBench =>
  new HandBench({ netlist: nominal(withAttached(BENCH_NETLIST, { preAlarm: { kind: 'resistor', resistance_mOhm: 24_000 } })) }).supplied(
    12.8,
  );

describe('a resistor on an output', () => {
  it('draws its current while the output is high', () => {
    const one = loaded();
    const idle_A = supply_A(one);
    one.pin('unit', 'PB2', 'high').wait(ms(5));
    expect(supply_A(one) - idle_A).to.be.closeTo(12.8 / 24, 0.01);
  });

  it('is off while the bias pulls, so that a floating output still shows', () => {
    const one = loaded();
    expect(one.circuit.voltage('PRE_ALARM')).to.be.below(0.01);
    one.pin('fixture', 'PH4', 'high').wait(ms(1));
    expect(one.circuit.voltage('PRE_ALARM')).to.be.above(0.8 * 12.8);
  });
});

describe('a remote input on an output', () => {
  it('leaves a floating output above what a probe asks for', () => {
    const one = new HandBench({ netlist: nominal(withAttached(BENCH_NETLIST, { charger: { kind: 'remoteInput' } })) }).supplied(12.8);
    one.pin('fixture', 'PH5', 'high').wait(ms(1));
    expect(one.circuit.voltage('CHARGER') / 12.8).to.be.within(0.85, 0.95);
  });
});
