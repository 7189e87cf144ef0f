/** Fragments, in files that hold nothing else, that no scenario includes: among the files checked, or where one could lie that does. */

import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { placeIn } from '../../scenarios/language/places.ts';
import { isFragmentFile } from '../../scenarios/language/reuse/fragment-file.ts';
import { includesIn } from '../../scenarios/language/reuse/includes.ts';
import { fragmentsIn } from '../../scenarios/language/reuse/unused.ts';
import { readText } from '../../scenarios/language/source.ts';
import { readTree, type TreeResult } from '../../scenarios/language/tree.ts';
import { loadScenarioFiles, type ScenarioSource } from '../run/scenario-files.ts';

/** Where there are more, nobody is told that none of them includes it. */
const MOST_BESIDE = 2_000;

const treeOf = ({ file, bytes }: Pick<ScenarioSource, 'file' | 'bytes'>): TreeResult | null => {
  const text = readText({ file, bytes });
  return text.ok ? readTree(file, text.text) : null;
};

const entriesOf = (folder: string) => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
};

const scenariosIn = (folder: string): readonly string[] =>
  entriesOf(folder).flatMap((one) => (one.isFile() && /\.ya?ml$/u.test(one.name) ? [path.join(folder, one.name)] : []));

/** Files that may include one of this folder: in it, in the folder around it, and in those beside it. */
const filesBeside = (folder: string): readonly string[] => {
  const around = path.dirname(folder);
  const beside = entriesOf(around).flatMap((one) => (one.isDirectory() ? [path.join(around, one.name)] : []));
  return [around, ...beside].flatMap(scenariosIn);
};

/** The names of fragments of `file` that a scenario includes; null where that cannot be told by looking. */
const namedBy = (scenario: ScenarioSource, file: string): readonly string[] | null => {
  if (scenario.path !== file && !Buffer.from(scenario.bytes).includes(path.basename(file))) return [];
  const root = treeOf(scenario)?.root ?? null;
  const all = root === null ? [] : includesIn(root);
  if (all.some((one) => one.includes('$'))) return null;
  return all.flatMap((one) => {
    const [from, name] = one.includes('#') ? one.split('#') : ['', one];
    const meant = from === '' ? scenario.path : path.resolve(path.dirname(scenario.path), from!);
    return meant === file && name !== undefined ? [name] : [];
  });
};

function lonelyIn(one: ScenarioSource, { root, source }: TreeResult, checked: readonly ScenarioSource[]): readonly Issue[] {
  const known = new Set(checked.map((each) => each.path));
  const beside = filesBeside(path.dirname(one.path)).filter((file) => !known.has(file));
  if (root === null || beside.length > MOST_BESIDE) return [];
  const names = [...checked, ...loadScenarioFiles(beside).sources].map((each) => namedBy(each, one.path));
  if (names.includes(null)) return [];
  const included = new Set(names.flatMap((each) => each ?? []));
  return fragmentsIn(root).flatMap(({ key, keyAt }): Issue[] => {
    if (included.has(key)) return [];
    const message = `no scenario here or in a folder beside includes the fragment "${key}"`;
    const hint = `write include: ${path.basename(one.file)}#${key} where it belongs, or take it out`;
    return [{ id: 'unused-fragment', severity: 'warning', ...placeIn([source], keyAt), message, hint }];
  });
}

/** Without reading a tree of each scenario that has fragments of its own. */
const mayBeFragmentFile = ({ bytes }: ScenarioSource): boolean => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return text.includes('fragments') && !text.includes('\nscenario:') && !text.subarray(0, 9).equals(Buffer.from('scenario:'));
};

/** A warning each, in the order of the files: another scenario may be meant to include it one day. */
export const lonelyFragments = (checked: readonly ScenarioSource[]): readonly Issue[] =>
  checked.flatMap((one) => {
    if (!mayBeFragmentFile(one)) return [];
    const tree = treeOf(one);
    return tree !== null && tree.root !== null && isFragmentFile(tree.root) ? lonelyIn(one, tree, checked) : [];
  });
