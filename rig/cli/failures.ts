/** How bad news reaches the person or program that called: one message with what to do, or one JSON document, and the exit code. */

import { formatIssue, type Issue } from '../../scenarios/contracts/issue.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import { Stopped } from './stop.ts';

/** A wrong option or argument. */
export class UsageError extends Error {
  readonly hint: string;
  constructor(message: string, hint = 'rig --help lists commands and options') {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** One or more mistakes in the author's files. */
export class IssuesError extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[]) {
    super(`${issues.length} mistake${issues.length === 1 ? '' : 's'} in the scenario files`);
    this.name = 'IssuesError';
    this.issues = issues;
  }
}

export const EXIT_FAIL = 1;
export const EXIT_BAD_INPUT = 2;
export const EXIT_BROKEN = 3;
export const EXIT_STOPPED = 130;

/** Codes whose cause is what the caller handed in, not the bench. */
const BAD_INPUT: readonly RigErrorCode[] = ['imageBad', 'imageTooLarge', 'optionBad', 'fileUnreadable', 'runFolderClash'];

interface Failure {
  readonly exit: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly issues: readonly Issue[];
}

const describe = (cause: unknown): Failure => {
  if (cause instanceof IssuesError) return { exit: EXIT_BAD_INPUT, code: 'issues', message: cause.message, hint: 'mend the places named and run again', issues: cause.issues };
  if (cause instanceof UsageError) return { exit: EXIT_BAD_INPUT, code: 'usage', message: cause.message, hint: cause.hint, issues: [] };
  if (cause instanceof Stopped) return { exit: EXIT_STOPPED, code: 'stopped', message: cause.message, hint: 'the pins are safe', issues: [] };
  if (cause instanceof RigError) {
    return { exit: BAD_INPUT.includes(cause.code) ? EXIT_BAD_INPUT : EXIT_BROKEN, code: cause.code, message: cause.message, hint: cause.hint, issues: [] };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  // yargs throws its own Error (name YError) for options it does not like.
  if (cause instanceof Error && cause.name === 'YError') return { exit: EXIT_BAD_INPUT, code: 'usage', message, hint: 'rig --help lists commands and options', issues: [] };
  return { exit: EXIT_BROKEN, code: 'internal', message: `The rig itself failed: ${message}`, hint: 'this is a defect of the rig; RIG_TRACE=1 shows where', issues: [] };
};

/** Writes the failure to standard error (or, for programs, the error document to standard output) and gives the exit code. */
export const reportFailure = (cause: unknown, json: boolean): number => {
  const failure = describe(cause);
  if (json) {
    const { exit, code, message, hint, issues } = failure;
    // bms-rig/error/1 knows exits 2 and 3; a stop is reported as 3 in the document and as 130 to the shell.
    process.stdout.write(`${JSON.stringify({ schema: 'bms-rig/error/1', exit: exit === EXIT_BAD_INPUT ? 2 : 3, error: { code, message, hint }, issues })}\n`);
  } else {
    for (const issue of failure.issues) process.stderr.write(`${issue.severity === 'warning' ? 'warning: ' : ''}${formatIssue(issue)}\n`);
    process.stderr.write(`rig: ${failure.message}${failure.hint === '' ? '' : `\n     ${failure.hint}`}\n`);
  }
  if (process.env['RIG_TRACE'] === '1' && cause instanceof Error) process.stderr.write(`${cause.stack}\n`);
  return failure.exit;
};
