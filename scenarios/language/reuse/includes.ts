/** Which fragments a file names, whatever becomes of them there. */

import type { Node } from '../node.ts';

/** As written, `supply.yaml#trip`, in any order. */
export const includesIn = (node: Node): readonly string[] => {
  if (node.kind === 'scalar') return [];
  if (node.kind === 'list') return node.items.flatMap(includesIn);
  return node.entries.flatMap(({ key, node: value }) => {
    if (key !== 'include') return includesIn(value);
    const named = value.kind === 'list' ? value.items : [value];
    return named.flatMap((one) => (one.kind === 'scalar' && typeof one.value === 'string' ? [one.value.trim()] : []));
  });
};
