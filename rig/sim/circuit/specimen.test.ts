import { expect } from 'chai';
import { spread, type Part } from '../../fixture/netlist/part.ts';
import { drawFor, drawInserted } from './draw.ts';
import { HandBench, ms, nominal } from './hand-bench.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

/** A stretch of work that touches most parts; returns all that is seen of it. */
const history = (bench: HandBench): unknown => {
  bench.supplied(25.6).bit('remoteLink').bit('pole1').bit('pole3').bit('pole4').wait(ms(10));
  bench.pin('unit', 'PB0', 'high').pin('unit', 'PB1', 'high').pin('unit', 'PB3', 'high').wait(ms(2));
  bench.bit('loadSink').wait(ms(5)).bit('loadSink', false).bit('chargerShort').wait(ms(5)).bit('chargerShort', false).wait(ms(5));
  bench.pin('unit', 'PB0', 'low').wait(ms(1)).pin('fixture', 'PH3', 'high').wait(ms(2)).bit('supplyEnable', false).wait(ms(20));
  const channels = Array.from({ length: 16 }, (_, channel) => bench.circuit.adcVolts('fixture', channel, bench.now_ns));
  return { edges: bench.edges, power: bench.power, channels, avcc: bench.circuit.avcc_V };
};

const specimen = (seed: number, parts: readonly Part[] = BENCH_NETLIST.parts): HandBench => new HandBench({ seed, netlist: { parts } });

const delays = (bench: HandBench): unknown => {
  const supplied = bench.supplied(12.8).bit('pole1').bit('pole3').bit('pole4').wait(ms(10));
  return { edges: supplied.edges.filter(({ board }) => board === 'unit').map(({ pin }) => pin), avcc: bench.circuit.avcc_V };
};

const bounds = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];

/** All values lie between the bounds, and they spread over half of that at least. */
const within = (values: readonly number[], low: number, high: number): void => {
  const [least, most] = bounds(values);
  expect(least).to.be.within(low, high);
  expect(most).to.be.within(low, high);
  expect(most - least).to.be.above((high - low) / 2);
};

const placed = (unit: number, mating: number) => ({ seed: 11, insertion: { unit, mating } });
const drawn = (ref: string, { seed, insertion }: ReturnType<typeof placed>): number =>
  drawInserted(seed, ref, insertion).of({ nominal: 1, tolerance: 0.1 });

describe('a specimen', () => {
  it('is the same for the same seed and another for another', () => {
    expect(history(specimen(11))).to.deep.equal(history(specimen(11)));
    expect(history(specimen(11))).not.to.deep.equal(history(specimen(12)));
  });

  it('has another unit put in without becoming another bench, and its contacts made anew', () => {
    const [first, again, other] = [placed(101, 1), placed(101, 2), placed(102, 1)];
    expect(drawn('R.shunt.low', first)).to.equal(drawFor(11, 'R.shunt.low').of({ nominal: 1, tolerance: 0.1 }));
    expect(drawn('R.shunt.low', other)).to.equal(drawn('R.shunt.low', first));
    expect(drawn('unit.R.h.upper', again)).to.equal(drawn('unit.R.h.upper', first));
    expect(drawn('unit.R.h.upper', other)).not.to.equal(drawn('unit.R.h.upper', first));
    expect(drawn('P.load.force', again)).not.to.equal(drawn('P.load.force', first));
    expect(drawn('P.load.force', other)).to.equal(drawn('P.load.force', first));
  });

  it('keeps its other parts when one is added or removed', () => {
    const extra: Part = {
      kind: 'resistor',
      ref: 'extra',
      role: 'for a test',
      a: 'nowhere',
      b: 'MINUS',
      resistance_Ohm: spread(1_000, 0.5),
    };
    const withoutRed = BENCH_NETLIST.parts.filter(({ ref }) => ref !== 'unit.D.red');
    expect(history(specimen(5, [extra, ...BENCH_NETLIST.parts]))).to.deep.equal(history(specimen(5)));
    expect(delays(specimen(5, withoutRed))).to.deep.equal(delays(specimen(5)));
  });

  it('stays within its tolerances, and uses them', () => {
    const seen = { avcc: [] as number[], unit: [] as number[], drop: [] as number[], supply: [] as number[], current: [] as number[] };
    for (let seed = 1; seed <= 100; seed += 1) {
      const bench = specimen(seed).supplied(12.8).pin('unit', 'PB0', 'high').pin('unit', 'PB1', 'high').wait(ms(1));
      seen.avcc.push(bench.circuit.avcc_V.fixture);
      seen.unit.push(bench.circuit.avcc_V.unit);
      seen.supply.push(bench.volts('SUPPLY'));
      bench.bit('loadSink').wait(ms(1));
      seen.drop.push(bench.volts('VBAT') - bench.volts('LOAD'));
      bench.bit('loadSink', false).bit('chargerShort').wait(ms(1));
      seen.current.push((bench.volts('SUPPLY') - bench.volts('shuntMiddle')) / 0.1);
    }
    within(seen.avcc, 4.95, 5.05);
    within(seen.unit, 4.9, 5.1);
    within(seen.supply, 12.8 * 0.997 - 0.01, 12.8 * 1.003 + 0.01);
    within(seen.drop, 0.08 * 0.8 * 0.98, 0.08 * 1.2 * 1.02);
    within(seen.current, 0.017, 0.037); // 25 mA +-30 %, consumption on top
  });

  it('at nominal values has none of that', () => {
    const [one, other] = [1, 2].map((seed) => specimen(seed, nominal(BENCH_NETLIST).parts).supplied(12.8).volts('SUPPLY'));
    expect(one).to.equal(other);
  });
});
