/** What the library as a whole promises: how many defects, of which families, in which voltage classes, and how different they are. */

import { expect } from 'chai';
import { isNumberOnly } from '../../campaign/kill-conditions.ts';
import { DEFECTS } from './catalogue.ts';
import { FAMILIES, VOLTAGE_CLASSES } from './defect.ts';
import { FIRMWARE_DEFECTS } from './firmware.ts';

describe('the library of defects', () => {
  it('has at least 100, of them at least 40 of the firmware, and at least 70 that one end-of-line pass can show', () => {
    expect(DEFECTS.length).to.be.at.least(100);
    expect(FIRMWARE_DEFECTS.length).to.be.at.least(40);
    expect(DEFECTS.filter(({ endOfLine }) => endOfLine).length).to.be.at.least(70);
  });

  it('has every family in every voltage class, and in each of the higher ones a defect that 12 V does not show', () => {
    for (const family of FAMILIES) {
      const its = DEFECTS.filter((one) => one.family === family);
      for (const volts of VOLTAGE_CLASSES) {
        const shown = its.filter(({ classes }) => classes.includes(volts));
        expect(shown.length, `${family} at ${volts} V`).to.be.above(0);
        if (volts === 12) continue;
        expect(shown.filter(({ classes }) => !classes.includes(12)).length, `${family} only from ${volts} V`).to.be.above(0);
      }
    }
  });

  it('has at most three firmware defects that differ from the good unit in a number only', () => {
    const numbersOnly = DEFECTS.filter(isNumberOnly);
    expect(numbersOnly.map(({ name }) => name)).to.have.length.within(1, 3);
  });

  it('has intermittent defects in their own family only, and none that an end-of-line pass could be sure of', () => {
    for (const { name, family, oneIn, endOfLine } of DEFECTS) {
      expect(oneIn > 1, name).to.equal(family === 'intermittent');
      if (oneIn > 1) expect(endOfLine, name).to.equal(false);
    }
  });
});
