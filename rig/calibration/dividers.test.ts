// Calibrating a bench whose dividers and ratings are not those of the fixture as built: the same accuracy, and no calibration for other dividers than it has.
import { expect } from 'chai';
import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { measure, type SampleEvent } from '../bench/measure.ts';
import { ADC_CHANNELS } from '../fixture/channels.ts';
import { TERMINAL_NODES } from '../fixture/netlist/terminals.ts';
import { applyChanges } from '../sim/defects/apply.ts';
import { set } from '../sim/defects/change.ts';
import { spread } from '../fixture/netlist/part.ts';
import { CircuitTarget, PLUGGED_NETLIST } from '../sim/factory-calibration.ts';
import { simulatedMeter, SIMULATED_METER } from './simulated-meter.ts';
import { wallTime } from '../calendar.ts';
import { CALIBRATED, type CalibratedChannel, type Calibration, calibrationFault } from './calibration.ts';
import { dividerShare, DIVIDERS_AS_BUILT } from './dividers.ts';
import { calibrate, type CalibrationTarget, meterPoints_mV } from './procedure.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => 3 + index * 41);
/** Source: rig/fixture/netlist/supply.ts and outputs.ts. */
const LOWER_Ohm: Dividers = { supply: 10_000, load: 6_250, preAlarm: 6_250, charger: 6_250 };
const DIVIDERS: Dividers = { supply: 20, load: 32, preAlarm: 14, charger: 16 };
const NETLIST = applyChanges(
  PLUGGED_NETLIST,
  (Object.keys(DIVIDERS) as (keyof Dividers)[]).map((quantity) =>
    set(`R.${quantity}.upper`, 'resistance_Ohm', spread((DIVIDERS[quantity] - 1) * LOWER_Ohm[quantity], 0.005)),
  ),
);
const SUPPLY_mV = 60_000;

const board = (seed: number, netlist = NETLIST) => {
  const target = new CircuitTarget(seed, netlist);
  const meter = simulatedMeter(seed);
  const node = TERMINAL_NODES.batteryPlus;
  const asked: number[] = [];
  const of = (dividers?: Dividers, wrapped: CalibrationTarget = target, supply_mV = SUPPLY_mV): Promise<Calibration> =>
    calibrate({
      target: wrapped,
      read: (about_mV) => {
        asked.push(about_mV);
        return Promise.resolve(meter(target.circuit.voltage(node)));
      },
      meter: SIMULATED_METER,
      board: '51000001',
      method: 'factory',
      made: null,
      expires: null,
      dividers,
      supply_mV,
    });
  return { target, asked, of };
};

const node = (channel: CalibratedChannel): string =>
  channel.startsWith('supply') ? 'SUPPLY' : TERMINAL_NODES[channel.replace(/Voltage.*/, '') as 'load' | 'preAlarm' | 'charger'];

describe('a bench with dividers and ratings of its own', () => {
  it('is within 0.2 % of each of its ranges once calibrated, and not before, on 20 boards', async () => {
    for (const seed of SEEDS) {
      const { target, of } = board(seed);
      const calibration = await of(DIVIDERS);
      await target.outputs(true);
      let off = 0;
      for (const volts of [3.3, 7.77, 12.8, 25.6, 58.9]) {
        await target.supply(Math.round((volts / 80) * 65_536));
        for (const channel of CALIBRATED) {
          const range_mV = ADC_CHANNELS[channel].fullScale * dividerShare(channel, DIVIDERS);
          if (volts * 1000 > 0.95 * range_mV) continue;
          const { code, reference } = await target.sample(channel);
          const event = { kind: 'sample', channel, count: 1, sum: code, max: code, reference: 4 * reference, second: 0 } as SampleEvent;
          const truth_mV = target.circuit.voltage(node(channel)) * 1000;
          const { value, uncertainty } = measure(event, volts, calibration, DIVIDERS);
          const label = `seed ${seed}, ${channel} at ${volts} V`;
          expect(Math.abs(value - truth_mV), label).to.be.below(Math.min(uncertainty, 0.002 * range_mV));
          expect(uncertainty, label).to.be.below(0.002 * range_mV);
          off = Math.max(off, Math.abs(measure(event, volts, null, DIVIDERS).value - truth_mV) / range_mV);
        }
      }
      expect(off, `seed ${seed}, uncalibrated`).to.be.above(0.002);
    }
  });

  it('is refused where the dividers are others than its bench file says', async () => {
    for (const dividers of [undefined, { ...DIVIDERS, load: 16 }]) {
      const fault = await board(1)
        .of(dividers)
        .then(
          () => null,
          (cause: Error) => cause,
        );
      expect(fault?.message).to.match(/^The calibration is not good enough: .* is off by .* more than its parts allow\.$/);
    }
  });

  it('has no use for a calibration made with other dividers', async () => {
    const made = await board(1).of(DIVIDERS);
    const fault = (dividers?: Dividers) => calibrationFault(made, made.board, wallTime(0), dividers);
    expect(fault(DIVIDERS)).to.equal(null);
    expect(fault()).to.equal('otherDividers');
    expect(fault({ ...DIVIDERS, supply: 21 })).to.equal('otherDividers');
    const plain = await board(1, PLUGGED_NETLIST).of();
    expect(calibrationFault(plain, plain.board, wallTime(0), DIVIDERS_AS_BUILT)).to.equal(null);
    expect(calibrationFault(plain, plain.board, wallTime(0), DIVIDERS)).to.equal('otherDividers');
  });

  it('is never driven beyond its rating, and the meter is asked for points below it', async () => {
    expect(meterPoints_mV(70_000)).to.deep.equal([2_000, 8_000, 15_000, 40_000, 69_000]);
    expect(meterPoints_mV(60_000)).to.deep.equal([2_000, 8_000, 15_000, 40_000, 59_000]);
    expect(meterPoints_mV(8_000)).to.deep.equal([2_000, 4_500, 7_000]);
    const { target, asked, of } = board(1, PLUGGED_NETLIST);
    let highest_V = 0;
    const watched: CalibrationTarget = {
      supply: async (code) => {
        await target.supply(code);
        highest_V = Math.max(highest_V, target.circuit.voltage(TERMINAL_NODES.batteryPlus));
      },
      outputs: (on) => target.outputs(on),
      bypass: (closed) => target.bypass(closed),
      sinking: (sink, channels) => target.sinking(sink, channels),
      sample: (channel) => target.sample(channel),
    };
    for (const supply_mV of [20_000, 60_000]) {
      highest_V = 0;
      await of(undefined, watched, supply_mV);
      expect(highest_V * 1000, `a bench of ${supply_mV} mV`).to.be.within(supply_mV - 1_500, supply_mV);
      expect(asked.splice(0)).to.deep.equal(meterPoints_mV(supply_mV));
    }
  });
});
