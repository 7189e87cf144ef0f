/** `every`: one step, or a block of them, that is to happen several times becomes as many steps, each of which knows which time it is. */

import { childOf, entryOf } from '../node.ts';
import type { Entry, MapNode, Node } from '../node.ts';
import type { Placed } from './include.ts';
import type { Troubles } from './trouble.ts';

/** More than any bench is asked for in one case. */
export const MAX_STEPS = 20_000;

/** Where a step comes from. */
export interface StepOrigin {
  /** The item of `steps` it comes from, from 1. */
  readonly number: number;
  /** Which of the steps that the item came to, from 1; null where it is the only one. */
  readonly part: number | null;
  /** Set on a repetition: it comes `nth` periods after the step at index `first`. */
  readonly repeat: { readonly first: number; readonly nth: number } | null;
}

export interface Unrolled {
  readonly nodes: readonly Node[];
  readonly origins: readonly StepOrigin[];
}

const TIME_KEYS = ['at', 'after', 'delay', 'timeout', 'wait', 'every', 'times'];

/** How often; what is no count is refused by the shape, and done once. */
const times = (node: Node): number => {
  const count = entryOf(node, 'every') === undefined ? undefined : childOf(node, 'times');
  const value = count?.kind === 'scalar' ? count.value : 1;
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? Math.min(value, MAX_STEPS + 1) : 1;
};

const isBlock = (node: Node): node is MapNode => entryOf(node, 'steps') !== undefined;

interface Item {
  readonly node: Node;
  readonly repeat: StepOrigin['repeat'];
}

/** Unrolls one item of `steps`, whose first step gets the index `start`. */
class Unrolling {
  readonly items: Item[] = [];
  private readonly troubles: Troubles;
  private readonly start: number;
  /** How often a name was met: names are unique, so the second `dip` is called `dip-2`. */
  private readonly names = new Map<string, number>();

  constructor(troubles: Troubles, start: number) {
    this.troubles = troubles;
    this.start = start;
  }

  add(node: Node, repeat: Item['repeat'] = null): void {
    const first = this.start + this.items.length;
    for (let nth = 0; nth < times(node); nth++) {
      if (this.start + this.items.length >= MAX_STEPS) {
        this.troubles.add('too-many-steps', node.at, `this comes to more than ${MAX_STEPS} steps`, 'fewer times, or one scenario more');
        return;
      }
      const own = nth === 0 ? repeat : { first, nth };
      if (isBlock(node)) this.block(node, own);
      else this.items.push({ node: this.renamed(node), repeat: own });
    }
  }

  private renamed(node: Node): Node {
    const name = childOf(node, 'name');
    if (node.kind !== 'map' || name?.kind !== 'scalar' || typeof name.value !== 'string') return node;
    const count = (this.names.get(name.value) ?? 0) + 1;
    this.names.set(name.value, count);
    if (count === 1) return node;
    const other: Node = { ...name, value: `${name.value}-${count}` };
    return { ...node, entries: node.entries.map((entry): Entry => (entry.key === 'name' ? { ...entry, node: other } : entry)) };
  }

  private block(block: MapNode, repeat: Item['repeat']): void {
    const { troubles } = this;
    const body = childOf(block, 'steps');
    for (const { key, keyAt } of block.entries) {
      if (key === 'steps' || TIME_KEYS.includes(key)) continue;
      troubles.add('unknown-key', keyAt, `"${key}" does not go with steps`, `a repeated block has steps and ${TIME_KEYS.join(', ')}`);
    }
    if (body?.kind !== 'list' || body.items.length === 0) {
      troubles.add('wrong-kind', body?.at ?? block.at, '"steps" must be a list of steps', 'e.g. steps: [{ cells: 2.7 V }]');
      return;
    }
    for (const [index, item] of body.items.entries()) {
      if (item.kind !== 'map') troubles.add('wrong-kind', item.at, `item ${index + 1} of steps must be a mapping`, '');
      else if (index > 0) this.add(item);
      else this.items.push({ node: this.renamed(this.opening(block, item)), repeat });
    }
  }

  /** The first step of a block happens when the block says. */
  private opening(block: MapNode, step: MapNode): MapNode {
    const own = step.entries.find(({ key }) => TIME_KEYS.includes(key));
    if (own !== undefined) {
      const message = `the first step of a repeated block has no "${own.key}" of its own`;
      this.troubles.add('two-times', own.keyAt, message, 'it happens when the block says');
    }
    const when = block.entries.filter(({ key }) => TIME_KEYS.includes(key));
    return { ...step, entries: [...when, ...step.entries.filter(({ key }) => !TIME_KEYS.includes(key))] };
  }
}

/** Steps with everything repeated written out. */
export const unroll = (placed: readonly Placed[], troubles: Troubles): Unrolled => {
  const items: (Item & { readonly number: number })[] = [];
  for (const { node, number } of placed) {
    const unrolling = new Unrolling(troubles, items.length);
    unrolling.add(node);
    items.push(...unrolling.items.map((item) => ({ ...item, number })));
  }
  const counts = new Map<number, number>();
  for (const { number } of items) counts.set(number, (counts.get(number) ?? 0) + 1);
  const met = new Map<number, number>();
  const origins = items.map(({ number, repeat }): StepOrigin => {
    const part = (met.get(number) ?? 0) + 1;
    met.set(number, part);
    return { number, part: counts.get(number) === 1 ? null : part, repeat };
  });
  return { nodes: items.map(({ node }) => node), origins };
};
