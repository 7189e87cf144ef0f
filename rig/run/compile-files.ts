/** From paths to cases: every file loaded, read and compiled, every mistake of every file collected. */

import { readAndCompile } from '../../scenarios/compile.ts';
import type { CompileResult } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { BENCH_KINDS, benchKind } from '../../scenarios/language/reuse/benches.ts';
import type { LoadFragments } from '../../scenarios/language/reuse/fragments.ts';
import { fragmentLoader } from './fragment-files.ts';
import { withPictures } from './pictures.ts';
import { loadScenarioFiles } from './scenario-files.ts';
import type { ScenarioSource } from './scenario-files.ts';
import { Twins } from './twins.ts';

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

/** `load`: that of the file, for whoever wants to know what it includes. */
export interface SourceOptions extends CompileOptions {
  readonly load?: LoadFragments;
}

const compiled = (source: ScenarioSource, bench: string, load: LoadFragments): CompileResult =>
  readAndCompile(source, { bench: benchKind(bench), load });

/** Without the file being read twice for nothing: only these words make it differ. */
const differsByBench = ({ bytes: { buffer, byteOffset, byteLength } }: ScenarioSource): boolean =>
  Buffer.from(buffer, byteOffset, byteLength).includes('benches');

const sameIssue = (a: Issue, b: Issue): boolean => a.id === b.id && a.file === b.file && a.line === b.line && a.col === b.col;

/** One file. No case where it has a mistake. */
export const compileSource = (
  source: ScenarioSource,
  { bench = 'sim', everyBench = false, load = fragmentLoader(source.file) }: SourceOptions = {},
): Omit<CompiledFiles, 'fileCount'> => {
  const result = compiled(source, bench, load);
  const { cases, issues: pictures } = withPictures(result.ok ? result.cases : []);
  const issues = [...result.issues, ...pictures];
  const elsewhere: Case[] = [];
  if (everyBench && differsByBench(source)) {
    for (const other of BENCH_KINDS.filter((kind) => kind !== benchKind(bench)).map((kind) => compiled(source, kind, load))) {
      issues.push(...other.issues.filter((issue) => !issues.some((known) => sameIssue(issue, known))));
      if (other.ok) elsewhere.push(...other.cases);
    }
  }
  return { cases, elsewhere, issues };
};

export const compileFiles = (paths: readonly string[], options: CompileOptions = {}): CompiledFiles => {
  const { sources, issues } = loadScenarioFiles(paths);
  const all: Issue[] = [...issues];
  const cases: Case[] = [];
  const elsewhere: Case[] = [];
  const twins = new Twins();
  for (const source of sources) {
    const one = compileSource(source, options);
    const { kept, issues: twice } = twins.take(one.cases);
    all.push(...one.issues, ...twice);
    cases.push(...one.cases.slice(0, kept));
    elsewhere.push(...one.elsewhere);
  }
  return { cases, elsewhere, issues: all, fileCount: sources.length };
};
