/** Each ruling is shown three times in one case of the regression suite, in each voltage class. */

import { expect } from 'chai';
import { suiteCases } from '../run/suites.ts';
import { VOLTAGE_CLASSES } from '../sim/defects/defect.ts';
import { classOf, repeated } from './repeated.ts';

const RULINGS = Array.from({ length: 19 }, (_, index) => `R${index + 1}`);
const OFTEN = 3;

describe('the regression suite, the most often that one case shows each ruling', () => {
  const found = repeated(suiteCases('regression'));
  for (const ruling of RULINGS) {
    const row = found.get(ruling) ?? { 12: 0, 24: 0, 48: 0 };
    it(`${ruling}: ${VOLTAGE_CLASSES.map((volts) => `${row[volts]} times at ${volts} V`).join(', ')}`, () => {
      for (const volts of VOLTAGE_CLASSES) expect(row[volts], `${ruling} at ${volts} V`).to.be.at.least(OFTEN);
    });
  }

  it('counts a case once for each occasion, and a supply to its class', () => {
    expect([8_200, 15_999, 16_000, 25_600, 32_000, 69_000].map(classOf)).to.deep.equal([12, 12, 24, 24, 48, 48]);
    const [single] = suiteCases('regression').filter(({ id }) => id === 'regression/r03-wait');
    expect(repeated([single!]).get('R3')).to.deep.equal({ 12: 1, 24: 0, 48: 0 });
  });
});
