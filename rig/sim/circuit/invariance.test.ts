import { expect } from 'chai';
import { DRIVE_BITS, type DriveBit } from '../../fixture/channels.ts';
import { randomStream } from '../random.ts';
import { HandBench } from './hand-bench.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

const BITS = Object.keys(DRIVE_BITS) as DriveBit[];
const UNIT_PINS = ['PB0', 'PB1', 'PB2', 'PB3', 'PB4'];
const BIAS_PINS = ['PH3', 'PH4', 'PH5'];

/** Works the bench at random, also in ways the fixture's firmware refuses; `slices` cuts each wait into that many advances. */
const worked = (seed: number, steps: number, slices: (step: number) => number): HandBench => {
  const bench = new HandBench({ seed, netlist: BENCH_NETLIST }).supplied(12.8);
  const random = randomStream(seed, 'work');
  for (let step = 0; step < steps; step += 1) {
    const on = random.below(2) === 1;
    const kind = random.below(5);
    if (kind === 0) bench.bit(BITS[random.below(BITS.length)]!, on);
    else if (kind === 1) bench.pin('unit', UNIT_PINS[random.below(UNIT_PINS.length)]!, on ? 'high' : 'low');
    else if (kind === 2) bench.pin('fixture', BIAS_PINS[random.below(BIAS_PINS.length)]!, on ? 'high' : 'low');
    else if (kind === 3) bench.converter('supply', random.between(0, 70));
    else bench.converter(on ? 'remoteH' : 'remoteL', random.between(0, 5));
    const span_ns = Math.round(10 ** random.between(3, 7.3));
    const count = slices(step);
    for (let slice = 0; slice < count; slice += 1) bench.wait(span_ns / count);
  }
  return bench;
};

describe('the circuit', () => {
  it('finds a state for its parts whatever is switched, and stays between its rails', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const bench = worked(seed, 150, () => 1);
      for (const node of ['SUPPLY', 'VBAT', 'LOAD', 'PRE_ALARM', 'CHARGER', 'REMOTE_H', 'REMOTE_L', 'unit.5V']) {
        expect(bench.volts(node), `${node}, seed ${seed}`).to.be.within(-1.2, 71);
      }
    }
  });

  it('tells the same whether it is advanced in one go or in slices', () => {
    let edges = 0;
    for (let seed = 1; seed <= 5; seed += 1) {
      const whole = worked(seed, 100, () => 1);
      const sliced = worked(seed, 100, (step) => 1 << (step % 5));
      expect(sliced.edges).to.deep.equal(whole.edges);
      expect(sliced.power).to.deep.equal(whole.power);
      edges += whole.edges.length;
    }
    expect(edges).to.be.above(100);
  });

  it('tells edges in order of time, each pin by turns', () => {
    const { edges } = worked(3, 200, () => 1);
    const last = new Map<string, boolean>();
    let before_ns = 0;
    for (const { board, pin, level, at_ns } of edges) {
      expect(at_ns).to.be.at.least(before_ns);
      before_ns = at_ns;
      expect(level).to.equal(!(last.get(`${board} ${pin}`) ?? false));
      last.set(`${board} ${pin}`, level);
    }
  });
});
