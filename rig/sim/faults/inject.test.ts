import { expect } from 'chai';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../../run/images.ts';
import { BENCH_NETLIST } from '../circuit/stand-in-board.ts';
import { openSimulation, type Simulation } from '../simulation.ts';
import { breaking, type Act } from './fault.ts';
import { converterNoise_V, faultyClock, withCircuitFaults } from './inject.ts';

const fault = (...acts: readonly Act[]) => breaking('board', 'rig', 'made-up', 'A fault of this test.', ...acts);

const simulated = (...acts: readonly Act[]): Simulation =>
  openSimulation({
    seed: 5,
    occasion: 'inject',
    fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image,
    unitImage: loadImage(UNIT_IMAGE, 'unit').image,
    netlist: BENCH_NETLIST,
    pace: 'virtual',
    faults: [fault(...acts)],
  });

describe('injected faults', () => {
  let opened: Simulation[] = [];
  afterEach(() => {
    for (const simulation of opened) simulation.close();
    opened = [];
  });
  const simulate = (...acts: readonly Act[]): Simulation => {
    const simulation = simulated(...acts);
    opened.push(simulation);
    return simulation;
  };

  it('let a converter scatter by as much as is said, about what is there, and only the one that is named', () => {
    const faults = [fault({ do: 'converterNoise', of: 'fixture', rms_mV: 3 }, { do: 'converterNoise', of: 'fixture', rms_mV: 4 })];
    expect(converterNoise_V(faults, 'unit', 1, 'a')).to.equal(null);
    const noise_V = converterNoise_V(faults, 'fixture', 1, 'a')!;
    const drawn_mV = Array.from({ length: 20_000 }, () => noise_V() * 1000);
    const mean_mV = drawn_mV.reduce((sum, one) => sum + one, 0) / drawn_mV.length;
    const rms_mV = Math.sqrt(drawn_mV.reduce((sum, one) => sum + one * one, 0) / drawn_mV.length);
    expect(Math.abs(mean_mV)).to.be.below(0.2);
    expect(rms_mV, 'two that have nothing to do with each other').to.be.within(4.8, 5.2);
  });

  it('put another crystal in, and leave every other draw where it was', () => {
    const [good, bad] = [simulate(), simulate({ do: 'clock', of: 'fixture', off_ppm: -5_000, drift_ppm_per_min: 50 })];
    expect(bad.boards.fixture.oscillator.error_ppm).to.equal(-5_000);
    expect(bad.boards.unit.oscillator.error_ppm).to.equal(good.boards.unit.oscillator.error_ppm);
    expect([...bad.boards.fixture.chip.eeprom.subarray(0, 4)]).to.deep.equal([...good.boards.fixture.chip.eeprom.subarray(0, 4)]);
    const minute_ns = 60e9;
    const drifted = bad.boards.fixture.oscillator.cycleAt(minute_ns);
    // A minute at -0.5 %, and half of the 50 ppm that it gained in it.
    expect(drifted).to.be.closeTo(16e6 * 60 * (1 - 0.005) + 16e6 * 60 * 25e-6, 2);
  });

  it('take the last of several crystals for one board, and none for another', () => {
    const faults = [fault({ do: 'clock', of: 'host', off_ppm: 1 }), fault({ do: 'clock', of: 'host', off_ppm: 2 })];
    expect(faultyClock(faults, 'host')).to.deep.equal({ off_ppm: 2, drift_ppm_per_min: 0 });
    expect(faultyClock(faults, 'unit')).to.equal(null);
  });

  it('change parts of the circuit, and nothing else of it', () => {
    const [first] = BENCH_NETLIST.parts;
    const changed = withCircuitFaults(BENCH_NETLIST, [fault({ do: 'circuit', change: [{ do: 'remove', ref: first!.ref }] })]);
    expect(changed.parts).to.deep.equal(BENCH_NETLIST.parts.slice(1));
    expect(withCircuitFaults(BENCH_NETLIST, [])).to.deep.equal(BENCH_NETLIST);
  });

  it('wait for the supply to come on', async () => {
    const { clock, boards } = simulate({ do: 'reset', cause: 'brownOut', at_s: 2, for_s: 0.5 });
    const resets: string[] = [];
    boards.fixture.chip.onReset((cause) => resets.push(cause));
    await clock.sleep(5_000);
    expect(resets).to.deep.equal([]);
  });
});
