import { expect } from 'chai';
import { leastOf, mostOf } from './reading.ts';

describe('what a reading bounds', () => {
  it('is the value on both sides by its uncertainty', () => {
    const reading = { value: 12_800, uncertainty: 20 };
    expect([leastOf(reading), mostOf(reading)]).to.deep.equal([12_780, 12_820]);
  });

  it('is only the least where the range ends', () => {
    const reading = { value: 2_000, uncertainty: 80_000, least: 1_990 };
    expect([leastOf(reading), mostOf(reading)]).to.deep.equal([1_990, Infinity]);
  });
});
