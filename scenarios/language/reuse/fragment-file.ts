/** A file that holds nothing but fragments: no case by itself, but its mistakes are found without anything that includes it. */

import type { Issue } from '../../contracts/issue.ts';
import { entryOf, plain } from '../node.ts';
import type { Entry, MapNode, Node } from '../node.ts';
import type { Source } from '../places.ts';
import { shapeIssues } from '../shape-issues.ts';
import { scenarioShape } from '../shape.ts';
import { expand } from './expand.ts';
import type { ExpandOptions } from './expand.ts';
import { FRAGMENT_PARTS } from './fragments.ts';
import type { LoadedFile } from './fragments.ts';

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

const needsValues = (fragment: Node): boolean => {
  const parameters = entryOf(fragment, 'parameters')?.node;
  return parameters?.kind === 'map' && parameters.entries.some(({ node }) => node.kind === 'scalar' && node.value === null);
};

/** Mistakes of the file itself and of every fragment that can be looked at without values from outside. */
export const fragmentFileIssues = (file: LoadedFile, source: Source, options: ExpandOptions): readonly Issue[] => {
  const { root } = file;
  const fragments = entryOf(root, 'fragments')?.node;
  const all = fragments?.kind === 'map' ? fragments.entries.filter(({ node }) => !needsValues(node)) : [];
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
    add(found);
    for (const variant of variants) {
      const parsed = scenarioShape.safeParse(plain(variant.root));
      if (parsed.success) continue;
      const shaped = shapeIssues({ sources, root: variant.root }, parsed.error.issues);
      const own = shaped.filter(({ path }) => fragment !== null || path[0] === 'fragments').map(({ issue }) => issue);
      add(
        own.filter(
          (issue) => !following.some(({ file: where, line, col }) => issue.file === where && issue.line === line && issue.col === col),
        ),
      );
    }
  }
  return issues;
};
