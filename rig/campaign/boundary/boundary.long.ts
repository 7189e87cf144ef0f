/** Every number of the reference: the unit just outside it fails and is told why, the one just inside passes. */

import { expect } from 'chai';
import { runPairs } from './pairs.ts';

describe('units 1.5 U outside and inside every limit', () => {
  for (const seed of [1])
    it(`are told apart on the bench of seed ${seed}`, async () => {
      const { rows, pairs } = await runPairs({ seed, signal: new AbortController().signal });
      expect(pairs).to.be.at.least(13);
      expect(
        rows.filter(({ held }) => !held).map(({ parameter, outside, inside }) => [parameter, outside?.text, inside?.text]),
      ).to.deep.equal([]);
    });
});
