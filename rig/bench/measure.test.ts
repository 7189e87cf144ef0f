import { expect } from 'chai';
import { measure, type SampleEvent } from './measure.ts';
import { probeResult } from './probe-result.ts';

const sample = (event: Partial<SampleEvent>): SampleEvent => ({
  kind: 'sample',
  id: 1,
  tick: 0,
  channel: 'supplyVoltage',
  count: 16,
  sum: 0,
  min: 0,
  max: 0,
  reference: 2_048,
  second: 0,
  ...event,
});

describe('measurement', () => {
  it('takes AVCC out by the reference', () => {
    // 26 V are 1.625 V at the pin: code 332.8 at AVCC 5 V, 336.2 at 4.95 V, where the reference reads 517.2.
    const nominal = measure(sample({ sum: 16 * 332, max: 333, reference: 4 * 511 }), 26);
    const sagging = measure(sample({ sum: 16 * 336, max: 337, reference: 4 * 517 }), 26);
    expect(nominal.value).to.be.closeTo(26_000, nominal.uncertainty);
    expect(sagging.value).to.be.closeTo(26_000, sagging.uncertainty);
    expect(nominal.uncertainty).to.be.within(100, 350);
  });

  it('holds the uncertainties that the fixture promises', () => {
    // 1.2 mA in the 5 mA range: code 245.8. Promise: 3 %.
    const consumption = measure(sample({ channel: 'supplyCurrentLow', sum: 16 * 245, max: 246, reference: 4 * 511 }), 26);
    expect(consumption.value).to.be.closeTo(1_200, consumption.uncertainty);
    expect(consumption.uncertainty).to.be.below(0.03 * 1_200);
    // 0.1 V drop at 70 V. Promise: 20 mV.
    const drop = measure(sample({ channel: 'loadDrop', sum: 16 * 51, max: 51, reference: 4 * 511 }), 70);
    expect(drop.value).to.be.closeTo(100, drop.uncertainty);
    expect(drop.uncertainty).to.be.below(20);
  });

  it('goes to the mid range where the low one is at its end', () => {
    const reading = measure(sample({ channel: 'supplyCurrentLow', sum: 16 * 1_023, max: 1_023, reference: 4 * 511, second: 4 * 341 }), 26);
    expect(reading.value).to.be.closeTo(20_000, 250);
    expect(reading.saturated).to.equal(false);
    expect(
      measure(sample({ channel: 'supplyCurrentLow', sum: 16 * 1_023, max: 1_023, reference: 4 * 511, second: 4 * 1_023 }), 26).saturated,
    ).to.equal(true);
  });

  it('calls a reading at the end of its range what it is, even if only one conversion was there', () => {
    expect(measure(sample({ channel: 'loadDrop', sum: 16 * 500, max: 1_023 }), 26).saturated).to.equal(true);
    expect(measure(sample({ channel: 'loadDrop', sum: 16 * 500, max: 510 }), 26).saturated).to.equal(false);
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
