/** The way from a scenario file to its cases in one step, with every mistake of the file and of its meaning at once. */

import { compile } from './compile/compile.ts';
import type { Case } from './contracts/case.ts';
import type { Issue } from './contracts/issue.ts';
import { readScenario } from './language/read.ts';
import type { ReadOptions, ReadVariant } from './language/read.ts';
import type { SourceFile } from './language/source.ts';
import { acrossPoints, readable } from './language/rules/merged.ts';

export { caseId } from './compile/compile.ts';
export { readScenario } from './language/read.ts';
export type { ReadOptions, ReadResult, Scenario, SourceFile } from './language/read.ts';

export type CompileResult =
  /** The issues are warnings. No case where the file holds fragments alone. */
  | { readonly ok: true; readonly cases: readonly Case[]; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly Issue[] };

interface CompiledVariant {
  readonly point: string;
  readonly issues: readonly Issue[];
  readonly compiled: Case | null;
}

const placeText = ({ file, line, col }: Issue): string => `${file}:${line}:${col}`;
const isError = ({ severity }: Issue): boolean => severity === 'error';

const compileVariant = ({ point, parameters, issues, scenario }: ReadVariant): CompiledVariant => {
  if (scenario === null) return { point, issues, compiled: null };
  const result = compile(scenario, point, parameters);
  if (!issues.some(isError)) return { point, issues: [...issues, ...result.issues], compiled: result.case };
  const known = new Set(issues.map(placeText));
  // What stands at a place that is known to be wrong only follows from it.
  const more = result.issues.filter((issue) => !known.has(placeText(issue)));
  return { point, issues: [...issues, ...more], compiled: null };
};

/** At some points of a sweep a step may well set what stands already, and of a file with mistakes nobody knows what was meant to. */
const withoutSomeIdle = (variants: readonly CompiledVariant[], hasErrors: boolean): readonly CompiledVariant[] => {
  if (variants.length < 2 && !hasErrors) return variants;
  const places = variants.map(({ issues }) => new Set(issues.filter(({ id }) => id === 'does-nothing').map(placeText)));
  return variants.map((one) => ({
    ...one,
    issues: one.issues.filter((issue) => issue.id !== 'does-nothing' || (!hasErrors && places.every((all) => all.has(placeText(issue))))),
  }));
};

/** Reads and compiles one file; never throws on any bytes. */
export const readAndCompile = (source: SourceFile, options: ReadOptions = {}): CompileResult => {
  const read = readScenario(source, options);
  const compiled = read.variants.map(compileVariant);
  const variants = withoutSomeIdle(
    compiled,
    [read, ...compiled].some((one) => one.issues.some(isError)),
  );
  const known = new Set(read.issues.map(placeText));
  // What stands at a place that could not be put together only follows from it.
  const own = acrossPoints(variants).filter((issue) => !known.has(placeText(issue)));
  const issues = readable(source.file, [...read.issues, ...own]);
  if (issues.some(isError)) return { ok: false, issues };
  return { ok: true, cases: variants.flatMap(({ compiled }) => (compiled === null ? [] : [compiled])), issues };
};
