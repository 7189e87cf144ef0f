/** The scenarios that settle what the rulings leave open and measure what they only bound: those beside this file. */

import { fileURLToPath } from 'node:url';
import type { Case } from '../../../scenarios/contracts/case.ts';
import { compileFiles } from '../../run/compile-files.ts';

/** Throws where one does not compile. */
export const learnCases = (): readonly Case[] => {
  const { cases, issues } = compileFiles([fileURLToPath(new URL('.', import.meta.url))]);
  const [error] = issues.filter(({ severity }) => severity === 'error');
  if (error !== undefined) throw new Error(`${error.file}:${error.line}: ${error.message}`);
  return cases;
};
