/** What a scenario says to cover and does not: requirements that no test shows, that nothing in the case carries, or for which it has caught nothing. */

import { predict } from '../../firmware-ref/predict.ts';
import { shownOf } from '../../firmware-ref/exercised/evidence.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { REQUIREMENTS, type Requirement } from '../../scenarios/requirements.ts';
import { acrossCases } from './across-cases.ts';
import type { PredictionOf } from './check-cases.ts';
import type { ProofShelf } from '../campaign/proofs.ts';

const known: Readonly<Record<string, Requirement>> = REQUIREMENTS;

type Found = Pick<Issue, 'id' | 'severity' | 'message' | 'hint'>;

const noTest = (id: string, why: string): Found => ({
  id: 'covers-no-test',
  severity: 'error',
  message: `no test can show ${id}: ${why}`,
  hint: 'take it out of covers',
});
const notShown = (id: string): Found => ({
  id: 'covers-not-shown',
  severity: 'warning',
  message: `nothing in this scenario shows ${id}: ${known[id]?.text ?? ''}`,
  hint: 'let it happen, or take it out of covers',
});
/** One for all of a case: they are proven together. */
const notProven = (ids: readonly string[], file: string, stale: boolean): Found => ({
  id: 'covers-not-proven',
  severity: 'warning',
  message: stale
    ? `this file has changed since it was proven that it shows ${ids.join(', ')}`
    : `no defect that breaks it is known to be caught here: ${ids.join(', ')}`,
  hint: `rig coverage ${file} --prove looks for one`,
});

const by = (id: string): Requirement['shownBy'] => known[id]?.shownBy ?? 'unit';

function ofCase(testCase: Case, shelf: ProofShelf, predictionOf: PredictionOf): readonly Found[] {
  const shown = shownOf(testCase, predictionOf(testCase), testCase.covers);
  const none = testCase.covers.filter((id) => by(id) === 'none');
  const missing = testCase.covers.filter((id) => by(id) !== 'none' && !shown.has(id));
  const proofs = shelf.of(testCase);
  const caught = proofs === null || proofs === 'stale' ? {} : proofs;
  const open = testCase.covers.filter((id) => by(id) === 'unit' && shown.has(id) && caught[id] === undefined);
  return [
    ...none.map((id) => noTest(id, known[id]?.why ?? '')),
    ...missing.map(notShown),
    ...(open.length === 0 ? [] : [notProven(open, testCase.place.file, proofs === 'stale')]),
  ];
}

/** In the order of the cases; at the place of `covers`. Throws RigError for a table of proofs that cannot be read. */
export const checkCovers = (cases: readonly Case[], shelf: ProofShelf, predictionOf: PredictionOf = predict): readonly Issue[] =>
  acrossCases(cases, (testCase) => ofCase(testCase, shelf, predictionOf).map((found): Issue => ({ ...found, ...testCase.coversPlace })));
