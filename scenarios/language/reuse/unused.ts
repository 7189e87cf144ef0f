/** What stands in a fragment and is asked for by nobody: fragments and parts that nothing includes, and their parameters that nothing uses. */

import { childOf, entryOf } from '../node.ts';
import type { Entry, Node } from '../node.ts';
import { FRAGMENT_PARTS, declaredIn, misnamedIn } from './fragments.ts';
import type { FragmentPart } from './fragments.ts';
import { Substitution } from './substitute.ts';
import { Troubles } from './trouble.ts';

/** By the fragment's node: the parts that were put in place. */
export type UsedParts = ReadonlyMap<Node, ReadonlySet<FragmentPart>>;

export const fragmentsIn = (root: Node): readonly Entry[] => {
  const all = childOf(root, 'fragments');
  return all?.kind === 'map' ? all.entries.filter(({ node }) => node.kind === 'map') : [];
};

/** Of a fragment, whoever includes it. */
export const unusedParameters = ({ key: name, node }: Entry, troubles: Troubles): void => {
  const declared = declaredIn(node, troubles);
  const values = new Map(declared.map((one) => [one.key, one.node]));
  const substitution = new Substitution(values, new Troubles(), misnamedIn(node));
  for (const part of FRAGMENT_PARTS) {
    const there = childOf(node, part);
    if (there !== undefined) substitution.in(there);
  }
  // Its use may stand there misspelt: that is told already.
  if (substitution.metUnknown) return;
  for (const { key, keyAt } of declared)
    if (!substitution.used.has(key))
      troubles.add(
        'unused-parameter',
        keyAt,
        `the fragment "${name}" does not use its parameter "${key}"`,
        `write $${key} where it belongs`,
      );
};

/** Of a scenario's own fragments, which no other file can mean. What they demand is otherwise demanded by nobody. */
export const unusedFragments = (root: Node, used: UsedParts, troubles: Troubles): void => {
  for (const { key: name, keyAt, node } of fragmentsIn(root)) {
    const parts = used.get(node);
    if (parts === undefined) {
      troubles.add('unused-fragment', keyAt, `the fragment "${name}" is included nowhere`, `write include: ${name} where it belongs`);
      continue;
    }
    for (const part of FRAGMENT_PARTS) {
      const entry = entryOf(node, part);
      if (entry === undefined || parts.has(part)) continue;
      const message = `${part} of the fragment "${name}" is included nowhere`;
      troubles.add('unused-fragment', entry.keyAt, message, `write include: ${name} in ${part}: as well`);
    }
  }
};
