// Each algorithm on numbers that others have published, and on every single wrong digit of them.
import { expect } from 'chai';
import { CHECK_DIGITS, hasCheckDigit, type CheckDigit } from './check-digit.ts';

/** Sources: ISO/IEC 7812-1 (Wikipedia's example), a GS1 article number, an IBAN turned round as its standard says, an ORCID, a GRid, Damm's and Verhoeff's own. */
const PUBLISHED: Readonly<Record<CheckDigit, string>> = {
  luhn: '79927398713',
  gs1: '4006381333931',
  'mod 97-10': '3214282912345698765432161182',
  'mod 11-2': '0000-0002-1825-0097',
  'mod 37,36': 'A12425GABC1234002M',
  damm: '5724',
  verhoeff: '2363',
};

describe('check digits', () => {
  for (const algorithm of Object.keys(CHECK_DIGITS) as CheckDigit[])
    it(`${algorithm} accepts a published number and no number with one digit changed`, () => {
      const number = PUBLISHED[algorithm];
      expect(hasCheckDigit(algorithm, number)).to.equal(true);
      for (const [place, sign] of Array.from(number).entries())
        for (const other of '0123456789')
          if (/\d/.test(sign) && other !== sign)
            expect(hasCheckDigit(algorithm, number.slice(0, place) + other + number.slice(place + 1)), `${other} at ${place}`).to.equal(
              false,
            );
      expect(hasCheckDigit(algorithm, '')).to.equal(false);
    });

  it('find two neighbours exchanged, where the algorithm does', () => {
    expect(hasCheckDigit('damm', '7524')).to.equal(false);
    expect(hasCheckDigit('verhoeff', '3263')).to.equal(false);
    expect(hasCheckDigit('mod 97-10', '2314282912345698765432161182')).to.equal(false);
  });
});
