/** One list of Issues for a file that comes to many cases: what several of them find at one place is one mistake. */

import { visible } from '../../contracts/issue.ts';
import type { Issue } from '../../contracts/issue.ts';
import { inOrder } from './finding.ts';

export interface PointIssues {
  /** `cell=2.7 V`; empty where nothing is swept. */
  readonly point: string;
  readonly issues: readonly Issue[];
}

const placeOf = ({ file, line, col, id }: Issue): string => `${file}\n${line}:${col} ${id}`;

/** A step that is repeated has its mistake each time. */
const once = (issues: readonly Issue[]): readonly Issue[] => [
  ...new Map(issues.map((issue) => [`${placeOf(issue)} ${issue.message}`, issue])).values(),
];

/** Where not all points have the mistake, the first that has it is named. */
export const acrossPoints = (points: readonly PointIssues[]): readonly Issue[] => {
  const [only] = points;
  if (points.length === 1 && only !== undefined) return only.issues.length === 0 ? [] : inOrder(once(only.issues));
  const first = new Map<string, { readonly issue: Issue; readonly point: string; count: number }>();
  for (const { point, issues } of points) {
    const seen = new Set<string>();
    for (const issue of issues) {
      const place = placeOf(issue);
      if (seen.has(place)) continue;
      seen.add(place);
      const known = first.get(place);
      if (known === undefined) first.set(place, { issue, point, count: 1 });
      else known.count++;
    }
  }
  const all = [...first.values()].map(({ issue, point, count }): Issue => {
    if (count === points.length || point === '') return issue;
    const at = `at ${point}${count > 1 ? ` and ${count - 1} more of ${points.length} points` : ''}`;
    return { ...issue, hint: issue.hint === '' ? at : `${issue.hint}; ${at}` };
  });
  return inOrder(all);
};

/** Nobody reads more of them. */
export const MAX_ISSUES = 100;

/** In the order of the file, not more than a person reads, and harmless to print. */
export const readable = (file: string, issues: readonly Issue[]): readonly Issue[] => {
  if (issues.length === 0) return issues;
  const sorted = inOrder(issues).map((issue): Issue => ({ ...issue, message: visible(issue.message), hint: visible(issue.hint) }));
  const first = sorted.slice(0, MAX_ISSUES);
  const last = first.at(-1);
  if (sorted.length === first.length || last === undefined) return sorted;
  const message = `${sorted.length - first.length} more mistakes follow`;
  return [...first, { id: 'more', severity: 'error', file, line: last.line, col: last.col, message, hint: 'mend these first' }];
};
