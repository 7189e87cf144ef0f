/** How every file beside the scenarios begins to be read (benches, stations, profiles): its bytes, its text, its tree, and that it maps keys to values. */

import { createHash } from 'node:crypto';
import type { Issue } from '../contracts/issue.ts';
import type { MapNode } from './node.ts';
import type { Places } from './places.ts';
import { readText } from './source.ts';
import type { SourceFile } from './source.ts';
import { readTree } from './tree.ts';

export interface MapFile {
  readonly file: string;
  /** sha256 of its bytes. */
  readonly hash: string;
  readonly root: MapNode;
  readonly places: Places;
  /** Of the tree: what is wrong in it leaves the rest readable. */
  readonly issues: readonly Issue[];
}

export type MapFileResult = { readonly ok: true; readonly read: MapFile } | { readonly ok: false; readonly issues: readonly Issue[] };

/** `kind` as in *a bench file*; its first key is told to whoever gives something else. Never throws on any bytes. */
export const readMapFile = (source: SourceFile, kind: string, firstKey: string): MapFileResult => {
  const { file, bytes } = source;
  const text = readText(source);
  if (!text.ok) return text;
  const { root, source: lines, issues } = readTree(file, text.text);
  if (root === null) return { ok: false, issues };
  if (root.kind !== 'map') {
    const [message, hint] = [`${kind} is a mapping of keys to values`, `start with \`${firstKey}:\` and its name`];
    return { ok: false, issues: [...issues, { id: 'not-a-mapping', severity: 'error', file, line: 1, col: 1, message, hint }] };
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { ok: true, read: { file, hash, root, places: { sources: [lines], root }, issues } };
};
