/** What is wrong with each of many cases, as one list: the points of a sweep are one file, and what they share is told once. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { acrossPoints } from '../../scenarios/language/rules/merged.ts';

/** `cell=2.7 V` of a case that is one point of a sweep. */
const pointOf = ({ id }: Case): string => (id.includes('[') ? id.slice(id.indexOf('[') + 1, -1) : '');

/** File by file, each in its own order. */
export const acrossCases = (cases: readonly Case[], issuesOf: (testCase: Case) => readonly Issue[]): readonly Issue[] => {
  const byFile = Map.groupBy(cases, ({ place }) => place.file);
  return [...byFile.values()].flatMap((points) =>
    acrossPoints(points.map((testCase) => ({ point: pointOf(testCase), issues: issuesOf(testCase) }))),
  );
};
