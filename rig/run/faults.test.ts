/** A sample of the campaign: one fault of each kind on the bench, a good unit in it, and the verdict and blame that the catalogue states. */

import { expect } from 'chai';
import { findFaults } from '../sim/faults/catalogue.ts';
import { runSimulatedCase } from './simulated-case.ts';
import { suiteCases } from './suites.ts';

const SAMPLE = ['bytes-dropped-to-fixture', 'bytes-corrupted-to-host', 'unplugged', 'fixture-reset', 'fixture-clock-fast'];
const SEED = 7;

describe('a good unit on a faulty bench', () => {
  const [testCase] = suiteCases('eol');
  for (const { name, verdict, blame } of findFaults(SAMPLE)) {
    it(`${verdict}${blame === null ? '' : `, blame ${blame}`}: ${name}`, async () => {
      const { run } = await runSimulatedCase({ testCase: testCase!, seed: SEED, pace: 'virtual', faults: [name] });
      const { result } = run;
      expect({ verdict: result.verdict, blame: result.blame }, result.reason).to.deep.equal({ verdict, blame });
    });
  }

  it('shows what was lost and made good in the counters of the trace', async () => {
    const { run } = await runSimulatedCase({ testCase: testCase!, seed: SEED, pace: 'virtual', faults: ['bytes-corrupted-to-host'] });
    expect(run.trace?.link.crcErrors).to.be.greaterThan(0);
  });
});
