import { expect } from 'chai';
import type { Calibration } from '../calibration/calibration.ts';
import { ADC_CHANNELS, type AdcChannel } from '../fixture/channels.ts';
import { measure, ranges, type SampleEvent } from './measure.ts';
import { probeResult } from './probe-result.ts';

/** The reference of 4.5 V at AVCC 5 V. */
const REFERENCE_CODE = 921;

const sample = (event: Partial<SampleEvent>): SampleEvent => ({
  kind: 'sample',
  id: 1,
  tick: 0,
  channel: 'supplyVoltage',
  count: 16,
  sum: 0,
  min: 0,
  max: 0,
  reference: 4 * REFERENCE_CODE,
  second: 0,
  ...event,
});
/** Sixteen conversions of one code. */
const steady = (channel: AdcChannel, code: number, more: Partial<SampleEvent> = {}): SampleEvent =>
  sample({ channel, sum: 16 * code, max: code, ...more });

const correction = { gain: 1.004, offset_mV: -30, residual_mV: 9 };
const CALIBRATION = {
  meter: { name: 'a meter', gain: 0.00015, offset_mV: 1 },
  channels: { supplyVoltageFine: correction, supplyVoltage: { ...correction, residual_mV: 43 } },
} as unknown as Calibration;

describe('measurement', () => {
  it('takes AVCC out by the reference', () => {
    // 26 V are 1.625 V at the pin: code 332 at AVCC 5 V, 336 at 4.95 V, where the reference reads 930.
    const nominal = measure(steady('supplyVoltage', 332), 26, null);
    const sagging = measure(steady('supplyVoltage', 336, { reference: 4 * 930 }), 26, null);
    expect(nominal.value).to.be.closeTo(26_000, 80);
    expect(sagging.value).to.be.closeTo(26_000, 80);
  });

  it('without a calibration knows a voltage by the tolerance of its parts only', () => {
    expect(measure(steady('supplyVoltage', 332), 26, null).uncertainty).to.be.within(400, 700);
    expect(measure(steady('supplyVoltageFine', 819), 12.8, null).uncertainty).to.be.within(200, 300);
  });

  it('corrects by the calibration, and is then sure to 0.2 % of the range', () => {
    const plain = measure(steady('supplyVoltageFine', 819), 12.8, null);
    const { value, uncertainty } = measure(steady('supplyVoltageFine', 819), 12.8, CALIBRATION);
    expect(value).to.be.closeTo(1.004 * plain.value - 30, 0.001);
    expect(uncertainty).to.be.within(9, 0.002 * ADC_CHANNELS.supplyVoltageFine.fullScale);
    expect(measure(steady('supplyVoltage', 900), 70, CALIBRATION).uncertainty).to.be.below(0.002 * 80_000);
    // What is not calibrated keeps the budget of its parts.
    expect(measure(steady('loadDrop', 51), 26, CALIBRATION)).to.deep.equal(measure(steady('loadDrop', 51), 26, null));
  });

  it('goes to the wide range where the fine one is at its end, with the correction of that range', () => {
    const event = steady('supplyVoltageFine', 1_023, { second: 4 * 332 });
    const { value, uncertainty, saturated } = measure(event, 26, CALIBRATION);
    expect(value).to.be.closeTo(1.004 * 26_000 - 30, 80);
    expect(uncertainty).to.be.above(43);
    expect(saturated).to.equal(false);
  });

  it('holds the uncertainties that the fixture promises', () => {
    // 1.2 mA in the 5 mA range: code 245. Promise: 3 %.
    const consumption = measure(steady('supplyCurrentLow', 245), 26, null);
    expect(consumption.value).to.be.closeTo(1_200, consumption.uncertainty);
    expect(consumption.uncertainty).to.be.below(0.03 * 1_200);
    // 0.1 V drop at 70 V. Promise: 20 mV.
    const drop = measure(steady('loadDrop', 51), 70, null);
    expect(drop.value).to.be.closeTo(100, drop.uncertainty);
    expect(drop.uncertainty).to.be.below(20);
  });

  it('goes to the mid range where the low one of the current is at its end', () => {
    const reading = measure(steady('supplyCurrentLow', 1_023, { second: 4 * 341 }), 26, null);
    expect(reading.value).to.be.closeTo(20_000, 250);
    expect(reading.saturated).to.equal(false);
    expect(measure(steady('supplyCurrentLow', 1_023, { second: 4 * 1_023 }), 26, null).saturated).to.equal(true);
  });

  it('has both ranges of the current in one window, and the one that is at its end says so', () => {
    // 1.2 mA are code 245 of the low range and 20 of the mid one.
    const [low, mid] = ranges(steady('supplyCurrentLow', 245, { second: 4 * 20 }), 26, null);
    expect([low.value, mid!.value].map((value) => Math.round(value / 100))).to.deep.equal([12, 12]);
    const [used, end] = ranges(steady('supplyCurrentLow', 1_023, { second: 4 * 341 }), 26, null);
    expect([used.saturated, end!.saturated]).to.deep.equal([false, true]);
    expect(end!.value).to.be.closeTo(5_000, 50);
    expect(ranges(steady('loadDrop', 51), 26, null)).to.have.length(1);
  });

  it('calls a reading at the end of its range what it is, even if only one conversion was there', () => {
    expect(measure(sample({ channel: 'loadDrop', sum: 16 * 500, max: 1_023 }), 26, null).saturated).to.equal(true);
    expect(measure(sample({ channel: 'loadDrop', sum: 16 * 500, max: 510 }), 26, null).saturated).to.equal(false);
  });
});

describe('probe result', () => {
  it('tells the four levels apart at 26 V', () => {
    expect(probeResult(0, 23_636, 26_000)).to.equal('floating'); // 10 kOhm against the burden of 100 kOhm
    expect(probeResult(25_900, 25_950, 26_000)).to.equal('high');
    expect(probeResult(0, 200, 26_000)).to.equal('low');
    expect(probeResult(0, 17_000, 26_000)).to.equal('leaky');
    expect(probeResult(3_000, 23_600, 26_000)).to.equal('leaky');
  });

  it('holds its limits', () => {
    expect(probeResult(999, 20_801, 26_000)).to.equal('floating');
    expect(probeResult(1_000, 20_801, 26_000)).to.equal('leaky');
    expect(probeResult(999, 20_800, 26_000)).to.equal('leaky');
    expect(probeResult(0, 12_999, 26_000)).to.equal('low');
    expect(probeResult(0, 13_000, 26_000)).to.equal('leaky');
  });
});
