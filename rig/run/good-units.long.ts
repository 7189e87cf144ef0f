/** The campaign of good units: crystals, parts and link noise drawn by seed, and every reading that a ruling leaves open; never a difference, and nothing undecided. */

import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { GOOD_UNITS } from '../sim/good-units/good-units.ts';
import { runSimulated } from './run.ts';
import { suiteCases } from './suites.ts';

const SEEDS = Array.from({ length: 3 }, (_, index) => index + 1);

/** Every case that did not pass. */
const runAll = async (some: readonly Case[], seed: number, unit?: string): Promise<readonly string[]> => {
  const { signal } = new AbortController();
  const { runs } = await runSimulated({ cases: some, seed, unit, pace: 'virtual', bail: false, signal, listener: {} });
  return runs.flatMap(({ result: { id, verdict, reason } }) => (verdict === 'pass' ? [] : [`${id}: ${verdict}: ${reason}`]));
};

describe('good units', () => {
  const cases = suiteCases('eol', 'regression', 'endurance').filter(({ tags }) => !tags.includes('often'));
  const quiet = suiteCases('eol', 'regression', 'full/either-end.yaml');

  for (const { name } of GOOD_UNITS)
    it(`pass every case whatever reading they take: ${name}`, async () => {
      expect(await runAll(quiet, 1, name)).to.deep.equal([]);
    });

  for (const seed of SEEDS) {
    it(`pass every case with seed ${seed}`, async () => {
      expect(await runAll(cases, seed)).to.deep.equal([]);
    });
  }
});
