/** The campaign over the catalogue of faults: a good unit on each faulty bench, several seeds, and always the verdict and blame that the catalogue states. */

import { expect } from 'chai';
import { FAULTS } from '../sim/faults/catalogue.ts';
import { suiteCases } from './suites.ts';
import { judgedOn } from './testing/faulty-bench.ts';

const SEEDS = [1, 2, 3, 5];

describe('a good unit on every faulty bench', () => {
  const [testCase] = suiteCases('eol');
  for (const { name, verdict, blame } of FAULTS) {
    it(`${verdict}${blame === null ? '' : `, blame ${blame}`}: ${name}`, async () => {
      for (const seed of SEEDS) {
        const judged = await judgedOn(testCase!, { seed, faults: [name] });
        expect({ verdict: judged.verdict, blame: judged.blame, seed }, judged.reason).to.deep.equal({ verdict, blame, seed });
      }
    });
  }
});
