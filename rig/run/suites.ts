/** The committed suites as cases, for campaigns and their samples. */

import { fileURLToPath } from 'node:url';
import type { Case } from '../../scenarios/contracts/case.ts';
import { compileFiles } from './compile-files.ts';

const at = (suite: string): string => fileURLToPath(new URL(`../../scenarios/${suite}`, import.meta.url));

/** A case that takes hours of unit time is asked for by name only. */
export const SLOW_TAG = 'slow';
export const isSlow = ({ tags }: Case): boolean => tags.includes(SLOW_TAG);

/** Every case of the suites named. Throws when one does not compile. */
export const everyCase = (...suites: readonly string[]): readonly Case[] => {
  const { cases, issues } = compileFiles(suites.map(at));
  const [error] = issues.filter(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`${error.file}:${error.line}: ${error.message}`);
  return cases;
};

/** The same without the slow ones. */
export const suiteCases = (...suites: readonly string[]): readonly Case[] => everyCase(...suites).filter((one) => !isSlow(one));
