/** The shipped suites prove what they say they prove, and no requirement has lost its last test. */

import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { checkCovers } from '../check/covers.ts';
import { runSimulatedCase } from '../run/simulated-case.ts';
import { suiteCases } from '../run/suites.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { collectCoverage } from './coverage.ts';
import { ProofShelf } from './proofs.ts';
import { provenBy } from './prove-case.ts';

/** What waits for a scenario: gets shorter only. */
const WAITING = [
  'PRE-STEADY',
  'LED-STEADY',
  'NO-LATCH',
  'CHAIN-EITHER-END',
  'PRE-RATED',
  'CHG-SHORT',
  'LOAD-RECEIVERS',
  'PRE-RECEIVERS',
  'CHG-RECEIVERS',
];
/** Rows of the tables that are run again here; `proofs.long.ts` runs all. */
const SAMPLE = [
  ['eol/production', 'PRE-30S'],
  ['regression/r07-charge-independent', 'CHG-INDEPENDENT'],
  ['regression/r13-remote', 'REMOTE-H'],
] as const;

describe('the shipped suites', () => {
  const cases = suiteCases('eol', 'regression', 'full', 'limits', 'endurance');
  const shelf = new ProofShelf();

  it('say nothing under covers that is not shown and proven', () => {
    expect(checkCovers(cases, shelf)).to.deep.equal([]);
  });

  it('prove every requirement that a unit can show, but for those that wait', () => {
    const { proven } = collectCoverage(cases, shelf, true);
    for (const id of proven.missing) expect(WAITING, `${id} has lost its last test`).to.include(id);
  });

  for (const [id, requirement] of SAMPLE)
    it(`${id} still catches what proves ${requirement}`, async () => {
      const testCase = cases.find((one) => one.id === id) as Case;
      const proofs = shelf.of(testCase) as Record<string, string>;
      const { found } = findDefect(proofs[requirement]!);
      const { run } = await runSimulatedCase({ testCase, seed: 1, defect: found!.name, pace: 'virtual' });
      expect([...provenBy(found!, run.result)]).to.include(requirement);
    });
});
