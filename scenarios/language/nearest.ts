/** Which known word a misspelt one most likely meant. */

/** Edits (insert, delete, replace, swap of neighbours) between two words. */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, (before[column - 2] ?? 0) + 1);
      next.push(best);
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
};

const plain = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]/gu, '');

/** The nearest of `known`, or undefined when nothing is near enough to be worth a guess. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > 60) return undefined;
  let best: string | undefined;
  let least = Infinity;
  for (const each of known) {
    const edits = distance(plain(word), plain(each));
    if (edits < least) [best, least] = [each, edits];
  }
  // Of one sign every other one is as near as the next.
  if (least <= (word.length < 2 ? 0 : Math.max(1, Math.floor(word.length / 3)))) return best;
  const longer = known.filter((each) => word.length >= 3 && plain(each).startsWith(plain(word)));
  return longer.length === 1 ? longer[0] : undefined;
};

/** A hint for an unknown word: the nearest one, else all of them. */
export const wordHint = (word: string, known: readonly string[]): string => {
  const guess = nearest(word, known);
  return guess === undefined ? `known here: ${known.join(', ')}` : `did you mean ${guess}?`;
};
