/** The campaign of bad units: every defect of the catalogue fails the suites, on the signal it declares, and the bench is never blamed for it. */

import { expect } from 'chai';
import type { CaseResult } from '../../reports/judge/result.ts';
import { judgeRun } from '../../reports/judge/run.ts';
import { DEFECTS } from '../sim/defects/catalogue.ts';
import { runSimulated } from './run.ts';
import { suiteCases } from './suites.ts';

const SEED = 1;

const failed = (results: readonly CaseResult[]): readonly CaseResult[] =>
  results.filter(({ verdict, blame }) => verdict === 'fail' && blame === 'unit');

const signalsOf = (results: readonly CaseResult[]): readonly string[] =>
  failed(results).flatMap(({ differences }) => differences.filter(({ blame }) => blame === 'unit').map(({ signal }) => signal));

describe('every defect of the simulated unit', () => {
  const cases = suiteCases('eol', 'regression', 'endurance');
  const judge = async (defect: string, bail: boolean): Promise<readonly CaseResult[]> => {
    const { runs } = await runSimulated({
      cases,
      seed: SEED,
      defect,
      pace: 'virtual',
      bail,
      signal: new AbortController().signal,
      listener: {},
    });
    return runs.map(({ result }) => result);
  };

  for (const { name, signal } of DEFECTS) {
    it(`${name} fails the suites, on ${signal}`, async () => {
      let results = await judge(name, true);
      // The first case that fails may show a consequence on another signal only: then all of them are asked.
      if (!signalsOf(results).includes(signal)) results = await judge(name, false);
      expect(judgeRun(results, []).exit, JSON.stringify(results.map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`))).to.equal(
        1,
      );
      expect(signalsOf(results), 'signals with a difference').to.include(signal);
      expect(results.filter(({ verdict }) => verdict === 'broken').map(({ id, reason }) => `${id}: ${reason}`)).to.deep.equal([]);
    });
  }
});
