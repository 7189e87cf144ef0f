/** `rig check`: reads and compiles scenarios and lists every mistake, all at once. */

import type { Argv } from 'yargs';
import { formatIssue, type Issue } from '../../../scenarios/contracts/issue.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { EXIT_BAD_INPUT } from '../failures.ts';

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', array: true, demandOption: true, describe: 'scenario files or folders' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON document on standard output' })
    .example('$0 check scenarios/regression', 'every mistake in the regression suite');

interface Args {
  readonly files: readonly string[];
  readonly json: boolean;
}

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

export const handle = async ({ files, json }: Args): Promise<number> => {
  const { cases, issues, fileCount } = compileFiles(files);
  const errors = issues.filter((issue: Issue) => issue.severity === 'error');
  const exit = errors.length > 0 ? EXIT_BAD_INPUT : 0;
  if (json) {
    process.stdout.write(`${JSON.stringify({ schema: 'bms-rig/check/1', exit, simulated: null, files: fileCount, cases: cases.length, issues })}\n`);
    return exit;
  }
  for (const issue of issues) process.stdout.write(`${issue.severity === 'warning' ? 'warning: ' : ''}${formatIssue(issue)}\n`);
  const warnings = issues.length - errors.length;
  process.stdout.write(`${count(fileCount, 'file')}, ${count(cases.length, 'case')}: ${count(errors.length, 'mistake')}, ${count(warnings, 'warning')}\n`);
  return exit;
};
