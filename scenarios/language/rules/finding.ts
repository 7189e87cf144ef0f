/** What a rule reports: a mistake at a path; whoever knows the file turns it into an Issue. */

import type { Issue } from '../../contracts/issue.ts';
import { keyPlaceOf, placeOf } from '../scenario.ts';
import type { Path, Scenario } from '../scenario.ts';
import type { RuleId } from '../../rules.ts';

export interface Finding {
  readonly id: RuleId;
  readonly path: Path;
  /** Whether the key or the value of the path is what is wrong. */
  readonly at: 'key' | 'value';
  readonly severity: Issue['severity'];
  readonly message: string;
  readonly hint: string;
}

export const atKey = (id: RuleId, path: Path, message: string, hint: string): Finding => ({
  id,
  path,
  at: 'key',
  severity: 'error',
  message,
  hint,
});
export const atValue = (id: RuleId, path: Path, message: string, hint: string): Finding => ({
  id,
  path,
  at: 'value',
  severity: 'error',
  message,
  hint,
});
export const warningAt = (id: RuleId, path: Path, message: string, hint: string): Finding => ({
  id,
  path,
  at: 'value',
  severity: 'warning',
  message,
  hint,
});

export const findingIssue = (scenario: Pick<Scenario, 'places'>, { id, path, at, severity, message, hint }: Finding): Issue => ({
  id,
  severity,
  ...(at === 'key' ? keyPlaceOf(scenario, ...path) : placeOf(scenario, ...path)),
  message,
  hint,
});

/** Issues in the order of the file; where there are several files, one after the other as they were met. */
export const inOrder = <T extends Issue>(issues: readonly T[]): readonly T[] => {
  const files = new Map<string, number>();
  for (const { file } of issues) if (!files.has(file)) files.set(file, files.size);
  const rank = ({ file }: T): number => files.get(file) ?? 0;
  return issues.toSorted((a, b) => rank(a) - rank(b) || a.line - b.line || a.col - b.col);
};
