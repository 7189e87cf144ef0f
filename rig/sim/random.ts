/** Chance by seed: sfc32 streams, one per name, so that a new consumer never moves another's draws. */

export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  next(): number;
  /** Uniform in [min, max). */
  between(min: number, max: number): number;
  /** Uniform integer in [0, count). */
  below(count: number): number;
}

/** The stream called `name` of a seed: the same for the same pair, independent of all others. */
export const randomStream = (seed: number, name: string): Random => {
  const text = `${seed}/${name}`;
  let a = hash(text, 0x811c9dc5);
  let b = hash(text, 0x9e3779b9);
  let c = hash(text, 0x85ebca6b);
  let counter = 1;
  const next32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next32();
  const next = (): number => next32() / 0x1_0000_0000;
  return {
    next,
    between: (min, max) => min + (max - min) * next(),
    below: (count) => Math.floor(next() * count),
  };
};

/** FNV-1a with a final avalanche: near seeds give far states. */
const hash = (text: string, basis: number): number => {
  let h = basis;
  for (let index = 0; index < text.length; index += 1) h = Math.imul(h ^ text.charCodeAt(index), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) | 0;
};
