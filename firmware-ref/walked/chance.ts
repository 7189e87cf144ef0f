/** Chance that depends on what is drawn and not on how often was drawn before, so that a longer timeline begins like a shorter one. */

/** A number from 0 up to 1, the same for the same key. */
export type Chance = (key: string) => number;

/** FNV-1a over the words, then a finisher that spreads the low bits. */
export function chanceOf(seed: number, name: string): Chance {
  return (key) => {
    let hash = 0x811c9dc5 ^ seed;
    for (const character of `${name}/${key}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };
}

export const between = (chance: Chance, key: string, from: number, to: number): number => from + (to - from) * chance(key);

export function pick<T>(chance: Chance, key: string, list: readonly T[]): T | undefined {
  return list[Math.min(list.length - 1, Math.floor(chance(key) * list.length))];
}
