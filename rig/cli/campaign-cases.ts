/** The cases a campaign runs: those asked for, else every suite that comes with the package; checked before anything runs. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { checkCases } from '../check/check-cases.ts';
import { compileFiles } from '../run/compile-files.ts';
import { isSlow } from '../run/suites.ts';
import { IssuesError } from './failures.ts';
import { issueLine } from './issue-lines.ts';
import type { Surroundings } from './surroundings.ts';

/** With the one case that takes hands, which the simulated bench has: some units are bad there alone. */
const SUITES = ['eol', 'regression', 'endurance', 'full/either-end.yaml'] as const;

/** The suites of the working directory, else the package's own. */
const allSuites = (): readonly string[] =>
  SUITES.map((suite) => {
    const here = path.join('scenarios', suite);
    return existsSync(here) ? here : path.relative('', fileURLToPath(new URL(`../../scenarios/${suite}`, import.meta.url)));
  });

/** The warnings of cases that were compiled with `read`. Throws IssuesError for mistakes. */
export const soundOrThrow = (cases: readonly Case[], read: readonly Issue[]): readonly Issue[] => {
  const issues = [...read, ...checkCases(cases)];
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  return issues;
};

/** Throws IssuesError for mistakes in the files; warnings are told. */
export const campaignCases = (files: readonly string[] | undefined, json: boolean, { err }: Surroundings): readonly Case[] => {
  const named = files !== undefined && files.length > 0;
  const { cases: all, issues: read } = compileFiles(named ? files : allSuites());
  const cases = named ? all : all.filter((one) => !isSlow(one));
  const issues = soundOrThrow(cases, read);
  if (!json) for (const issue of issues) err.write(issueLine(issue));
  return cases;
};
