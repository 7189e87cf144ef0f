/** Puts lists that are nearly in order into order, where a sort would cost more than all that is done with them. */

/** Places that all of a list together are moved before a sort is quicker. */
const FAR = 8192;

/** The keys of the list at hand. */
let keys = new Float64Array(256);

/** The list in order of `key`; those with the same key stay as they were. */
export function ordered<T>(list: readonly T[], key: (one: T) => number): readonly T[] {
  const { length } = list;
  if (keys.length < length) keys = new Float64Array(2 * length);
  let all: T[] | null = null;
  let room = FAR;
  for (let index = 0; index < length; index++) {
    const one = list[index]!;
    const own = key(one);
    let at = index;
    if (index > 0 && keys[index - 1]! > own) {
      all ??= list.slice();
      for (; at > 0 && keys[at - 1]! > own; at--) {
        keys[at] = keys[at - 1]!;
        all[at] = all[at - 1]!;
      }
      all[at] = one;
      room -= index - at;
      if (room < 0) return list.toSorted((a, b) => key(a) - key(b));
    }
    keys[at] = own;
  }
  return all ?? list;
}
