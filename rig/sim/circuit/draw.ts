/** One specimen of a part: its values drawn from its spreads, from a stream of its own. */

import type { Range, Spread } from '../../fixture/netlist/part.ts';
import { randomStream } from '../random.ts';

export interface Draw {
  of(spread: Spread): number;
  in(range: Range): number;
  /** Either sign, up to `amplitude`. */
  around(amplitude: number): number;
}

/** Values are drawn in the order asked for; a part always asks in the same order. */
export const drawFor = (seed: number, ref: string): Draw => {
  const random = randomStream(seed, `part ${ref}`);
  return {
    of: ({ nominal, tolerance }) => nominal * (1 + tolerance * random.between(-1, 1)),
    in: ({ min, max }) => random.between(min, max),
    around: (amplitude) => amplitude * random.between(-1, 1),
  };
};
