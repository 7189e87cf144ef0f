/** Puts fragments in place: an item `include: trip` of a list becomes the fragment's items, one in `given` its keys. */

import { childOf, entryOf } from '../node.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode } from '../node.ts';
import { wordHint } from '../nearest.ts';
import { FRAGMENT_PARTS, declaredIn, findFragment, misnamedIn } from './fragments.ts';
import type { Fragment, FragmentPart, Library, LoadedFile } from './fragments.ts';
import { Substitution } from './substitute.ts';

/** Deeper than anyone can follow; ends a fragment that includes itself through others. */
const MAX_NESTED = 8;
/** Steps and lines that fragments may come to; nested they multiply. */
export const MAX_ITEMS = 10_000;

/** An item of a list, and the number of the item of the scenario that it comes from. */
export interface Placed {
  readonly node: Node;
  /** From 1, as an author counts them. */
  readonly number: number;
}

const isInclude = (node: Node): node is MapNode => entryOf(node, 'include') !== undefined;

/** Puts together one scenario; what cannot be put in place is left out, with a trouble noted. */
export class Inclusion {
  private readonly library: Library;
  private items = 0;
  /** Nested bombs have as many places that are too deep as they have items; one is enough. */
  private isTooDeep = false;
  private readonly used = new Map<Node, Set<FragmentPart>>();

  constructor(library: Library) {
    this.library = library;
  }

  /** What was put in place, of which fragments. */
  get usedParts(): ReadonlyMap<Node, ReadonlySet<FragmentPart>> {
    return this.used;
  }

  /** The items of a list of the scenario with every include replaced. */
  list(list: ListNode, part: FragmentPart, home: LoadedFile): readonly Placed[] {
    return list.items.flatMap((node, index) => this.expanded(node, part, home, []).map((item) => ({ node: item, number: index + 1 })));
  }

  /** `given` with the keys of what it includes, its own before theirs. */
  given(given: MapNode, home: LoadedFile, nested: readonly Fragment[] = []): MapNode {
    const include = entryOf(given, 'include');
    const own = given.entries.filter(({ key }) => key !== 'include' && key !== 'with');
    const refs = include === undefined ? [] : include.node.kind === 'list' ? include.node.items : [include.node];
    const entries: Entry[] = [...own];
    for (const ref of refs) {
      const base = this.part(ref, given, 'given', home, nested);
      if (base?.node.kind !== 'map') continue;
      const inner = this.given(base.node, base.fragment.home, [...nested, base.fragment]);
      entries.push(...inner.entries.filter(({ key }) => !entries.some((one) => one.key === key)));
    }
    return { ...given, entries };
  }

  private expanded(node: Node, part: FragmentPart, home: LoadedFile, nested: readonly Fragment[]): readonly Node[] {
    const { troubles } = this.library;
    if (++this.items > MAX_ITEMS) {
      if (this.items === MAX_ITEMS + 1) troubles.add('too-large', node.at, `this comes to more than ${MAX_ITEMS} items`, 'include less');
      return [];
    }
    if (!isInclude(node)) return [node];
    for (const { key, keyAt } of node.entries)
      if (key !== 'include' && key !== 'with')
        troubles.add('unknown-key', keyAt, `"${key}" does not go with include`, 'an include has with: and nothing else');
    const ref = childOf(node, 'include');
    if (ref === undefined) return [];
    const found = this.part(ref, node, part, home, nested);
    if (found?.node.kind !== 'list') return [];
    return found.node.items.flatMap((item) => this.expanded(item, part, found.fragment.home, [...nested, found.fragment]));
  }

  /** One part of the fragment that `ref` names, with its parameters filled in. */
  private part(
    ref: Node,
    include: MapNode,
    part: FragmentPart,
    home: LoadedFile,
    nested: readonly Fragment[],
  ): { readonly node: Node; readonly fragment: Fragment } | null {
    const { troubles } = this.library;
    if (ref.kind !== 'scalar') {
      troubles.add('not-a-fragment', ref.at, 'an include names a fragment', 'e.g. include: trip, or include: supply.yaml#trip');
      return null;
    }
    const fragment = findFragment(this.library, home, ref);
    if (fragment === null || this.isCircle(fragment, ref, nested)) return null;
    const node = childOf(fragment.node, part);
    if (node === undefined) {
      const parts = FRAGMENT_PARTS.filter((one) => entryOf(fragment.node, one) !== undefined);
      troubles.add('unknown-fragment', ref.at, `the fragment "${fragment.name}" has no ${part}`, `it has ${parts.join(', ') || 'nothing'}`);
      return null;
    }
    this.used.set(fragment.node, (this.used.get(fragment.node) ?? new Set<FragmentPart>()).add(part));
    return { node: this.filledIn(fragment, node, include), fragment };
  }

  private isCircle(fragment: Fragment, { at }: ScalarNode, nested: readonly Fragment[]): boolean {
    const { troubles } = this.library;
    if (nested.some(({ node }) => node === fragment.node)) {
      troubles.add('include-circle', at, `the fragment "${fragment.name}" includes itself`, 'write out what it repeats');
      return true;
    }
    if (nested.length < MAX_NESTED) return false;
    if (!this.isTooDeep) troubles.add('too-deep', at, `includes are nested more than ${MAX_NESTED} deep`, 'write out what they come to');
    this.isTooDeep = true;
    return true;
  }

  private filledIn(fragment: Fragment, part: Node, include: MapNode): Node {
    const { troubles } = this.library;
    const declared = declaredIn(fragment.node, troubles);
    const misnamed = misnamedIn(fragment.node);
    const given = childOf(include, 'with');
    const values = new Map(declared.map(({ key, node }) => [key, node]));
    for (const { key, keyAt, node } of given?.kind === 'map' ? given.entries : []) {
      if (values.has(key)) values.set(key, node);
      else if (!misnamed.includes(key)) {
        const hint = declared.length === 0 ? 'it has no parameters' : wordHint(key, [...values.keys()]);
        troubles.add('unknown-parameter', keyAt, `the fragment "${fragment.name}" has no parameter "${key}"`, hint);
      }
    }
    for (const [name, node] of values) {
      if (node.kind !== 'scalar' || node.value !== null) continue;
      troubles.following.add(node.at);
      troubles.add('missing-key', include.at, `the fragment "${fragment.name}" needs "${name}"`, `add with: { ${name}: ... }`);
    }
    return new Substitution(values, troubles, misnamed).in(part);
  }
}
