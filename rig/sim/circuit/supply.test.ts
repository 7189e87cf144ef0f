import { expect } from 'chai';
import { HandBench, ms } from './hand-bench.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

describe('supply', () => {
  it('moves by at least 5 V/ms both ways in every specimen, up to 70 V', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const bench = new HandBench({ seed, netlist: BENCH_NETLIST }).bit('supplyEnable').bit('supplyStrong').converter('supply', 70);
      bench.wait(70 / 5e-6 + 40_000);
      expect(bench.volts('SUPPLY')).to.be.closeTo(70, 0.25);
      bench.converter('supply', 8).wait(62 / 5e-6 + 40_000);
      expect(bench.volts('SUPPLY')).to.be.closeTo(8, 0.05);
      bench.bit('supplyEnable', false).wait(8 / 5e-6 + 40_000);
      expect(bench.volts('SUPPLY')).to.be.below(0.001);
    }
  });

  it('is a straight line while it slews: an ADC sees it at any instant before the next activity', () => {
    const bench = new HandBench().bit('supplyEnable').converter('supply', 12.8).wait(ms(1));
    const at = (later_ns: number): number => bench.circuit.adcVolts('fixture', 0, bench.now_ns + later_ns) * 16;
    expect(bench.circuit.nextActivity_ns()).to.be.above(bench.now_ns);
    const span_ns = bench.circuit.nextActivity_ns() - bench.now_ns;
    expect(at(span_ns / 2) - at(0)).to.be.closeTo((6.5 * span_ns) / 2e6, 1e-6);
  });

  it('releases the unit once at 7.0 V rising and holds it once below 6.8 V falling', () => {
    const bench = new HandBench().bit('supplyEnable').converter('supply', 6.95).wait(ms(20));
    expect(bench.power).to.deep.equal([]);
    bench.converter('supply', 7.05).wait(ms(20));
    expect(bench.power.map(({ released }) => released)).to.deep.equal([true]);
    bench.converter('supply', 6.86).wait(ms(20));
    expect(bench.power).to.have.length(1);
    bench.converter('supply', 6.76).wait(ms(20));
    expect(bench.power.map(({ released }) => released)).to.deep.equal([true, false]);
    bench.converter('supply', 6.9).wait(ms(20));
    expect(bench.power).to.have.length(2);
  });

  it('tells the release at the crossing plus the response of the supervisor', () => {
    const bench = new HandBench().bit('supplyEnable').converter('supply', 12.8).wait(ms(20));
    // 32.5 us converter, 7 V at 6.5 V/ms, less what the shunts drop (1.2 mA x 10.1 Ohm), 35 us supervisor.
    expect(bench.power[0]!.at_ns).to.be.closeTo(32_500 + ((7 + 0.0121) / 6.5) * 1e6 + 35_000, 200);
  });

  it('takes the outputs and LEDs of a held unit away, and leaves them so until it drives again', () => {
    const bench = new HandBench().supplied(12.8).pin('unit', 'PB0', 'high').pin('unit', 'PB3', 'high').wait(ms(1));
    expect([bench.level('fixture', 'PK0'), bench.level('fixture', 'PK3')]).to.deep.equal([true, true]);
    bench.converter('supply', 6).wait(ms(5)).converter('supply', 12.8).wait(ms(5));
    expect(bench.power.map(({ released }) => released)).to.deep.equal([true, false, true]);
    expect([bench.level('fixture', 'PK0'), bench.level('fixture', 'PK3')]).to.deep.equal([false, false]);
    bench.pin('unit', 'PB0', 'high').wait(ms(1));
    expect(bench.level('fixture', 'PK0')).to.equal(true);
  });

  it('costs a few solutions per slew and none at rest', () => {
    const bench = new HandBench().supplied(48);
    expect(bench.circuit.solutions).to.be.below(25);
    const before = bench.circuit.solutions;
    expect(bench.circuit.nextActivity_ns()).to.equal(Infinity);
    bench.wait(ms(60_000));
    expect(bench.circuit.solutions).to.equal(before);
  });
});
