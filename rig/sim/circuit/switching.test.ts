import { expect } from 'chai';
import { POLES } from '../../fixture/netlist/inputs.ts';
import { partsOf, type Netlist } from '../../fixture/netlist/netlist.ts';
import { MINUS, spread, type Part } from '../../fixture/netlist/part.ts';
import { FIXTURE_TO_UNIT_MIN_ns, UNIT_TO_FIXTURE_MIN_ns } from './circuit.ts';
import { HandBench, ms, nominal, type SeenEdge } from './hand-bench.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

const POLE_PINS = { PD2: 1, PD3: 3, PD4: 4 } as const;

/** Specimen `seed` with its own spread. */
const specimen = (seed: number): HandBench => new HandBench({ seed, netlist: BENCH_NETLIST });

const withResistor = (a: string, b: string, resistance_Ohm: number): Netlist => {
  const extra: Part = { kind: 'resistor', ref: 'extra', role: 'for a test', a, b, resistance_Ohm: spread(resistance_Ohm, 0) };
  return { parts: [...nominal(BENCH_NETLIST).parts, extra] };
};

const after = (bench: HandBench, from_ns: number): readonly SeenEdge[] => bench.edges.filter(({ at_ns }) => at_ns >= from_ns);

const closeAll = (bench: HandBench): HandBench => POLES.reduce((same, pole) => same.bit(`pole${pole}`), bench);

const closing = (occasion: string): readonly SeenEdge[] => {
  const bench = new HandBench({ seed: 2, netlist: BENCH_NETLIST, occasion }).supplied(12.8);
  return closeAll(bench).wait(ms(6)).edges;
};

describe('comparators', () => {
  it('switch within 120 us of the pin of an output stage and reach the capture pins at the same instant', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const bench = specimen(seed).supplied(12.8);
      const on_ns = bench.now_ns;
      bench.pin('unit', 'PB0', 'high').wait(ms(1));
      const rise = after(bench, on_ns);
      expect(rise.map(({ pin, level }) => `${pin} ${level}`)).to.deep.equal(['PK0 true', 'PL0 true']);
      expect(rise[0]!.at_ns).to.equal(rise[1]!.at_ns);
      expect(rise[0]!.at_ns - on_ns).to.be.within(UNIT_TO_FIXTURE_MIN_ns, 62_000);
      const off_ns = bench.now_ns;
      bench.pin('unit', 'PB0', 'low').wait(ms(1));
      const fall = after(bench, off_ns);
      expect(fall.map(({ pin, level }) => `${pin} ${level}`)).to.deep.equal(['PK0 false', 'PL0 false']);
      // Gate, then 100 kOhm against 330 pF down to half: up to 30 us; then the comparator.
      expect(fall[0]!.at_ns - off_ns).to.be.within(40_000, 95_000);
    }
  });

  it('fall by C x R x ln 2 after the stage has opened', () => {
    const bench = new HandBench().supplied(12.8).pin('unit', 'PB2', 'high').wait(ms(1));
    const off_ns = bench.now_ns;
    bench.pin('unit', 'PB2', 'low').wait(ms(1));
    const [edge] = after(bench, off_ns);
    const threshold = 0.5 * (1 - 0.025);
    expect(edge!.at_ns - off_ns).to.be.closeTo(42_500 + 330e-12 * 100e3 * Math.log(1 / threshold) * 1e9 + 1_000, 300);
  });

  for (const { share, fromLow, fromHigh } of [
    { share: 0.48, fromLow: false, fromHigh: false },
    { share: 0.495, fromLow: false, fromHigh: true },
    { share: 0.505, fromLow: false, fromHigh: true },
    { share: 0.52, fromLow: true, fromHigh: true },
  ]) {
    it(`read ${share} of the supply as ${fromLow ? 'high' : 'low'} from below and ${fromHigh ? 'high' : 'low'} from above`, () => {
      // The bias against the burden and one more resistor makes the share.
      const lower_Ohm = (10_005 * share) / (1 - share);
      const bench = new HandBench({ netlist: withResistor('LOAD', MINUS, 1 / (1 / lower_Ohm - 1 / 100e3)) }).supplied(12.8);
      bench.pin('fixture', 'PH3', 'high').wait(ms(1));
      expect(bench.volts('LOAD') / bench.volts('VBAT')).to.be.closeTo(share, 0.001);
      expect(bench.level('fixture', 'PK0')).to.equal(fromLow);
      bench.pin('unit', 'PB0', 'high').wait(ms(1)).pin('unit', 'PB0', 'low').wait(ms(1));
      expect(bench.volts('LOAD') / bench.volts('VBAT')).to.be.closeTo(share, 0.001);
      expect(bench.level('fixture', 'PK0')).to.equal(fromHigh);
    });
  }

  it('read low below a supply of 3 V, though LOAD follows the supply', () => {
    const bench = new HandBench({ netlist: withResistor('VBAT', 'LOAD', 0.1) }).supplied(2.8);
    expect(bench.volts('LOAD')).to.be.closeTo(2.8, 0.05);
    expect(bench.level('fixture', 'PK0')).to.equal(false);
    bench.converter('supply', 3.3).wait(ms(5));
    expect(bench.level('fixture', 'PK0')).to.equal(true);
    bench.converter('supply', 0).wait(ms(5));
    expect(bench.level('fixture', 'PK0')).to.equal(false);
  });
});

