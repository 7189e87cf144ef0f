/** The campaign of bad units: every defect of the catalogue fails the suites, on the signal it declares, and nothing is ever blamed on the bench. */

import { expect } from 'chai';
import { judgeRun } from '../../reports/judge/run.ts';
import { DEFECTS } from '../sim/defects/catalogue.ts';
import { runSimulated } from './run.ts';
import { suiteCases } from './suites.ts';

const SEEDS = [1, 2];

describe('every defect of the simulated unit', () => {
  const cases = suiteCases('eol', 'regression');
  for (const { name, signal } of DEFECTS) {
    it(`${name} fails the suites, on ${signal}`, async () => {
      for (const seed of SEEDS) {
        const signalling = new AbortController();
        const { runs } = await runSimulated({
          cases,
          seed,
          defect: name,
          pace: 'virtual',
          bail: false,
          signal: signalling.signal,
          listener: {},
        });
        const results = runs.map(({ result }) => result);
        const verdict = judgeRun(results, []);
        expect(verdict.exit, `seed ${seed}: ${verdict.reason}`).to.equal(1);
        const broken = results.filter((one) => one.verdict === 'broken').map((one) => `${one.id}: ${one.reason}`);
        expect(broken, `seed ${seed}`).to.deep.equal([]);
        const first = results.flatMap(({ verdict: one, differences }) =>
          one === 'fail' ? differences.filter(({ blame }) => blame === 'unit').slice(0, 1) : [],
        );
        expect(
          first.map((one) => one.signal),
          `seed ${seed}: first differences`,
        ).to.include(signal);
      }
    });
  }
});
