/** A sample of the campaign: one fault of each kind on the bench, a good unit in it, and the verdict and blame that the catalogue states. */

import { expect } from 'chai';
import { findFaults } from '../sim/faults/catalogue.ts';
import { suiteCases } from './suites.ts';
import { judgedOn } from './testing/faulty-bench.ts';

const SAMPLE = ['bytes-dropped-to-fixture', 'bytes-corrupted-to-host', 'unplugged', 'fixture-reset', 'fixture-clock-fast'];
const SEED = 7;

describe('a good unit on a faulty bench', () => {
  const [testCase] = suiteCases('eol');
  for (const { name, verdict, blame } of findFaults(SAMPLE)) {
    it(`${verdict}${blame === null ? '' : `, blame ${blame}`}: ${name}`, async () => {
      const judged = await judgedOn(testCase!, { seed: SEED, faults: [name] });
      expect({ verdict: judged.verdict, blame: judged.blame }, judged.reason).to.deep.equal({ verdict, blame });
    });
  }

  it('shows what was lost and made good in the counters of the trace', async () => {
    const { trace } = await judgedOn(testCase!, { seed: SEED, faults: ['bytes-corrupted-to-host'] });
    expect(trace?.link.crcErrors).to.be.greaterThan(0);
  });
});