describe('a new listener', () => {
  it('hears the level of every input at once', () => {
    const bench = new HandBench();
    expect(bench.initial.map(({ pin }) => pin).toSorted()).to.deep.equal([
      'PD2',
      'PD3',
      'PD4',
      'PK0',
      'PK1',
      'PK2',
      'PK3',
      'PK4',
      'PL0',
      'PL1',
    ]);
    expect(bench.initial.every(({ level }) => !level)).to.equal(true);
    const late: string[] = [];
    closeAll(bench.supplied(12.8))
      .pin('unit', 'PB0', 'high')
      .wait(ms(10))
      .circuit.onInput((_board, pin, level) => level && late.push(pin));
    expect(late).to.have.members(['PK0', 'PL0']);
  });
});

describe('light sensors', () => {
  it('follow their LED within 20-100 us, both ways', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const bench = specimen(seed).supplied(12.8);
      const from_ns = bench.now_ns;
      bench.pin('unit', 'PB4', 'high').wait(ms(1)).pin('unit', 'PB4', 'low').wait(ms(1));
      const [lit, dark] = after(bench, from_ns);
      expect([lit?.pin, lit?.level, dark?.pin, dark?.level]).to.deep.equal(['PK4', true, 'PK4', false]);
      expect(lit!.at_ns - from_ns).to.be.within(UNIT_TO_FIXTURE_MIN_ns, 100_000);
      expect(dark!.at_ns - from_ns - ms(1)).to.be.within(UNIT_TO_FIXTURE_MIN_ns, 100_000);
    }
  });
});

describe('pole switches', () => {
  it('close within 0.1-5 ms, within 1 ms of each other, in every order', () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const bench = specimen(seed).supplied(12.8);
      const from_ns = bench.now_ns;
      closeAll(bench).wait(ms(6));
      const falls = after(bench, from_ns).filter(({ board }) => board === 'unit');
      expect(falls).to.have.length(3);
      expect(falls.every(({ level }) => !level)).to.equal(true);
      expect(falls[0]!.at_ns - from_ns).to.be.at.least(100_000);
      expect(falls[2]!.at_ns - from_ns).to.be.at.most(5_000_000);
      expect(falls[2]!.at_ns - falls[0]!.at_ns).to.be.at.most(1_000_000);
      orders.add(falls.map(({ pin }) => POLE_PINS[pin as keyof typeof POLE_PINS]).join());
    }
    expect(orders).to.have.property('size', 6);
  });

  it('draw their order anew at each switching of one specimen', () => {
    const bench = specimen(3).supplied(12.8);
    const orders = new Set<string>();
    for (let turn = 0; turn < 30; turn += 1) {
      const from_ns = bench.now_ns;
      for (const pole of POLES) bench.bit(`pole${pole}`, turn % 2 === 0);
      bench.wait(ms(6));
      orders.add(
        after(bench, from_ns)
          .map(({ pin }) => pin)
          .join(),
      );
    }
    expect(orders.size).to.be.above(3);
  });

  it('draw their order anew for another occasion of the same specimen, and the same for the same', () => {
    expect(closing('a')).to.deep.equal(closing('a'));
    expect(closing('a')).not.to.deep.equal(closing('b'));
  });

  it('do not follow a command shorter than their delay', () => {
    const bench = new HandBench().supplied(12.8);
    const from_ns = bench.now_ns;
    bench.bit('pole1').wait(50_000).bit('pole1', false).wait(ms(10));
    expect(after(bench, from_ns)).to.deep.equal([]);
  });
});

/** Shortest delay of a part that a pin (or the converter) of the board works, ns. */
const least = (board: 'fixture' | 'unit'): number =>
  Math.min(
    ...partsOf(BENCH_NETLIST, 'switch').flatMap((part) => (part.control.board === board ? [part.close_us.min, part.open_us.min] : [])),
    ...partsOf(BENCH_NETLIST, 'currentSink').flatMap((part) => (part.control?.board === board ? [part.response_us.min] : [])),
    ...(board === 'unit' ? partsOf(BENCH_NETLIST, 'lightSensor') : partsOf(BENCH_NETLIST, 'voltageConverter')).map(
      ({ response_us }) => response_us.min,
    ),
  ) * 1e3;

describe('lookahead', () => {
  it('is no longer than the fastest part that a pin works', () => {
    expect(least('unit')).to.be.at.least(UNIT_TO_FIXTURE_MIN_ns);
    expect(least('fixture')).to.be.at.least(FIXTURE_TO_UNIT_MIN_ns);
  });
});
