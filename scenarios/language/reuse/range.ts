/** A range of values in a sweep: `{ from: 8 V, to: 70 V, step: 1 V }` or so many points between its ends. */

import { childOf } from '../node.ts';
import type { MapNode, Node } from '../node.ts';
import { DIMENSIONS, formatQuantity, readQuantity } from '../quantity.ts';
import type { Dimension } from '../quantity.ts';
import type { Troubles } from './trouble.ts';

const ALL = Object.keys(DIMENSIONS) as readonly Dimension[];

interface Read {
  readonly value: number;
  readonly dimension: Dimension;
}

/** Null with a trouble noted, or where the key is missing and the shape says so. */
const read = (troubles: Troubles, range: MapNode, key: string): Read | null => {
  const node = childOf(range, key);
  if (node === undefined) return null;
  const result = readQuantity(node.kind === 'scalar' ? node.value : node, ALL);
  if (result.ok) return { value: result.value, dimension: result.dimension ?? 'ratio' };
  troubles.add(result.id, node.at, result.message, result.hint);
  return null;
};

const span = (troubles: Troubles, range: MapNode, from: Read, to: Read, by: Read | null): boolean => {
  const odd = [to, ...(by === null ? [] : [by])].find(({ dimension }) => dimension !== from.dimension);
  if (odd !== undefined) {
    troubles.add(
      'wrong-unit',
      range.at,
      `a range from a ${from.dimension} in steps of a ${odd.dimension} has no values`,
      'one unit for all',
    );
    return false;
  }
  if (by === null || by.value > 0) return true;
  troubles.add('backwards', childOf(range, 'step')?.at ?? range.at, 'a step is greater than zero', 'exchange from and to to go down');
  return false;
};

/** Values from `from` to `to`, both included; none, and a trouble, where the range makes no sense. */
export const rangeValues = (troubles: Troubles, range: MapNode, most: number): readonly Node[] => {
  const known = ['from', 'to', 'step', 'count'];
  for (const { key, keyAt } of range.entries)
    if (!known.includes(key)) troubles.add('unknown-key', keyAt, `"${key}" is not a key of a range`, `known here: ${known.join(', ')}`);
  const [from, to] = [read(troubles, range, 'from'), read(troubles, range, 'to')];
  const by = read(troubles, range, 'step');
  const countNode = childOf(range, 'count');
  const count = countNode?.kind === 'scalar' ? countNode.value : null;
  if (from === null || to === null) {
    if (childOf(range, 'to') === undefined)
      troubles.add('missing-key', range.at, '"to" is missing', 'e.g. { from: 8 V, to: 70 V, step: 1 V }');
    return [];
  }
  if ((childOf(range, 'step') === undefined) === (countNode === undefined)) {
    troubles.add('missing-key', range.at, 'a range has a step or a count', 'e.g. { from: 8 V, to: 70 V, step: 1 V }, or count: 10');
    return [];
  }
  if (!span(troubles, range, from, to, by)) return [];
  const width = Math.abs(to.value - from.value);
  const sign = Math.sign(to.value - from.value);
  let values: readonly number[];
  if (countNode !== undefined) {
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 2 || count > most) {
      troubles.add('not-a-count', countNode.at, `a range has from 2 to ${most} points`, 'e.g. count: 10');
      return [];
    }
    values = Array.from({ length: count }, (_, index) => from.value + sign * Math.round((width * index) / (count - 1)));
  } else {
    const step = by?.value ?? 0;
    if (step <= 0) return [];
    if (width % step !== 0) {
      const last = formatQuantity(to.value - sign * (width % step), from.dimension);
      const at = childOf(range, 'step')?.at ?? range.at;
      troubles.add(
        'range-misses-end',
        at,
        `these steps end at ${last}, not at ${formatQuantity(to.value, from.dimension)}`,
        `to: ${last}, or another step`,
      );
      return [];
    }
    const length = width / step + 1;
    // One more than allowed is enough for the sweep to be refused.
    values = Array.from({ length: Math.min(length, most + 1) }, (_, index) => from.value + sign * index * step);
  }
  return values.map((value) => ({ kind: 'scalar', at: range.at, value: formatQuantity(value, from.dimension) }));
};
