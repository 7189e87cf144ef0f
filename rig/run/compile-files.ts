/** From paths to cases: every file loaded, read and compiled, every mistake of every file collected. */

import { readAndCompile } from '../../scenarios/compile.ts';
import type { CompileResult } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { BENCH_KINDS, benchKind } from '../../scenarios/language/reuse/benches.ts';
import { fragmentLoader } from './fragment-files.ts';
import { loadScenarioFiles } from './scenario-files.ts';
import type { ScenarioSource } from './scenario-files.ts';

export interface CompiledFiles {
  readonly cases: readonly Case[];
  /** The same cases as other benches would get them, where a file gives parameters another value there; only asked for by `everyBench`. */
  readonly elsewhere: readonly Case[];
  /** Errors and warnings, in the order of the files. */
  readonly issues: readonly Issue[];
  readonly fileCount: number;
}

export interface CompileOptions {
  /** As given with --bench: parameters may differ from one kind of bench to another. */
  readonly bench?: string;
  /** Looks at what every kind of bench would get. */
  readonly everyBench?: boolean;
}

const compiled = (source: ScenarioSource, bench: string): CompileResult =>
  readAndCompile(source, { bench: benchKind(bench), load: fragmentLoader(source.file) });

/** Without the file being read twice for nothing: only these words make it differ. */
const differsByBench = ({ bytes }: ScenarioSource): boolean => Buffer.from(bytes).includes('benches');

const sameIssue = (a: Issue, b: Issue): boolean => a.id === b.id && a.file === b.file && a.line === b.line && a.col === b.col;

const duplicate = ({ id, place }: Case, twin: Case): Issue => ({
  id: 'duplicate-case',
  severity: 'error',
  ...place,
  message: `The case id ${id} is also that of ${twin.place.file}.`,
  hint: 'rename one of the files',
});

export const compileFiles = (paths: readonly string[], { bench = 'sim', everyBench = false }: CompileOptions = {}): CompiledFiles => {
  const { sources, issues } = loadScenarioFiles(paths);
  const all: Issue[] = [...issues];
  const cases: Case[] = [];
  const elsewhere: Case[] = [];
  const firstWith = new Map<string, Case>();
  for (const source of sources) {
    const result = compiled(source, bench);
    const found = [...result.issues];
    if (everyBench && differsByBench(source)) {
      for (const other of BENCH_KINDS.filter((kind) => kind !== benchKind(bench)).map((kind) => compiled(source, kind))) {
        found.push(...other.issues.filter((issue) => !found.some((known) => sameIssue(issue, known))));
        if (other.ok) elsewhere.push(...other.cases);
      }
    }
    all.push(...found);
    if (!result.ok) continue;
    for (const one of result.cases) {
      const twin = firstWith.get(one.id);
      if (twin !== undefined) {
        all.push(duplicate(one, twin));
        // One message tells all: the points of a sweep are as many twins.
        break;
      }
      firstWith.set(one.id, one);
      cases.push(one);
    }
  }
  return { cases, elsewhere, issues: all, fileCount: sources.length };
};
