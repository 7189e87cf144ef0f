/** Every pair of a fault of the bench and a defect of the unit that look alike, several seeds: each gets the verdict and the blame that are its own. */

import { LOOK_ALIKES } from '../sim/faults/look-alikes.ts';
import { suiteCases } from './suites.ts';
import { tellApart } from './testing/look-alike.ts';

const SEEDS = [1, 2, 3];

describe('what looks alike is told apart', () => {
  const [testCase] = suiteCases('eol');
  for (const pair of LOOK_ALIKES)
    it(`${pair.fault} and ${pair.defect}`, async () => {
      for (const seed of SEEDS) await tellApart(testCase!, pair, seed);
    });
});
