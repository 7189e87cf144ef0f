/** Requirements against cases: who says to cover what, what the reference says is shown there, and what has been caught; and what no case exercises. */

import { boundsNear, BOUNDS } from '../../firmware-ref/exercised/bounds.ts';
import { transitions } from '../../firmware-ref/exercised/catalogue.ts';
import { exercised, type Evidence } from '../../firmware-ref/exercised/evidence.ts';
import type { CoverageDocument, RequirementCoverage, ShownByCase, Tally } from '../../reports/shape/coverage.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { REQUIREMENT_IDS, REQUIREMENTS, type RequirementId } from '../../scenarios/requirements.ts';
import type { ProofShelf } from './proofs.ts';

/** What one case shows, worked out once. */
interface Looked {
  readonly testCase: Case;
  readonly evidence: ReadonlyMap<string, readonly Evidence[]>;
  readonly transitions: ReadonlySet<string>;
  readonly bounds: ReadonlySet<string>;
  readonly caught: Readonly<Record<string, string>>;
}

const byRequirement = (evidence: readonly Evidence[]): ReadonlyMap<string, readonly Evidence[]> =>
  Map.groupBy(evidence, ({ requirement }) => requirement);

function look(testCase: Case, shelf: ProofShelf): Looked {
  const known = exercised(testCase);
  const proofs = shelf.of(testCase);
  return {
    testCase,
    evidence: byRequirement(known.evidence),
    transitions: known.transitions,
    bounds: boundsNear(testCase, known.played),
    caught: proofs === null || proofs === 'stale' ? {} : proofs,
  };
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** Null where the case does not name the requirement under `covers`: what it shows beside proves nothing. */
function shownIn(id: RequirementId, { testCase, evidence, caught }: Looked): ShownByCase | null {
  if (!testCase.covers.includes(id)) return null;
  const carried = evidence.get(id) ?? [];
  const by = caught[id] ?? null;
  return {
    case: testCase.id,
    file: testCase.place.file,
    by: unique(carried.map(({ what }) => what)),
    supplies_V: unique(carried.map(({ supply_mV }) => supply_mV / 1000)).toSorted((a, b) => a - b),
    caught: by,
    proven: carried.length > 0 && by !== null,
  };
}

function statusOf(id: RequirementId, scenarios: readonly ShownByCase[]): RequirementCoverage['status'] {
  switch (REQUIREMENTS[id].shownBy) {
    case 'none':
      return 'none';
    case 'rig':
      return scenarios.some(({ by }) => by.length > 0) ? 'shown' : 'open';
    case 'unit':
      return scenarios.some(({ proven }) => proven) ? 'proven' : 'open';
  }
}

function coverageOf(id: RequirementId, looked: readonly Looked[]): RequirementCoverage {
  const { text, shownBy, certainty, source, rulings, why } = REQUIREMENTS[id];
  const scenarios = looked.map((one) => shownIn(id, one)).filter((one) => one !== null);
  return { id, text, shownBy, certainty, source: [...source], rulings: [...rulings], why, status: statusOf(id, scenarios), scenarios };
}

function tally(all: readonly string[], hit: ReadonlySet<string>): Tally {
  const missing = all.filter((one) => !hit.has(one));
  return { hit: all.length - missing.length, total: all.length, missing };
}

const union = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> => new Set(sets.flatMap((one) => [...one]));

/** `complete`: a requirement without a test, or a transition that none exercises, is a mistake (exit 2). */
export function collectCoverage(cases: readonly Case[], shelf: ProofShelf, complete: boolean): CoverageDocument {
  const looked = cases.map((one) => look(one, shelf));
  const requirements = REQUIREMENT_IDS.map((id) => coverageOf(id, looked));
  const onUnit = requirements.filter(({ shownBy }) => shownBy === 'unit');
  const proven = tally(
    onUnit.map(({ id }) => id),
    new Set(onUnit.filter(({ status }) => status === 'proven').map(({ id }) => id)),
  );
  const reached = tally(transitions(), union(looked.map((one) => one.transitions)));
  const gaps = requirements.some(({ status }) => status === 'open') || reached.missing.length > 0;
  return {
    schema: 'bms-rig/coverage/1',
    exit: complete && gaps ? 2 : 0,
    cases: cases.length,
    requirements,
    proven,
    transitions: reached,
    bounds: tally(BOUNDS, union(looked.map((one) => one.bounds))),
  };
}
