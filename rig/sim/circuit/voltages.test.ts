import { expect } from 'chai';
import { HandBench, ms } from './hand-bench.ts';

/** Nominal values; by hand from the netlist. */
const VBAT_V = 12.8;
const BURDEN_Ohm = 100_000;

const running = (volts = VBAT_V): HandBench => new HandBench().supplied(volts);

/** Of the force contact. */
const CONTACT_Ohm = 0.05;

describe('node voltages', () => {
  it('divides the supply by 16 for the fixture and for the unit', () => {
    const bench = running();
    expect(bench.volts('SUPPLY')).to.be.closeTo(VBAT_V, 0.002);
    expect(bench.circuit.adcVolts('fixture', 0, bench.now_ns)).to.be.closeTo(VBAT_V / 16, 0.0005);
    expect(bench.circuit.adcVolts('unit', 0, bench.now_ns)).to.be.closeTo(VBAT_V / 16, 0.0005);
  });

  it('leaves a floating output below 1 V and lifts it by its bias to 100 / 110 of the supply', () => {
    const bench = running();
    expect(bench.volts('LOAD')).to.be.closeTo((VBAT_V * BURDEN_Ohm) / 200e6, 0.002);
    bench.pin('fixture', 'PH3', 'high').wait(ms(1));
    expect(bench.volts('LOAD')).to.be.closeTo((VBAT_V * BURDEN_Ohm) / (BURDEN_Ohm + 10_005), 0.005);
    expect(bench.volts('PRE_ALARM')).to.be.below(0.02);
    bench.pin('fixture', 'PH3', 'low').wait(ms(1));
    expect(bench.volts('LOAD')).to.be.below(0.02);
  });

  it('drops next to nothing without load, 80 mV on LOAD at 1 A, 220 mV on CHARGER at 10 mA', () => {
    const bench = running().pin('unit', 'PB0', 'high').pin('unit', 'PB1', 'high').wait(ms(1));
    expect(bench.volts('VBAT') - bench.volts('LOAD')).to.be.closeTo((VBAT_V / BURDEN_Ohm) * 0.08, 1e-4);
    bench.bit('loadSink').wait(ms(1));
    expect(bench.volts('VBAT') - bench.volts('LOAD')).to.be.closeTo(0.08, 1e-4);
    expect(bench.volts('loadDropOut')).to.be.closeTo(2.5 * 0.08, 0.001);
    bench.bit('loadSink', false).bit('chargerSink10mA').wait(ms(1));
    expect(bench.volts('VBAT') - bench.volts('CHARGER')).to.be.closeTo((0.01 + VBAT_V / BURDEN_Ohm) * 22, 1e-3);
  });

  it('reads the consumption: 1.2 mA, and 1.0 mA more and the burden while LOAD is driven', () => {
    const bench = running().bit('shuntBypass', false).wait(ms(1));
    const microamps = (): number => (bench.volts('supplyCurrentLowOut') / 5) * 5_000;
    const dividers_uA = (VBAT_V / 3.2e6) * 1e6;
    expect(microamps()).to.be.closeTo(1_200 + dividers_uA, 3);
    bench.pin('unit', 'PB0', 'high').wait(ms(1));
    expect(microamps()).to.be.closeTo(2_200 + dividers_uA + (VBAT_V / BURDEN_Ohm) * 1e6, 3);
    expect(bench.volts('supplyCurrentMidOut')).to.be.closeTo(bench.volts('supplyCurrentLowOut') / 12, 0.002);
  });

  it('brings both remote terminals near 2.5 V by the link, L to 5 V and H to 0 V without', () => {
    const bench = running();
    expect(bench.volts('REMOTE_H')).to.be.closeTo(0, 0.003);
    const l_Ohm = 1 / (1 / 4e6 + 1 / 16e6);
    // Five open switches of 1 GOhm, those of the ohmmeter among them, leave 2 mV less.
    expect(bench.volts('REMOTE_L')).to.be.closeTo((5 * l_Ohm) / (l_Ohm + 100e3), 0.003);
    bench.bit('remoteLink').wait(ms(10));
    const both_Ohm = 1 / (1 / 100e3 + 2 / 4e6 + 2 / 16e6);
    expect(bench.volts('REMOTE_L')).to.be.closeTo((5 * both_Ohm) / (both_Ohm + 100e3), 0.002);
    expect(bench.volts('REMOTE_H')).to.be.closeTo(bench.volts('REMOTE_L'), 0.002);
    expect(bench.circuit.adcVolts('unit', 2, bench.now_ns)).to.be.closeTo(bench.volts('REMOTE_L') / 4, 0.001);
  });

  for (const volts of [12.8, 70]) {
    it(`puts ${volts} V on H through 10 kOhm, and the unit's tap is clamped at 5 V`, () => {
      const bench = running(volts).bit('remoteHBattery').wait(ms(10));
      const parallel_Ohm = 1 / (1 / 100e3 + 1 / 4e6 + 1 / 16e6);
      expect(bench.volts('REMOTE_H')).to.be.closeTo((volts * parallel_Ohm) / (parallel_Ohm + 10_025), volts * 0.002);
      expect(bench.volts('unit.hTap')).to.be.closeTo(Math.min(bench.volts('REMOTE_H') / 4, 5.2), 0.01);
      expect(bench.circuit.adcVolts('unit', 1, bench.now_ns)).to.be.at.most(5);
    });
  }

  it('drives the remote terminals to the voltage asked for, whatever the unit puts against it', () => {
    const bench = running().converter('remoteL', 3.3).bit('remoteLDrive').converter('remoteH', 3.1).bit('remoteHDrive').wait(ms(10));
    expect(bench.volts('REMOTE_L')).to.be.closeTo(3.3, 0.003);
    expect(bench.volts('REMOTE_H')).to.be.closeTo(3.1, 0.003);
    bench.bit('remoteLDrive', false).bit('remoteLMinus').wait(ms(10));
    expect(bench.volts('REMOTE_L')).to.be.closeTo((5 * 10_025) / 110_025, 0.01);
  });

  it('limits the current of a shorted CHARGER to 10-50 mA and of nothing else', () => {
    const bench = running().pin('unit', 'PB1', 'high').bit('chargerShort').wait(ms(1));
    const milliamps = (bench.volts('supplyCurrentHighOut') / 5) * 1_200;
    expect(milliamps).to.be.closeTo(25 + 1.2, 0.3);
    // Short, contact, and the sense of the sinks on the way to minus.
    expect(bench.volts('CHARGER')).to.be.closeTo(0.025 * (0.5 + CONTACT_Ohm + 1), 0.0001);
    expect((bench.volts('sinkCurrentOut') / 5) * 1_200).to.be.closeTo(25, 0.3);
  });

  it('folds back to 30 mA: a sink of 1 A pulls the supply down, and the unit, reset by that, lets LOAD go', () => {
    const bench = new HandBench().bit('supplyEnable').converter('supply', VBAT_V).wait(ms(30));
    bench.pin('unit', 'PB0', 'high').wait(ms(1)).bit('loadSink').wait(100_000);
    expect(bench.volts('SUPPLY')).to.be.below(1);
    expect((bench.volts('SUPPLY') - bench.volts('VBAT')) / 10.1).to.be.closeTo(0.03, 0.01);
    bench.wait(ms(1));
    expect(bench.power.map(({ released }) => released)).to.deep.equal([true, false, true]);
    expect(bench.volts('SUPPLY')).to.be.closeTo(VBAT_V, 0.002);
  });

  it('carries 1 A at the strong limit, and no more than 1.5 A', () => {
    const bench = running().pin('unit', 'PB0', 'high').pin('unit', 'PB2', 'high').bit('loadSink').wait(ms(1));
    expect(bench.volts('SUPPLY')).to.be.closeTo(VBAT_V, 0.03);
    bench.bit('preAlarmSink').wait(60_000);
    expect((bench.volts('SUPPLY') - bench.volts('shuntMiddle')) / 0.1).to.be.closeTo(1.5, 0.001);
  });

  it('opens a sink by its monostable after 100 ms at most, until the pin has been low', () => {
    const bench = running().pin('unit', 'PB0', 'high').bit('loadSink').wait(ms(90));
    expect(bench.volts('VBAT') - bench.volts('LOAD')).to.be.above(0.07);
    bench.wait(ms(11));
    expect(bench.volts('VBAT') - bench.volts('LOAD')).to.be.below(0.001);
    bench.bit('loadSink', false).wait(ms(1)).bit('loadSink').wait(ms(1));
    expect(bench.volts('VBAT') - bench.volts('LOAD')).to.be.above(0.07);
  });

  it('reads brightness and the remote terminals through the multiplexer', () => {
    const bench = running().pin('unit', 'PB3', 'high').wait(ms(1));
    const read = (position: number): number => {
      for (const bit of [0, 1, 2]) bench.pin('fixture', `PG${bit}`, (position >> bit) & 1 ? 'high' : 'low');
      return bench.circuit.adcVolts('fixture', 15, bench.now_ns);
    };
    expect(read(3)).to.equal(3);
    expect(read(4)).to.be.below(0.2);
    expect(read(1)).to.be.closeTo(bench.volts('REMOTE_L') / 16, 1e-6);
  });
});
