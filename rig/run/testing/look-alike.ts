/** Both members of a pair that looks alike, and what has to be said of each: for tests. */

import { expect } from 'chai';
import type { Case } from '../../../scenarios/contracts/case.ts';
import type { LookAlike } from '../../sim/faults/look-alikes.ts';
import { runSimulatedCase } from '../simulated-case.ts';
import { judgedOn } from './faulty-bench.ts';

/** The bench with its fault and a good unit: broken, blame rig. The unit with its defect on a good bench: fail, blame unit, with a difference on its signal. */
export const tellApart = async (testCase: Case, { fault, defect, signal }: LookAlike, seed: number): Promise<void> => {
  const bench = await judgedOn(testCase, { seed, faults: [fault] });
  expect({ verdict: bench.verdict, blame: bench.blame, seed }, bench.reason).to.deep.equal({ verdict: 'broken', blame: 'rig', seed });
  const { result } = (await runSimulatedCase({ testCase, seed, defect, pace: 'virtual' })).run;
  expect({ verdict: result.verdict, blame: result.blame, seed }, result.reason).to.deep.equal({ verdict: 'fail', blame: 'unit', seed });
  expect(
    result.differences.filter(({ blame }) => blame === 'unit').map((one) => one.signal),
    result.reason,
  ).to.include(signal);
};
