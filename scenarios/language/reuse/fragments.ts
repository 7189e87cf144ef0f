/** Fragments: pieces of a scenario with a name and parameters of their own, in the scenario's file or in one that fragments alone are in. */

import type { Issue } from '../../contracts/issue.ts';
import { childOf, entryOf } from '../node.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../node.ts';
import { wordHint } from '../nearest.ts';
import type { Source } from '../places.ts';
import { readText } from '../source.ts';
import type { SourceFile } from '../source.ts';
import { readTree } from '../tree.ts';
import { PARAMETER_NAME } from './substitute.ts';
import { Troubles } from './trouble.ts';
import type { RuleId } from '../../rules.ts';

/** What a fragment may hold. */
export const FRAGMENT_PARTS = ['given', 'steps', 'expect', 'measure'] as const;
export type FragmentPart = (typeof FRAGMENT_PARTS)[number];

/** Brings a file that an `include` names; the path is relative to the file that names it. Refuses what lies outside the scenarios' folder. */
export type LoadFragments = (
  from: string,
  path: string,
) =>
  | { readonly ok: true; readonly source: SourceFile }
  | { readonly ok: false; readonly id: RuleId; readonly message: string; readonly hint: string };

export const NOTHING_TO_LOAD: LoadFragments = () => ({
  ok: false,
  id: 'include-missing',
  message: 'no other file can be included here',
  hint: 'write the fragment under fragments: in this file',
});

/** A file of the scenario, read: number 0 is the scenario itself. */
export interface LoadedFile {
  readonly file: string;
  readonly root: Node;
  readonly bytes: Uint8Array;
}

const MAX_FILES = 64;

/** Every file a scenario is made of, each read once. */
export class Library {
  readonly sources: Source[];
  readonly files: LoadedFile[];
  readonly issues: Issue[] = [];
  readonly troubles = new Troubles();
  private readonly load: LoadFragments;
  private readonly byPath = new Map<string, LoadedFile | null>();

  constructor(first: LoadedFile, source: Source, load: LoadFragments) {
    this.files = [first];
    this.sources = [source];
    this.load = load;
  }

  /** The file that `path` names as seen from `from`; null with a trouble noted at `at`. */
  file(from: LoadedFile, path: string, at: Node): LoadedFile | null {
    const loaded = this.load(from.file, path);
    if (!loaded.ok) {
      this.troubles.add(loaded.id, at.at, loaded.message, loaded.hint);
      return null;
    }
    const { file, bytes } = loaded.source;
    const known = this.byPath.get(file);
    if (known !== undefined) return known;
    if (this.files.length >= MAX_FILES) {
      this.troubles.add('too-large', at.at, `a scenario is made of at most ${MAX_FILES} files`, 'put fragments together in one file');
      return null;
    }
    const read = this.read(loaded.source);
    this.byPath.set(file, read === null ? null : { file, bytes, root: read });
    if (read !== null) this.files.push({ file, bytes, root: read });
    return this.byPath.get(file) ?? null;
  }

  private read(source: SourceFile): Node | null {
    const text = readText(source);
    if (!text.ok) {
      this.issues.push(...text.issues);
      return null;
    }
    const tree = readTree(source.file, text.text, this.sources.length);
    this.sources.push(tree.source);
    this.issues.push(...tree.issues);
    return tree.root;
  }
}

/** A fragment and the file it stands in. */
export interface Fragment {
  readonly name: string;
  readonly home: LoadedFile;
  readonly node: MapNode;
}

const named = (home: LoadedFile, name: string, at: Node, troubles: Troubles): Fragment | null => {
  const all = childOf(home.root, 'fragments');
  const known = all?.kind === 'map' ? all.entries.map(({ key }) => key) : [];
  const node = childOf(all, name);
  if (node?.kind === 'map') return { name, home, node };
  const hint = known.length === 0 ? `${home.file} has no fragments:` : wordHint(name, known);
  troubles.add('unknown-fragment', at.at, `there is no fragment "${name}"`, hint);
  return null;
};

/** The fragment that `trip` (in this file) or `supply.yaml#trip` names. */
export const findFragment = (library: Library, from: LoadedFile, node: ScalarNode): Fragment | null => {
  const { troubles } = library;
  const text = typeof node.value === 'string' ? node.value.trim() : '';
  const [path = '', name, ...more] = text.split('#');
  if (text === '' || more.length > 0 || name === '' || (name === undefined && /[./\\]/u.test(path))) {
    troubles.add(
      'not-a-fragment',
      node.at,
      `"${String(node.value)}" names no fragment`,
      'e.g. include: trip, or include: supply.yaml#trip',
    );
    return null;
  }
  if (name === undefined) return named(from, path, node, troubles);
  if (path === '') return named(from, name, node, troubles);
  const home = library.file(from, path, node);
  return home === null ? null : named(home, name, node, troubles);
};

const parametersOf = (holder: Node): readonly Entry[] => {
  const declared = entryOf(holder, 'parameters')?.node;
  return declared?.kind === 'map' ? declared.entries : [];
};

/** Declared, but by what cannot name a parameter: their uses only follow from that. */
export const misnamedIn = (holder: Node): readonly string[] =>
  parametersOf(holder).flatMap(({ key }) => (PARAMETER_NAME.test(key) ? [] : [key]));

/** Declared parameters of a scenario or a fragment, with their usual values; null = it must be given. */
export const declaredIn = (holder: Node, troubles: Troubles): readonly Entry[] => {
  const declared = parametersOf(holder);
  for (const { key, keyAt } of declared) {
    if (PARAMETER_NAME.test(key)) continue;
    troubles.add('not-a-name', keyAt, `"${key}" cannot name a parameter`, 'lower-case words joined by hyphens, e.g. cell, hold-time');
  }
  return declared.filter(({ key }) => PARAMETER_NAME.test(key));
};
