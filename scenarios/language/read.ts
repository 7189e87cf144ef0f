/** From a file's bytes to its scenarios, one for each point of its sweep, or to every mistake in it at once, each at its place. */

import { hash } from 'node:crypto';
import type { Issue, Place } from '../contracts/issue.ts';
import { answersIssues, isAnswersFile } from './answers.ts';
import { benchFileIssues, isBenchFile } from './bench/read.ts';
import { plain } from './node.ts';
import type { Node } from './node.ts';
import type { Source } from './places.ts';
import { expand } from './reuse/expand.ts';
import type { ExpandOptions, Variant } from './reuse/expand.ts';
import { fragmentFileIssues, isFragmentFile } from './reuse/fragment-file.ts';
import { findingIssue } from './rules/finding.ts';
import { MAX_ISSUES } from './rules/merged.ts';
import { deedFindings } from './rules/deeds.ts';
import { referenceFindings } from './rules/references.ts';
import { structureFindings } from './rules/structure.ts';
import { timeFindings } from './rules/times.ts';
import { quickShape, UNFIT } from './quick-shape.ts';
import { salvage } from './salvage.ts';
import type { Scenario } from './scenario.ts';
import { shapeIssues } from './shape-issues.ts';
import { scenarioShape } from './shape.ts';
import type { ScenarioContent, Step } from './shape.ts';
import { readText } from './source.ts';
import type { SourceFile } from './source.ts';
import { isStationFile, stationFileIssues } from './station/read.ts';
import { readTree } from './tree.ts';

export type { SourceFile } from './source.ts';
export type { Scenario } from './scenario.ts';

/** A file at one point of its sweep. */
export interface ReadVariant {
  /** `cell=2.7 V`; empty where nothing is swept. */
  readonly point: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Errors and warnings. */
  readonly issues: readonly Issue[];
  /** What could be read, so that later stages can add their Issues; null where nothing could. Sound only where no issue is an error. */
  readonly scenario: Scenario | null;
}

export interface ReadResult {
  /** Of the file as a whole, whatever the point. */
  readonly issues: readonly Issue[];
  /** None for a file that holds fragments alone, or none that can be read. */
  readonly variants: readonly ReadVariant[];
}

export type ReadOptions = Partial<ExpandOptions>;

const sha256 = (data: string | Uint8Array): string => hash('sha256', data);

/** The scenario's own bytes; where it includes others, the hash of all hashes. */
const hashOf = (bytes: Uint8Array, included: readonly { readonly bytes: Uint8Array }[]): string => {
  const own = sha256(bytes);
  return included.length === 0 ? own : sha256([own, ...included.map((file) => sha256(file.bytes))].join('\n'));
};

const withOrigins = (content: ScenarioContent, { origins }: Variant): ScenarioContent => ({
  ...content,
  steps: content.steps.map((step, index): Step => ({ ...step, ...origins[index] })),
});

const quickScenario = quickShape(scenarioShape);

const readVariant = ({ file, path = file }: SourceFile, hash: string, sources: readonly Source[], variant: Variant): ReadVariant => {
  const { root, point, parameters } = variant;
  const places = { sources, root };
  const value = plain(root);
  const quick = quickScenario(value);
  const parsed = quick === UNFIT ? scenarioShape.safeParse(value) : ({ success: true, data: quick } as const);
  const shape = parsed.success ? [] : shapeIssues(places, parsed.error.issues);
  const issuesOfShape = shape.map(({ issue }) => issue);
  // A file with that many mistakes is no scenario: nothing in it is worth judging further.
  if (shape.length > MAX_ISSUES) return { point, parameters, issues: issuesOfShape, scenario: null };
  const paths = shape.map(({ path }) => path);
  const rest = parsed.success ? { content: parsed.data, dropped: new Set<string>() } : salvage(value, paths);
  const content = rest === null ? null : withOrigins(rest.content, variant);
  const rules =
    rest === null || content === null
      ? []
      : [...timeFindings(content, rest.dropped), ...referenceFindings(content, rest.dropped), ...deedFindings(content, rest.dropped)];
  const findings = [...structureFindings(value, variant.origins), ...rules].map((finding) => findingIssue({ places }, finding));
  return { point, parameters, issues: [...issuesOfShape, ...findings], scenario: content && { ...content, file, path, hash, places } };
};

/** Without what only follows from an issue that is told elsewhere. */
const without = (variant: ReadVariant, following: readonly Place[]): ReadVariant => ({
  ...variant,
  issues: variant.issues.filter(
    (issue) => !following.some(({ file, line, col }) => issue.file === file && issue.line === line && issue.col === col),
  ),
});

const unreadable = (issues: readonly Issue[]): ReadResult => ({ issues, variants: [] });

const notAScenario = (file: string, node: Node): ReadResult => {
  const place = { file, line: 1, col: 1 };
  const message = `a scenario is a mapping of keys to values${node.kind === 'list' ? ', not a list' : ''}`;
  return unreadable([{ id: 'not-a-mapping', severity: 'error', ...place, message, hint: 'start with `scenario:` and one sentence' }]);
};

/** Reads one file. Never throws on any bytes. */
export const readScenario = (source: SourceFile, { bench = 'sim', load }: ReadOptions = {}): ReadResult => {
  const { file, bytes } = source;
  const text = readText(source);
  if (!text.ok) return unreadable(text.issues);
  const tree = readTree(file, text.text);
  const { root } = tree;
  if (root === null) return unreadable(tree.issues);
  if (root.kind !== 'map') return notAScenario(file, root);
  const options: ExpandOptions = load === undefined ? { bench } : { bench, load };
  const first = { file, bytes, root };
  if (isBenchFile(root)) return unreadable([...tree.issues, ...benchFileIssues(root, tree.source)]);
  if (isStationFile(root)) return unreadable([...tree.issues, ...stationFileIssues(root, tree.source)]);
  if (isAnswersFile(root)) return unreadable([...tree.issues, ...answersIssues(root, tree.source)]);
  if (isFragmentFile(root)) return unreadable([...tree.issues, ...fragmentFileIssues(first, tree.source, options)]);
  const { variants, sources, included, issues, following } = expand(first, text.text, tree.source, options);
  const hash = hashOf(bytes, included);
  const read = variants.map((variant) => readVariant(source, hash, sources, variant));
  return { issues: [...tree.issues, ...issues], variants: following.length === 0 ? read : read.map((one) => without(one, following)) };
};
