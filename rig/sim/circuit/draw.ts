/** One specimen of a part: its values drawn from its spreads, from a stream of its own. */

import type { Range, Spread } from '../../fixture/netlist/part.ts';
import { randomStream } from '../random.ts';

export interface Draw {
  of(spread: Spread): number;
  in(range: Range): number;
  /** Either sign, up to `amplitude`. */
  around(amplitude: number): number;
}

/** Which unit is in the bench, and for the how manyth time one was put in. */
export interface Insertion {
  /** Draws the unit's parts and its crystal in place of the bench's seed. */
  readonly unit: number;
  /** Draws the contacts anew. */
  readonly mating: number;
}

const UNIT = 'unit.';
const CONTACT = 'P.';

/** The same of a bench whose unit is put in by hand: the fixture stays what its seed makes of it. */
export const drawInserted = (seed: number, ref: string, insertion: Insertion | undefined): Draw => {
  if (insertion !== undefined && ref.startsWith(UNIT)) return drawFor(insertion.unit, ref);
  if (insertion !== undefined && ref.startsWith(CONTACT)) return drawFor(seed, `${ref}, mating ${insertion.mating}`);
  return drawFor(seed, ref);
};

/** Values are drawn in the order asked for; a part always asks in the same order. */
export const drawFor = (seed: number, ref: string): Draw => {
  const random = randomStream(seed, `part ${ref}`);
  return {
    of: ({ nominal, tolerance }) => nominal * (1 + tolerance * random.between(-1, 1)),
    in: ({ min, max }) => random.between(min, max),
    around: (amplitude) => amplitude * random.between(-1, 1),
  };
};
