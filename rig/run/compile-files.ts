/** From paths to cases: every file loaded, read and compiled, every mistake of every file collected. */

import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { loadScenarioFiles } from './scenario-files.ts';

export interface CompiledFiles {
  readonly cases: readonly Case[];
  /** Errors and warnings, in the order of the files. */
  readonly issues: readonly Issue[];
  readonly fileCount: number;
}

export const compileFiles = (paths: readonly string[]): CompiledFiles => {
  const { sources, issues } = loadScenarioFiles(paths);
  const all: Issue[] = [...issues];
  const cases: Case[] = [];
  const firstWith = new Map<string, Case>();
  for (const source of sources) {
    const compiled = readAndCompile(source);
    all.push(...compiled.issues);
    if (!compiled.ok) continue;
    for (const one of compiled.cases) {
      const twin = firstWith.get(one.id);
      if (twin !== undefined) {
        const { file, line, col } = one.place;
        all.push({
          id: 'duplicate-case',
          severity: 'error',
          file,
          line,
          col,
          message: `The case id ${one.id} is also that of ${twin.place.file}.`,
          hint: 'rename one of the files',
        });
        continue;
      }
      firstWith.set(one.id, one);
      cases.push(one);
    }
  }
  return { cases, issues: all, fileCount: sources.length };
};
