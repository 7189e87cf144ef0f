// A second capacitor on a terminal that has one: what either has still to make up is not counted twice, however soon the circuit changes again.
import { expect } from 'chai';
import { BIAS_PINS } from '../../fixture/channels.ts';
import { applyChanges } from '../defects/apply.ts';
import { capacitor } from '../defects/change.ts';
import { HandBench, ms, nominal } from './hand-bench.ts';
import { BENCH_NETLIST } from './stand-in-board.ts';

const ON_LOAD_F = 10e-6;
const BURDEN_Ohm = 100e3;
const withCapacitor = applyChanges(nominal(BENCH_NETLIST), [capacitor('LOAD', ON_LOAD_F)]);
const TURNS = 200;
const TURN_us = 200;

/** Switches that have nothing to do with LOAD, a few microseconds one after the other. */
const disturbed = (bench: HandBench): HandBench => {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const drive = turn % 2 === 0 ? 'high' : 'low';
    bench.pin('fixture', BIAS_PINS.preAlarm, drive).wait(3e3).pin('fixture', BIAS_PINS.charger, drive);
    bench.wait(TURN_us * 1e3 - 3e3);
  }
  return bench;
};

describe('two capacitors on one terminal', () => {
  for (const volts of [12.8, 51.2])
    it(`fall together, by the larger of them and the burden, from where they stood: ${volts} V`, () => {
      const bench = new HandBench({ netlist: withCapacitor }).supplied(volts);
      bench.pin('unit', 'PB0', 'high').wait(ms(5));
      const from = bench.volts('LOAD_F');
      expect(from).to.be.closeTo(volts, 0.01 * volts);
      bench.pin('unit', 'PB0', 'low').wait(ms(0.1));
      disturbed(bench);
      const fallen = from * Math.exp((-TURNS * TURN_us * 1e-6) / (BURDEN_Ohm * ON_LOAD_F));
      expect(bench.volts('LOAD_F')).to.be.closeTo(fallen, 0.005 * from);
      expect(bench.volts('LOAD')).to.be.closeTo(bench.volts('LOAD_F'), 1e-3);
    });

  it('stay where the supply holds them', () => {
    const bench = new HandBench({ netlist: withCapacitor }).supplied(51.2);
    bench.pin('unit', 'PB0', 'high').wait(ms(5));
    const held = bench.volts('LOAD_F');
    expect(disturbed(bench).volts('LOAD_F')).to.be.closeTo(held, 1e-3);
  });
});
