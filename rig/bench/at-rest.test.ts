import { expect } from 'chai';
import { restFault } from './at-rest.ts';

const readings = (blue_mV: number, red_mV: number) =>
  [
    { led: 'ledBlue', brightness_mV: blue_mV },
    { led: 'ledRed', brightness_mV: red_mV },
  ] as const;

describe('light sensors at rest', () => {
  it('are good in the dark, at either end of their floor', () => {
    expect(restFault(readings(80, 150))).to.equal(null);
  });

  it('are told dead without their floor, and by name', () => {
    const fault = restFault(readings(100, 0));
    expect([fault?.code, fault?.blame]).to.deep.equal(['sensorBad', 'rig']);
    expect(fault?.message).to.equal('The light sensor over the red LED reads 0 mV; a living one gives 80 mV at least in the dark.');
  });

  it('are told where they see light that no LED can give', () => {
    const fault = restFault(readings(3_000, 100));
    expect(fault?.message).to.contain('blue LED reads 3000 mV');
    expect(fault?.hint).to.contain('lid');
  });

  it('are not good where they give no number', () => {
    expect(restFault(readings(Number.NaN, 100))?.code).to.equal('sensorBad');
  });
});
