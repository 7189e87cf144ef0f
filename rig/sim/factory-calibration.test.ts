import { expect } from 'chai';
import { measure, type SampleEvent } from '../bench/measure.ts';
import { CALIBRATED, type CalibratedChannel } from '../calibration/calibration.ts';
import { ADC_CHANNELS } from '../fixture/channels.ts';
import { TERMINAL_NODES } from '../fixture/netlist/terminals.ts';
import { calibratedAnew, CircuitTarget, factoryCalibration } from './factory-calibration.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => 1 + index * 37);
const node = (channel: CalibratedChannel): string =>
  channel.startsWith('supply') ? 'SUPPLY' : TERMINAL_NODES[channel.replace(/Voltage.*/, '') as 'load' | 'preAlarm' | 'charger'];

/** What each channel reads at a few supplies, beside the volts that are there. */
async function* readings(seed: number) {
  const target = new CircuitTarget(seed);
  await target.outputs(true);
  for (const volts of [3.3, 7.77, 12.8, 15.4, 25.6, 48.3, 69.5]) {
    await target.supply(Math.round((volts / 80) * 65_536));
    for (const channel of CALIBRATED) {
      const range_mV = ADC_CHANNELS[channel].fullScale;
      if (volts * 1000 > 0.96 * range_mV) continue;
      const { code, reference } = await target.sample(channel);
      const event = { kind: 'sample', channel, count: 1, sum: code, max: code, reference: 4 * reference, second: 0 } as SampleEvent;
      yield { channel, range_mV, event, truth_mV: target.circuit.voltage(node(channel)) * 1000, supply_V: volts };
    }
  }
}

describe('a simulated board', () => {
  it('is calibrated once, and each board by itself', async () => {
    const [first, other, again] = [await factoryCalibration(3), await factoryCalibration(4), await factoryCalibration(3)];
    expect(again).to.equal(first);
    expect(other.board).not.to.equal(first.board);
    expect(other.channels).not.to.deep.equal(first.channels);
  });

  it('is off by more than 0.2 % of range without its calibration, and within with it', async () => {
    for (const seed of SEEDS) {
      const calibration = await factoryCalibration(seed);
      let off = 0;
      for await (const { channel, range_mV, event, truth_mV, supply_V } of readings(seed)) {
        const raw = measure(event, supply_V, null);
        const corrected = measure(event, supply_V, calibration);
        const label = `seed ${seed}, ${channel} at ${supply_V} V`;
        expect(Math.abs(corrected.value - truth_mV), label).to.be.below(Math.min(corrected.uncertainty, 0.002 * range_mV));
        expect(corrected.uncertainty, label).to.be.below(0.002 * range_mV);
        expect(Math.abs(raw.value - truth_mV), `${label}, uncalibrated`).to.be.below(raw.uncertainty);
        off = Math.max(off, Math.abs(raw.value - truth_mV) / range_mV);
      }
      expect(off, `seed ${seed}`).to.be.above(0.002);
    }
  });

  it('has a calibration of its own, the same each time, and is calibrated once in a process', async () => {
    expect(await factoryCalibration(1)).to.deep.equal(await calibratedAnew(1));
    expect(await factoryCalibration(1)).to.equal(await factoryCalibration(1));
    const [one, two] = [await factoryCalibration(1), await factoryCalibration(2)];
    expect(one.board).not.to.equal(two.board);
    expect(one.channels).not.to.deep.equal(two.channels);
  });
});
