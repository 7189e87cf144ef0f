/** The points of a sweep: every combination of the values listed, or the points one by one, each with a name a person can read. */

import { childOf, entryOf, inline } from '../node.ts';
import type { Entry, ListNode, MapNode, Node } from '../node.ts';
import { wordHint } from '../nearest.ts';
import { DIMENSIONS, readQuantity } from '../quantity.ts';
import type { Dimension } from '../quantity.ts';
import { rangeValues } from './range.ts';
import type { Values } from './substitute.ts';
import type { Troubles } from './trouble.ts';

/** More cases than anybody reads; a file that needs more is two. */
export const MAX_POINTS = 1_000;

/** Values of the swept parameters, in the order of the file. */
export interface Point {
  readonly values: readonly (readonly [string, Node])[];
}

const EVERY_DIMENSION = Object.keys(DIMENSIONS) as readonly Dimension[];

const ONE: Point = { values: [] };

/** `cell=2.7 V, supply=12 V`; empty where nothing is swept. */
export const pointName = ({ values }: Point): string => values.map(([name, value]) => `${name}=${inline(value)}`).join(', ');

/** What one parameter is to be: a list of values, a range, or one value. */
const choices = (troubles: Troubles, node: Node): readonly Node[] => {
  if (node.kind === 'list') {
    if (node.items.length === 0) troubles.add('empty-list', node.at, 'a sweep over no values has no cases', 'give at least one value');
    return node.items;
  }
  return node.kind === 'map' && childOf(node, 'from') !== undefined ? rangeValues(troubles, node, MAX_POINTS) : [node];
};

const product = (troubles: Troubles, map: MapNode, declared: Values): readonly Point[] => {
  let points: readonly Point[] = [ONE];
  for (const { key, keyAt, node } of map.entries) {
    if (!declared.has(key)) {
      const hint = declared.size === 0 ? 'declare it under parameters:' : wordHint(key, [...declared.keys()]);
      troubles.add('unknown-parameter', keyAt, `there is no parameter "${key}" to sweep`, hint);
      continue;
    }
    const values = choices(troubles, node);
    if (points.length * values.length > MAX_POINTS) {
      tooMany(troubles, map);
      return [];
    }
    points = points.flatMap((point) => values.map((value): Point => ({ values: [...point.values, [key, value]] })));
  }
  return points;
};

const tooMany = (troubles: Troubles, { at }: Node): void =>
  troubles.add('too-many-points', at, `this sweep has more than ${MAX_POINTS} points`, 'sweep in larger steps, or divide the scenario');

const listed = (troubles: Troubles, list: ListNode, declared: Values): readonly Point[] => {
  const points: Point[] = [];
  for (const item of list.items) {
    // Anything but a mapping is refused by the shape.
    if (item.kind !== 'map') continue;
    points.push(...product(troubles, item, declared));
    if (points.length > MAX_POINTS) {
      tooMany(troubles, list);
      return [];
    }
  }
  return points;
};

/** What a value comes to, however it is written: 2.7 V is 2700 mV. */
const meaning = (node: Node): string => {
  if (node.kind === 'list') return `[${node.items.map(meaning).join()}]`;
  if (node.kind === 'map')
    return `{${node.entries
      .map(({ key, node: value }) => `${key}:${meaning(value)}`)
      .toSorted()
      .join()}}`;
  const read = typeof node.value === 'string' ? readQuantity(node.value, EVERY_DIMENSION) : null;
  return read?.ok === true ? `${read.value} ${read.dimension}` : inline(node).trim();
};

/** A point asked for twice would be the same case twice; what it does not name has its usual value. */
const once = (troubles: Troubles, { at }: Node, points: readonly Point[], declared: Values): readonly Point[] => {
  const usual = new Map([...declared].map(([name, node]) => [name, meaning(node)]));
  const seen = new Map<string, string>();
  return points.filter((point) => {
    const name = pointName(point);
    const key = [...new Map([...usual, ...point.values.map(([one, node]) => [one, meaning(node)] as const)])].join('\n');
    const known = seen.get(key);
    seen.set(key, known ?? name);
    if (known === undefined) return true;
    const message = known === name ? `the point ${name} is in this sweep twice` : `the points ${known} and ${name} are the same case`;
    troubles.add('duplicate-point', at, message, 'each point is one case');
    return false;
  });
};

/** The parameters that a sweep names, whatever it makes of them. */
export const swept = (root: Node): readonly string[] => {
  const sweep = entryOf(root, 'sweep')?.node;
  const maps = sweep?.kind === 'list' ? sweep.items : sweep === undefined ? [] : [sweep];
  return maps.flatMap((map) => (map.kind === 'map' ? map.entries.map(({ key }) => key) : []));
};

/** One point without values where nothing is swept. */
export const pointsOf = (troubles: Troubles, root: Node, declared: Values): readonly Point[] => {
  const sweep: Entry | undefined = entryOf(root, 'sweep');
  if (sweep === undefined || sweep.node.kind === 'scalar') return [ONE];
  const points = sweep.node.kind === 'map' ? product(troubles, sweep.node, declared) : listed(troubles, sweep.node, declared);
  const different = once(troubles, sweep.node, points, declared);
  return different.length === 0 ? [ONE] : different;
};
