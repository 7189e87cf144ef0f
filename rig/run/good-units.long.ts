/** The campaign of good units: crystals, parts and link noise drawn by seed, and never a difference. */

import { expect } from 'chai';
import { runSimulated } from './run.ts';
import { suiteCases } from './suites.ts';

const SEEDS = Array.from({ length: 3 }, (_, index) => index + 1);

describe('good units', () => {
  const cases = suiteCases('eol', 'regression', 'endurance').filter(({ tags }) => !tags.includes('often'));
  for (const seed of SEEDS) {
    it(`pass every case with seed ${seed}`, async () => {
      const { runs } = await runSimulated({
        cases,
        seed,
        pace: 'virtual',
        bail: false,
        signal: new AbortController().signal,
        listener: {},
      });
      expect(
        runs.filter(({ result }) => result.verdict !== 'pass').map(({ result }) => `${result.id}: ${result.verdict}: ${result.reason}`),
      ).to.deep.equal([]);
    });
  }
});
