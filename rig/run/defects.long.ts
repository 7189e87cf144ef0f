/** The campaign of bad units: every defect of the catalogue is caught by the suites, on the signal it declares and clearly; of the intermittent ones a sample. */

import { expect } from 'chai';
import { LEAST_BREACH_U, mutate } from '../campaign/mutate.ts';
import { DEFECTS } from '../sim/defects/catalogue.ts';
import { suiteCases } from './suites.ts';

const SEED = 1;
/** Twenty units each: `rig mutate` asks all of them. */
const SAMPLE = ['led-red-missed-1-in-20'];

describe('every defect of the simulated unit', () => {
  const cases = suiteCases('eol', 'regression', 'endurance', 'full/either-end.yaml');

  for (const defect of DEFECTS.filter(({ oneIn, name }) => oneIn === 1 || SAMPLE.includes(name))) {
    it(`${defect.name} fails the suites, on ${defect.signal}`, async () => {
      const { signal } = new AbortController();
      const [row] = await mutate({ defects: [defect], cases, seed: SEED, bail: true, workers: 1, signal });
      expect(row?.caught, JSON.stringify(row)).to.equal(true);
      expect(row?.clearest?.breach_U, row?.clearest?.text).to.be.at.least(LEAST_BREACH_U);
    });
  }
});
