/** From zod's refusals to Issues with places: the closest branch of a union speaks, unknown keys stand at the key, missing ones at their mapping. */

import type { core } from 'zod';
import type { Issue, Place } from '../contracts/issue.ts';
import { KEY_SEPARATOR } from './fields.ts';
import type { RefusalParams } from './fields.ts';
import { wordHint } from './nearest.ts';
import { nodeAt } from './node.ts';
import { isMissing, keyPlaceAt, placeAt } from './places.ts';
import type { Places } from './places.ts';
import type { RuleId } from '../rules.ts';

type ShapeIssue = core.$ZodIssue;

/** Guessing what a key was meant to be takes time; nobody reads more of them than this. */
const MAX_HINTS = 100;

export interface Placed {
  readonly issue: Issue;
  readonly path: readonly PropertyKey[];
}

const paramsOf = (issue: ShapeIssue): Partial<RefusalParams> =>
  issue.code === 'custom' ? ((issue.params ?? {}) as Partial<RefusalParams>) : {};

/** How far a branch is from what was written: another kind of value is farthest, then a key it does not know, then one it misses. */
const distance = (issues: readonly ShapeIssue[]): number =>
  issues.reduce((sum, issue) => {
    if (issue.code === 'invalid_union') return sum + Math.min(...issue.errors.map(distance));
    if (paramsOf(issue).elsewhere === true) return sum + 1_000;
    if (issue.path.length === 0 && (issue.code === 'invalid_type' || paramsOf(issue).mismatch === true)) return sum + 1_000;
    if (issue.code === 'unrecognized_keys') return sum + 10 * issue.keys.length;
    if (issue.code === 'invalid_key') return sum + 10;
    return sum + (paramsOf(issue).id === 'missing-value' ? 8 : 1);
  }, 0);

const closest = (branches: readonly (readonly ShapeIssue[])[]): readonly ShapeIssue[] =>
  branches.reduce((best, branch) => (distance(branch) < distance(best) ? branch : best));

/** Unions replaced by their closest branch, paths made absolute. */
const flatten = (issue: ShapeIssue, above: readonly PropertyKey[]): readonly ShapeIssue[] => {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ ...issue, path }];
  return closest(issue.errors).flatMap((inner) => flatten(inner, path));
};

const label = (path: readonly PropertyKey[]): string => {
  const last = path.at(-1);
  return typeof last === 'number'
    ? `item ${last + 1} of ${String(path.at(-2) ?? 'the list')}`
    : last === undefined
      ? 'the file'
      : `"${String(last)}"`;
};

const article = (kind: string): string =>
  kind === 'array' ? 'a list' : kind === 'object' ? 'a mapping' : kind === 'string' ? 'a text' : `a ${kind}`;

const pathKey = (path: readonly PropertyKey[]): string => path.join('\n');

/** A scenario that covers nothing has a rule of its own, however it says so. */
const lacking = (path: readonly PropertyKey[], id: 'missing-key' | 'empty-list'): RuleId =>
  path.length === 1 && path[0] === 'covers' ? 'no-covers' : id;

const keyHint = (key: string, known: readonly string[]): string => {
  if (key.includes('$')) return 'a parameter stands in values, never in keys: write the key out';
  // Of `cells: 2,7 V` between braces YAML makes a value and another key.
  return /^\d+ ?\p{L}+$/u.test(key) ? 'a decimal has a point, not a comma, e.g. 2.7 V' : wordHint(key, known);
};

/** `wait 3 s` where `wait: 3 s` was meant. */
const colonHint = (places: Places, path: readonly PropertyKey[]): string => {
  const node = nodeAt(places.root, path);
  const [, key, value] = (node?.kind === 'scalar' && typeof node.value === 'string' && /^(\w+)[ =]+(.+)$/u.exec(node.value)) || [];
  return key === undefined ? '' : `a key has a colon behind it, e.g. ${key}: ${value}`;
};

const placed = (places: Places, issue: ShapeIssue): readonly Placed[] => {
  const { path } = issue;
  const make = (place: Place, id: RuleId, message: string, hint: string, at = path): Placed => ({
    issue: { id, severity: 'error', ...place, message, hint },
    path: at,
  });
  if (issue.code === 'unrecognized_keys') {
    const known = issue.message.split(KEY_SEPARATOR);
    return issue.keys.map((key, index) => {
      const at = [...path, key];
      return make(keyPlaceAt(places, at), 'unknown-key', `"${key}" is not a key here`, index < MAX_HINTS ? keyHint(key, known) : '', at);
    });
  }
  if (issue.code === 'invalid_key')
    return [make(keyPlaceAt(places, path), 'unknown-key', `"${String(path.at(-1))}" is not a key here`, KEYED_HINT)];
  if (isMissing(places, path)) {
    const example = paramsOf(issue).hint ?? '';
    return [
      make(placeAt(places, path), lacking(path, 'missing-key'), `${label(path)} is missing`, KEY_HINTS[String(path.at(-1))] ?? example),
    ];
  }
  const { id, hint } = paramsOf(issue);
  if (id !== undefined) return [make(placeAt(places, path), id, issue.message, hint ?? '')];
  if (issue.code === 'invalid_type')
    return [
      make(
        placeAt(places, path),
        'wrong-kind',
        `${label(path)} must be ${article(issue.expected)}`,
        issue.expected === 'object' ? colonHint(places, path) : '',
      ),
    ];
  if (issue.code === 'too_small')
    return [
      make(placeAt(places, path), lacking(path, 'empty-list'), `${label(path)} is an empty list`, KEY_HINTS[String(path.at(-1))] ?? ''),
    ];
  return [make(placeAt(places, path), 'wrong-kind', `${label(path)}: ${issue.message}`, '')];
};

const KEYED_HINT = 'by number: battery 2, cell 3, battery 2 cell 3';

const KEY_HINTS: Readonly<Record<string, string>> = {
  scenario: 'start with `scenario:` and one sentence',
  covers: 'name the requirements it shows, e.g. covers: [LOAD-UV]',
};

/** A key that is missing because it was misspelt is one mistake: the misspelling. */
const withoutEchoes = (issues: readonly Placed[]): readonly Placed[] => {
  const meant = new Set(
    issues.flatMap(({ issue: { id, hint }, path }) => {
      const guess = id === 'unknown-key' ? /^did you mean (.+)\?$/u.exec(hint)?.[1] : undefined;
      return guess === undefined ? [] : [pathKey([...path.slice(0, -1), guess])];
    }),
  );
  return issues.filter(({ issue, path }) => (issue.id !== 'missing-key' && issue.id !== 'no-covers') || !meant.has(pathKey(path)));
};

export const shapeIssues = (places: Places, issues: readonly ShapeIssue[]): readonly Placed[] =>
  withoutEchoes(issues.flatMap((issue) => flatten(issue, [])).flatMap((issue) => placed(places, issue)));
