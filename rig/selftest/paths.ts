/** How long a signal takes from a drive, through the plug, to a sense: what a good board may take, and what came of the edges. */

import type { Range } from '../fixture/netlist/part.ts';
import type { Netlist } from '../fixture/netlist/netlist.ts';
import { type Path, PATHS, SUPPLY_mV } from './program.ts';
import type { Switching } from './session.ts';
import { netlistWithTimes } from './spreads.ts';
import { playPath } from './twin.ts';

export type Way = 'rise' | 'fall';
export const WAYS = ['rise', 'fall'] as const;

/** Of a stamp by pin change, the worst there is here, and of the switching itself. Source: ELECTRICS.md, "Accuracy". */
const STAMP_us = 16;
/** Of the fixture's resonator. Source: BENCH.md B-RESONATOR. */
const RATE = 0.006;
const TICKS_PER_us = 2;

export const pathId = ({ sense }: Path, way: Way): string => `path.${sense}.${way}`;

/** By path and way; throws where the netlist's own path shows no edge. */
export const expectedPaths = (netlist: Netlist): ReadonlyMap<string, Range> => {
  const [short, long] = [netlistWithTimes(netlist, -1), netlistWithTimes(netlist, 1)];
  return new Map(
    PATHS.flatMap((path) => {
      const [least, most] = [playPath(short, path, SUPPLY_mV), playPath(long, path, SUPPLY_mV)];
      return WAYS.map((way): readonly [string, Range] => {
        const [min, max] = [least[way], most[way]];
        if (min === null || max === null) throw new Error(`the netlist has no way from ${path.from} to ${path.sense}`);
        return [pathId(path, way), { min: min * (1 - RATE) - STAMP_us, max: max * (1 + RATE) + STAMP_us }];
      });
    }),
  );
};

/** In us; null = an edge is missing. */
export const delayOf = ({ sense, from, bit }: Path, on: boolean, { done, edges }: Switching): number | null => {
  const edge = (of: string) => edges.find((one) => one.sense === of && one.level === (on ? 1 : 0))?.tick;
  const [begin, end] = [from === bit ? done : edge(from), edge(sense)];
  return begin === undefined || begin === null || end === undefined ? null : ((end - begin) | 0) / TICKS_PER_us;
};
