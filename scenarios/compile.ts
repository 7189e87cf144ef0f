/** The way from a scenario file to cases in one step, with every mistake of the file and of its meaning at once. */

import { compile } from './compile/compile.ts';
import type { CompileResult } from './compile/compile.ts';
import { readScenario } from './language/read.ts';
import type { SourceFile } from './language/source.ts';
import { inOrder } from './language/rules/finding.ts';

export { caseId, compile } from './compile/compile.ts';
export type { CompileResult } from './compile/compile.ts';
export { readScenario } from './language/read.ts';
export type { ReadResult, Scenario, SourceFile } from './language/read.ts';

/** Reads and compiles one file; never throws on any bytes. */
export const readAndCompile = (source: SourceFile): CompileResult => {
  const read = readScenario(source);
  if (!read.ok) {
    const more = read.rest === null ? [] : compile(read.rest).issues;
    const known = new Set(read.issues.map(({ line, col }) => `${line}:${col}`));
    // What stands at a place that is known to be wrong only follows from it.
    return { ok: false, issues: inOrder([...read.issues, ...more.filter(({ line, col }) => !known.has(`${line}:${col}`))]) };
  }
  const compiled = compile(read.scenario);
  return { ...compiled, issues: inOrder([...read.issues, ...compiled.issues]) };
};
