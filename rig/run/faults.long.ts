/** The campaign over the catalogue of faults: a good unit on each faulty bench, several seeds, and always the verdict and blame that the catalogue states. */

import { expect } from 'chai';
import { FAULTS } from '../sim/faults/catalogue.ts';
import { runSimulatedCase } from './simulated-case.ts';
import { suiteCases } from './suites.ts';

const SEEDS = [1, 2, 3];

describe('a good unit on every faulty bench', () => {
  const [testCase] = suiteCases('eol');
  for (const { name, verdict, blame } of FAULTS) {
    it(`${verdict}${blame === null ? '' : `, blame ${blame}`}: ${name}`, async () => {
      for (const seed of SEEDS) {
        const { result } = (await runSimulatedCase({ testCase: testCase!, seed, pace: 'virtual', faults: [name] })).run;
        expect({ verdict: result.verdict, blame: result.blame, seed }, result.reason).to.deep.equal({ verdict, blame, seed });
      }
    });
  }
});
