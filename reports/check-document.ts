/** What `rig check --json` prints, in a file of its own: it is asked for most, and need not wait until the shapes of all documents are made. */

import type { Issue } from '../scenarios/contracts/issue.ts';
import { RULES } from '../scenarios/rules.ts';
import type { CheckDocument } from './shape/documents.ts';

/** Where a message has no hint of its own, what mends the mistake is the rule's fix. */
export const withFix = (issue: Issue) => ({ ...issue, hint: issue.hint === '' ? RULES[issue.id].fix : issue.hint });

export const toCheckDocument = (
  files: number,
  cases: number,
  issues: readonly Issue[],
  estimates: CheckDocument['estimates'] = [],
): CheckDocument => ({
  schema: 'bms-rig/check/1',
  exit: issues.some((one) => one.severity === 'error') ? 2 : 0,
  files,
  cases,
  issues: issues.map(withFix),
  estimates,
});
