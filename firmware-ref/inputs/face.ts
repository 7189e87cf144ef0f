/** All that a rule can tell apart in a state of the inputs, as one small number: states with the same number get the same answers. */

import type { Segment } from './segments.ts';

type Seen = Pick<Segment, 'kind' | 'lost' | 'load' | 'inputs'>;

const KINDS = { steady: 0, between: 1, free: 2, off: 3, resume: 4, restart: 5 } as const satisfies Record<Segment['kind'], number>;
const REMOTES = { on: 0, off: 1, either: 2 } as const satisfies Record<Segment['inputs']['remote'], number>;

/** Numbers in order of first use, so that few are in use and they can index arrays. */
const faces = Array.from<number | undefined>({ length: 6 * 3 * 64 });
let used = 0;

export function faceOf({ kind, lost, load, inputs }: Seen): number {
  const { remote, pole1Open, pole3Open, pole4Open, chargerShorted } = inputs;
  const bits =
    (lost ? 1 : 0) | (load ? 2 : 0) | (pole1Open ? 4 : 0) | (pole3Open ? 8 : 0) | (pole4Open ? 16 : 0) | (chargerShorted ? 32 : 0);
  return (faces[(KINDS[kind] * 3 + REMOTES[remote]) * 64 + bits] ??= used++);
}
