/** The committed suites as cases, for campaigns and their samples. */

import { fileURLToPath } from 'node:url';
import type { Case } from '../../scenarios/contracts/case.ts';
import { compileFiles } from './compile-files.ts';

const at = (suite: string): string => fileURLToPath(new URL(`../../scenarios/${suite}`, import.meta.url));

/** Every case of the suites named. Throws when one does not compile. */
export const suiteCases = (...suites: readonly string[]): readonly Case[] => {
  const { cases, issues } = compileFiles(suites.map(at));
  const [error] = issues.filter(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`${error.file}:${error.line}: ${error.message}`);
  return cases;
};
