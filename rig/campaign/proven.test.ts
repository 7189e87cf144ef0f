/** The shipped suites prove what they say they prove, and no requirement has lost its last test. */

import { expect } from 'chai';
import type { CoverageDocument } from '../../reports/shape/coverage.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { checkCovers } from '../check/covers.ts';
import { runSimulatedCase } from '../run/simulated-case.ts';
import { suiteCases } from '../run/suites.ts';
import { findDefect } from '../sim/defects/catalogue.ts';
import { collectCoverage } from './coverage.ts';
import { ProofShelf } from './proofs.ts';
import { provenBy } from './prove-case.ts';

/** Rows of the tables that are run again here; `proofs.long.ts` runs all. */
const SAMPLE = [
  ['eol/production', 'PRE-30S'],
  ['regression/r07-charge-independent', 'CHG-INDEPENDENT'],
  ['regression/r13-remote', 'REMOTE-H'],
  ['full/either-end', 'CHAIN-EITHER-END'],
] as const;

describe('the shipped suites', () => {
  const cases = suiteCases('eol', 'regression', 'full', 'limits', 'endurance');
  const shelf = new ProofShelf();

  it('say nothing under covers that is not shown and proven', () => {
    expect(checkCovers(cases, shelf)).to.deep.equal([]);
  });

  describe('as a whole', () => {
    let coverage: CoverageDocument;
    before(() => {
      coverage = collectCoverage(cases, shelf, true);
    });

    it('prove every requirement that a unit can show', () => {
      expect(coverage.proven.missing).to.deep.equal([]);
    });

    it("show what is stated of the battery by the rig's own bank", () => {
      expect(
        coverage.requirements.filter(({ shownBy, status }) => shownBy === 'rig' && status !== 'shown').map(({ id }) => id),
      ).to.deep.equal([]);
    });

    it('exercise every transition of the reference, and come near to both sides of each of its limits', () => {
      expect(coverage.transitions.missing).to.deep.equal([]);
      expect(coverage.bounds.missing).to.deep.equal([]);
    });
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
