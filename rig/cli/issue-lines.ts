/** How mistakes in files are listed: a line each, and how many there are. */

import { formatIssue, type Issue } from '../../scenarios/contracts/issue.ts';

export const issueLine = (issue: Issue): string => `${issue.severity === 'warning' ? 'warning: ' : ''}${formatIssue(issue)}\n`;

export const isError = ({ severity }: Issue): boolean => severity === 'error';
