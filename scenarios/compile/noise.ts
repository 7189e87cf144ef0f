/** Random values that are the same in every run: drawn from the seed in the file and the name of what they are for. */

import type { NoiseWord } from '../language/shape-words.ts';

/** FNV-1a, 32 bits: different names, different draws. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
};

/** mulberry32: uniform in [0, 1), a 32-bit state. */
const uniform = (state: number): (() => number) => {
  let now = state;
  return () => {
    now = (now + 0x6d2b79f5) | 0;
    let mixed = Math.imul(now ^ (now >>> 15), now | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export interface NoisePoint {
  /** After the step's instant. */
  readonly at_us: number;
  /** From where the value stands; 0 at the last, where the noise is over. */
  readonly off: number;
}

/** More values than any scenario needs in one step. */
export const MOST_POINTS = 10_000;

export const pointCount = ({ every_us, for_us }: NoiseWord): number => Math.ceil(for_us / every_us);

/** Whole base units within +-`by`, one each `every_us`, then back to nothing. `stream` names what it is for. */
export const noisePoints = (word: NoiseWord, stream: string): readonly NoisePoint[] => {
  const { by, every_us, for_us, seed } = word;
  const next = uniform((hash(stream) ^ Math.imul(seed, 0x9e3779b1)) >>> 0);
  const count = Math.min(pointCount(word), MOST_POINTS);
  const points = Array.from({ length: count }, (_, index): NoisePoint => ({
    at_us: index * every_us,
    off: Math.floor(next() * (2 * by + 1)) - by,
  }));
  return [...points, { at_us: for_us, off: 0 }];
};
