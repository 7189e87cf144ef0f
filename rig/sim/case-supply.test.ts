import { expect } from 'chai';
import { CONVERTER } from '../fixture/channels.ts';
import { converted_mV, isSupplyOfCase } from './case-supply.ts';

describe('the supply of a case', () => {
  it('is told from the look before it, and from no supply, by its voltage', () => {
    expect([0, 1_500, 8_000, 12_800].map(isSupplyOfCase)).to.deep.equal([false, false, true, true]);
  });

  it('is what the converter is told, in full scales of 65 536 codes', () => {
    expect(converted_mV('supply', 32_768)).to.equal(CONVERTER.supply.fullScale_mV / 2);
  });
});
