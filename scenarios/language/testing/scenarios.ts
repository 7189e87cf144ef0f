/** Scenarios written in a test: their cases, what these ask for, or their issues in short. */

import { readAndCompile } from '../../compile.ts';
import type { CompileResult, ReadOptions } from '../../compile.ts';
import type { Case } from '../../contracts/case.ts';
import { formatIssue } from '../../contracts/issue.ts';
import type { LoadFragments } from '../reuse/fragments.ts';

/** Two lines every scenario begins with. */
export const HEAD = 'scenario: A title\ncovers: [REACTION]\n';
const FILE = 'suite/one.yaml';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Files beside the scenario, by name. */
export const beside =
  (files: Readonly<Record<string, string>>): LoadFragments =>
  (_from, path) => {
    const text = files[path];
    if (text === undefined) return { ok: false, id: 'include-missing', message: `${path} does not exist`, hint: '' };
    return { ok: true, source: { file: path, bytes: bytes(text) } };
  };

export const read = (text: string, options: ReadOptions = {}): CompileResult => readAndCompile({ file: FILE, bytes: bytes(text) }, options);

/** Of what follows the head. Throws for an issue. */
export const cases = (body: string, options: ReadOptions = {}): readonly Case[] => {
  const result = read(HEAD + body, options);
  if (!result.ok) throw new Error(result.issues.map(formatIssue).join('\n'));
  return result.cases;
};

export const one = (body: string, options: ReadOptions = {}): Case => {
  const [only, ...more] = cases(body, options);
  if (only === undefined || more.length > 0) throw new Error(`${more.length + 1} cases instead of one`);
  return only;
};

/** What the fixture is asked to do after power-up, entry by entry. */
export const asked = ({ timeline }: Case) =>
  timeline.entries.slice(2).map(({ id, bounds_us, do: action }) => ({ id, at_us: bounds_us[0], action }));

/** `line:col id` of each, with the file where it is another one. */
export const issuesOf = (text: string, options: ReadOptions = {}): readonly string[] =>
  read(text, options).issues.map(({ file, line, col, id }) => `${file === FILE ? '' : `${file} `}${line}:${col} ${id}`);
