/** A file's content as a tree in which each key and value knows its position, before anything of it is understood. */

/** Offset into the text of a source, plus `SOURCE_SPAN` times the number of the source among those a scenario is made of. */
export type Position = number;
/** More than a source has characters (`MAX_BYTES`). */
export const SOURCE_SPAN = 2 ** 21;

export type Scalar = string | number | boolean | bigint | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly at: Position;
  readonly value: Scalar;
}
export interface ListNode {
  readonly kind: 'list';
  readonly at: Position;
  readonly items: readonly Node[];
}
export interface Entry {
  readonly key: string;
  readonly keyAt: Position;
  readonly node: Node;
}
export interface MapNode {
  readonly kind: 'map';
  readonly at: Position;
  readonly entries: readonly Entry[];
}
export type Node = ScalarNode | ListNode | MapNode;

/** Mappings with more keys than this are looked up through an index: a hostile one has a hundred thousand. */
const FEW_KEYS = 24;
const indices = new WeakMap<MapNode, ReadonlyMap<string, Entry>>();

const indexOf = (map: MapNode): ReadonlyMap<string, Entry> => {
  const known = indices.get(map) ?? new Map(map.entries.map((entry) => [entry.key, entry]));
  indices.set(map, known);
  return known;
};

export const entryOf = (node: Node | undefined, key: PropertyKey): Entry | undefined => {
  if (node?.kind !== 'map') return undefined;
  const name = String(key);
  if (node.entries.length > FEW_KEYS) return indexOf(node).get(name);
  for (const entry of node.entries) if (entry.key === name) return entry;
  return undefined;
};

/** What stands at a key or a list position, or undefined. */
export const childOf = (node: Node | undefined, key: PropertyKey): Node | undefined =>
  node?.kind === 'list' ? node.items[Number(key)] : entryOf(node, key)?.node;

export const nodeAt = (root: Node, path: readonly PropertyKey[]): Node | undefined =>
  path.reduce<Node | undefined>((node, key) => childOf(node, key), root);

/** The values alone, as JavaScript has them. Keys are the file's own; none of them is `__proto__`. */
export const plain = (node: Node): unknown => {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  const result: Record<string, unknown> = {};
  for (const { key, node: value } of node.entries) result[key] = plain(value);
  return result;
};

/** How many keys and values it has, itself included; stops counting above `most`. */
export const sizeOf = (node: Node, most = Infinity): number => {
  if (node.kind === 'scalar') return 1;
  let size = 1;
  const children = node.kind === 'list' ? node.items : node.entries.map((entry) => entry.node);
  for (const child of children) {
    if (size > most) break;
    size += sizeOf(child, most - size);
  }
  return size;
};

/** On one line, as an author would write it: `2.7 V`, `{ H: 3.1 V }`. */
export const inline = (node: Node): string => {
  if (node.kind === 'scalar') return String(node.value);
  if (node.kind === 'list') return `[${node.items.map(inline).join(', ')}]`;
  return `{ ${node.entries.map(({ key, node: value }) => `${key}: ${inline(value)}`).join(', ')} }`;
};
