// A sample of the campaign of suites: one case of each file of full and limits, on a unit that no other test draws.
import { expect } from 'chai';
import { suiteCases } from '../../rig/run/suites.ts';
import { runCases } from './suite-runs.ts';

const SEED = 77;

describe('full and limits', () => {
  const byFile = Map.groupBy(suiteCases('full', 'limits'), ({ place }) => place.file);
  const sample = [...byFile.values()].map((cases) => cases[cases.length >> 1]!);

  it(`pass on a good unit, ${sample.length} cases of them`, async () => {
    const runs = await runCases(sample, [SEED]);
    expect(runs.filter(({ verdict }) => verdict !== 'pass').map(({ testCase: { id }, reason }) => `${id}: ${reason}`)).to.deep.equal([]);
  });
});
