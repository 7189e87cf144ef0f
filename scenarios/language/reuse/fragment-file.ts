/** A file that holds nothing but fragments: no case by itself, but its mistakes are found without anything that includes it. */

import type { Issue } from '../../contracts/issue.ts';
import { childOf, entryOf, inline, plain } from '../node.ts';
import type { Entry, MapNode, Node } from '../node.ts';
import type { Source } from '../places.ts';
import { shapeIssues } from '../shape-issues.ts';
import { scenarioShape } from '../shape.ts';
import { expand } from './expand.ts';
import type { ExpandOptions } from './expand.ts';
import { FRAGMENT_PARTS } from './fragments.ts';
import type { LoadedFile } from './fragments.ts';
import { fragmentsIn } from './unused.ts';

export const isFragmentFile = (root: Node): boolean => entryOf(root, 'fragments') !== undefined && entryOf(root, 'scenario') === undefined;

const scalar = (at: number, value: string): Node => ({ kind: 'scalar', at, value });
const entry = (at: number, key: string, node: Node): Entry => ({ key, keyAt: at, node });

/** A scenario that does nothing but include this fragment. */
const including = (root: MapNode, { key, keyAt: at, node }: Entry): MapNode => {
  const include: MapNode = { kind: 'map', at, entries: [entry(at, 'include', scalar(at, key))] };
  const parts = FRAGMENT_PARTS.filter((part) => entryOf(node, part) !== undefined);
  return {
    kind: 'map',
    at: root.at,
    entries: [
      ...root.entries,
      entry(at, 'scenario', scalar(at, key)),
      entry(at, 'covers', { kind: 'list', at, items: [scalar(at, 'REACTION')] }),
      ...parts.map((part) => entry(at, part, part === 'given' ? include : { kind: 'list', at, items: [include] })),
    ],
  };
};

/** Stands for a value that only an include brings. */
const HOLE = '\uE000';

const each = (map: Node, change: (node: Node) => Node): Node =>
  map.kind === 'map' ? { ...map, entries: map.entries.map((one) => ({ ...one, node: change(one.node) })) } : map;

const changed = (map: Node, key: string, change: (node: Node) => Node): Node =>
  map.kind === 'map' ? { ...map, entries: map.entries.map((one) => (one.key === key ? { ...one, node: change(one.node) } : one)) } : map;

const filled = (value: Node): Node => (value.kind === 'scalar' && value.value === null ? { ...value, value: HOLE } : value);

/** With a hole for each value that has to be given. */
const withHoles = (root: Node): Node =>
  changed(root, 'fragments', (all) => each(all, (fragment) => changed(fragment, 'parameters', (values) => each(values, filled))));

/** Whether what is wrong there may be a matter of a value that is not there yet. */
const hangsOnHole = (root: Node, path: readonly PropertyKey[]): boolean => {
  let node = root;
  for (const key of path) node = childOf(node, key) ?? node;
  return inline(node).includes(HOLE);
};

/** Mistakes of the file itself and of every fragment, except where they hang on a value from outside. */
export const fragmentFileIssues = (file: LoadedFile, source: Source, options: ExpandOptions): readonly Issue[] => {
  const root = withHoles(file.root);
  const all = fragmentsIn(root);
  const stray = root.kind === 'map' ? root.entries.filter(({ key }) => key !== 'fragments') : [];
  const issues: Issue[] = [];
  const add = (more: readonly Issue[]): void => {
    for (const issue of more)
      if (!issues.some(({ id, line, col }) => id === issue.id && line === issue.line && col === issue.col)) issues.push(issue);
  };
  if (stray.length > 0 || root.kind !== 'map') {
    const parsed = scenarioShape.safeParse(plain(root));
    return parsed.success ? [] : shapeIssues({ sources: [source], root }, parsed.error.issues).map(({ issue }) => issue);
  }
  for (const fragment of all.length > 0 ? all : [null]) {
    const whole = fragment === null ? { ...root, entries: [...root.entries] } : including(root, fragment);
    const { variants, sources, issues: found, following } = expand({ ...file, root: whole }, '$', source, options);
    // Each is looked at by itself: which of them somebody includes is asked where all files are known.
    add(found.filter(({ id }) => id !== 'unused-fragment'));
    for (const variant of variants) {
      const parsed = scenarioShape.safeParse(plain(variant.root));
      if (parsed.success) continue;
      const shaped = shapeIssues({ sources, root: variant.root }, parsed.error.issues);
      const own = shaped
        .filter(({ path }) => fragment !== null || path[0] === 'fragments')
        // A key that there is none of is wrong with any value.
        .filter(({ issue, path }) => issue.id === 'unknown-key' || !hangsOnHole(variant.root, path))
        .map(({ issue }) => issue);
      const told = [...following, ...found];
      add(
        own.filter((issue) => !told.some(({ file: where, line, col }) => issue.file === where && issue.line === line && issue.col === col)),
      );
    }
  }
  return issues;
};
