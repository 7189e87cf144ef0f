/** From positions in a scenario's sources to file, line and column. */

import type { Place } from '../contracts/issue.ts';
import type { LineFinder } from './lines.ts';
import { SOURCE_SPAN, childOf, entryOf, nodeAt } from './node.ts';
import type { Node, Position } from './node.ts';

/** A file that a scenario is made of. */
export interface Source {
  /** Path as the user gave it, or as the including file leads to it. */
  readonly file: string;
  readonly lines: LineFinder;
}

/** Where everything of a scenario stands; positions are turned into lines only where one is asked for. */
export interface Places {
  readonly sources: readonly Source[];
  readonly root: Node;
}

export const placeIn = (sources: readonly Source[], position: Position): Place => {
  const source = sources[Math.floor(position / SOURCE_SPAN)];
  if (source === undefined) return { file: sources[0]?.file ?? '', line: 1, col: 1 };
  const { line, col } = source.lines.linePos(position % SOURCE_SPAN);
  return { file: source.file, line: Math.max(1, line), col: Math.max(1, col) };
};

/** The place of a path's value, or of the nearest thing around it that exists. */
export const placeAt = ({ sources, root }: Places, path: readonly PropertyKey[]): Place => {
  let node = root;
  for (const key of path) {
    const next = childOf(node, key);
    if (next === undefined) break;
    node = next;
  }
  return placeIn(sources, node.at);
};

/** The place of a path's key, or of its value where it is a list item. */
export const keyPlaceAt = (places: Places, path: readonly PropertyKey[]): Place => {
  const last = path.at(-1);
  const entry = last === undefined ? undefined : entryOf(nodeAt(places.root, path.slice(0, -1)), last);
  return entry === undefined ? placeAt(places, path) : placeIn(places.sources, entry.keyAt);
};

export const isMissing = ({ root }: Places, path: readonly PropertyKey[]): boolean => nodeAt(root, path) === undefined;
