/** R1: inputs that change at one instant count as every order of single changes, so every part of the change may be seen on the way. */

import type { Inputs } from './inputs.ts';

const BITS = { pole1Open: 1, pole3Open: 2, pole4Open: 4, remote: 8 } as const;
export const POLE_BITS = BITS.pole1Open | BITS.pole3Open | BITS.pole4Open;
export const REMOTE_BIT = BITS.remote;

export const changedBits = (from: Inputs, to: Inputs): number =>
  (from.pole1Open === to.pole1Open ? 0 : BITS.pole1Open) |
  (from.pole3Open === to.pole3Open ? 0 : BITS.pole3Open) |
  (from.pole4Open === to.pole4Open ? 0 : BITS.pole4Open) |
  (from.remote === to.remote ? 0 : BITS.remote);

const count = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + count(bits >> 1));

/** The states on the way from one state to another, fewest changes first; empty where a single input changed. */
export function between(from: Inputs, to: Inputs): readonly { readonly inputs: Inputs; readonly bits: number }[] {
  const all = changedBits(from, to);
  if (count(all) < 2) return [];
  const parts: number[] = [];
  for (let bits = 1; bits < all; bits++) if ((bits & all) === bits) parts.push(bits);
  return parts
    .toSorted((a, b) => count(a) - count(b))
    .map((bits) => ({
      bits,
      inputs: {
        ...to,
        pole1Open: bits & BITS.pole1Open ? to.pole1Open : from.pole1Open,
        pole3Open: bits & BITS.pole3Open ? to.pole3Open : from.pole3Open,
        pole4Open: bits & BITS.pole4Open ? to.pole4Open : from.pole4Open,
        remote: bits & BITS.remote ? to.remote : from.remote,
      },
    }));
}

/** One write passes through `b` after `a` only where `b` holds every change of `a`. */
export const inOrder = (a: number, b: number): boolean => (a & b) === a;
