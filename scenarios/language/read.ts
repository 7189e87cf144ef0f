/** From a file's bytes to a scenario, or to every mistake in it at once, each at its place. */

import { createHash } from 'node:crypto';
import type { Issue } from '../contracts/issue.ts';
import { findingIssue, inOrder } from './rules/finding.ts';
import { referenceFindings } from './rules/references.ts';
import { structureFindings } from './rules/structure.ts';
import { timeFindings } from './rules/times.ts';
import { salvage } from './salvage.ts';
import type { Scenario } from './scenario.ts';
import { shapeIssues } from './shape-issues.ts';
import { scenarioShape } from './shape.ts';
import { readText } from './source.ts';
import type { SourceFile } from './source.ts';
import { readTree } from './tree.ts';

export type { SourceFile } from './source.ts';
export type { Scenario } from './scenario.ts';

export type ReadResult =
  /** The issues are warnings. */
  | { readonly ok: true; readonly scenario: Scenario; readonly issues: readonly Issue[] }
  /** `rest`: what could be read, so that later stages can add their Issues; null where nothing could. */
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly rest: Scenario | null };

const MAX_ISSUES = 100;

/** In the order of the file, and not more than a person reads. */
const report = (file: string, issues: readonly Issue[]): readonly Issue[] => {
  const sorted = inOrder(issues);
  const first = sorted.slice(0, MAX_ISSUES);
  const last = first.at(-1);
  if (sorted.length === first.length || last === undefined) return sorted;
  const message = `${sorted.length - first.length} more mistakes follow`;
  return [...first, { id: 'more', severity: 'error', file, line: last.line, col: last.col, message, hint: 'mend these first' }];
};

/** Reads one scenario file. Never throws on any bytes. */
export const readScenario = (source: SourceFile): ReadResult => {
  const { file } = source;
  const text = readText(source);
  if (!text.ok) return { ok: false, issues: text.issues, rest: null };
  const { tree, issues: treeIssues } = readTree(file, text.text);
  if (tree === null) return { ok: false, issues: treeIssues, rest: null };
  if (typeof tree.value !== 'object' || tree.value === null || Array.isArray(tree.value)) {
    const message = 'a scenario is a mapping of keys to values';
    return {
      ok: false,
      issues: [{ id: 'not-a-mapping', severity: 'error', file, line: 1, col: 1, message, hint: 'start with `scenario:` and one sentence' }],
      rest: null,
    };
  }

  const parsed = scenarioShape.safeParse(tree.value);
  const shape = parsed.success ? [] : shapeIssues(tree.places, parsed.error.issues);
  // A file with that many mistakes is no scenario: nothing in it is worth judging further.
  const rest =
    shape.length > MAX_ISSUES
      ? null
      : parsed.success
        ? { content: parsed.data, dropped: new Set<string>() }
        : salvage(
            tree.value,
            shape.map(({ path }) => path),
          );
  const hash = createHash('sha256').update(source.bytes).digest('hex');
  const structure = rest === null && shape.length > MAX_ISSUES ? [] : structureFindings(tree.value);
  const rules = rest === null ? [] : [...timeFindings(rest.content, rest.dropped), ...referenceFindings(rest.content, rest.dropped)];
  const findings = [...structure, ...rules].map((finding) => findingIssue(tree, finding));
  const issues = report(file, [...treeIssues, ...shape.map(({ issue }) => issue), ...findings]);
  const scenario = rest === null ? null : { ...rest.content, file, hash, places: tree.places };
  if (scenario !== null && !issues.some(({ severity }) => severity === 'error')) return { ok: true, scenario, issues };
  return { ok: false, issues, rest: scenario };
};
