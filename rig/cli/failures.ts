/** How bad news reaches the person or program that called: one message with what to do, or one JSON document, and the exit code. */

import type { Issue } from '../../scenarios/contracts/issue.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import { issueLine } from './issue-lines.ts';
import { Stopped } from './stop.ts';
import type { Surroundings } from './surroundings.ts';
import { howMany } from '../../reports/render/how-many.ts';

const HELP_HINT = 'rig --help lists commands and options';

/** A wrong option or argument. */
export class UsageError extends Error {
  readonly hint: string;
  constructor(message: string, hint = HELP_HINT) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}

/** One or more mistakes in the author's files. */
export class IssuesError extends Error {
  readonly issues: readonly Issue[];
  constructor(issues: readonly Issue[], what = 'scenario files') {
    const mistakes = issues.filter(({ severity }) => severity === 'error').length;
    super(`${howMany(mistakes, 'mistake')} in the ${what}; nothing was run.`);
    this.name = 'IssuesError';
    this.issues = issues;
  }
}

export const EXIT_BAD_INPUT = 2;
export const EXIT_BROKEN = 3;
export const EXIT_STOPPED = 130;

/** Codes whose cause is what the caller handed in, not the bench. */
const BAD_INPUT: readonly RigErrorCode[] = [
  'imageBad',
  'imageTooLarge',
  'optionBad',
  'fileUnreadable',
  'outUnwritable',
  'runFolderClash',
  'runMissing',
  'recordDamaged',
  'recordNewer',
  'archiveDamaged',
  'archiveNewer',
  'archiveUnwritable',
  'chainDamaged',
  'keyUnusable',
  'calibrationBad',
  'programmerMissing',
  'boardMismatch',
  'browserMissing',
  'browserFailed',
  'labelRefused',
];

interface Failure {
  readonly exit: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly issues: readonly Issue[];
}

const usage = (message: string, hint: string): Failure => ({ exit: EXIT_BAD_INPUT, code: 'usage', message, hint, issues: [] });

const describe = (cause: unknown): Failure => {
  if (cause instanceof IssuesError) {
    return {
      exit: EXIT_BAD_INPUT,
      code: 'issues',
      message: cause.message,
      hint: 'mend the places named and run again',
      issues: cause.issues,
    };
  }
  if (cause instanceof UsageError) return usage(cause.message, cause.hint);
  if (cause instanceof Stopped) return { exit: EXIT_STOPPED, code: 'stopped', message: cause.message, hint: cause.hint, issues: [] };
  if (cause instanceof RigError) {
    return {
      exit: BAD_INPUT.includes(cause.code) ? EXIT_BAD_INPUT : EXIT_BROKEN,
      code: cause.code,
      message: cause.message,
      hint: cause.hint,
      issues: [],
    };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return {
    exit: EXIT_BROKEN,
    code: 'internal',
    message: `The rig itself failed: ${message}`,
    hint: 'this is a defect of the rig; RIG_TRACE=1 shows where',
    issues: [],
  };
};

/** Writes the failure to standard error (or, for programs, the error document to standard output) and gives the exit code. */
export const reportFailure = async (cause: unknown, json: boolean, { out, err, env }: Surroundings): Promise<number> => {
  const { exit, code, message, hint, issues } = describe(cause);
  if (json) {
    const { toErrorDocument } = await import('../../reports/json.ts');
    // bms-rig/error/1 knows exits 2 and 3; a stop is 3 in the document and 130 to the shell.
    out.write(`${JSON.stringify(toErrorDocument(exit === EXIT_BAD_INPUT ? 2 : 3, { code, message, hint }, issues))}\n`);
  } else {
    for (const issue of issues) err.write(issueLine(issue));
    err.write(`rig: ${message}${hint === '' ? '' : `\n     ${hint}`}\n`);
  }
  if (env['RIG_TRACE'] === '1' && cause instanceof Error) err.write(`${cause.stack}\n`);
  return exit;
};
