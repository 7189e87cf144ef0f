/** What is known of the netlist before a board is asked: the range of every check, and which checks each wiring mistake fails; worked out by `npm run generate`. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Range } from '../fixture/netlist/part.ts';
import { PLUGGED_NETLIST } from '../sim/factory-calibration.ts';
import { expectedOf, failuresOf } from './expected.ts';
import { miswired, MISWIRINGS, type Miswiring, nameOf } from './miswire.ts';
import { expectedPaths } from './paths.ts';
import { SUPPLY_mV } from './program.ts';
import { netlistAt } from './spreads.ts';
import { playCircuit } from './twin.ts';

export interface Known {
  readonly ranges: ReadonlyMap<string, Range>;
  /** In us, by path and way. */
  readonly paths: ReadonlyMap<string, Range>;
  /** Checks that a mistake fails on a board in the middle of its tolerances; none = it shows nowhere. */
  readonly signatures: ReadonlyMap<Miswiring, ReadonlySet<string>>;
}

/** As it stands in the file: `max` null = no upper end, `failed` = a bit a check, lowest first, in hex. */
interface Stored {
  readonly of: string;
  readonly ranges: Readonly<Record<string, readonly [number, number | null]>>;
  readonly paths: Readonly<Record<string, readonly [number, number]>>;
  readonly failed: Readonly<Record<string, string>>;
}

export const KNOWN_FILE = fileURLToPath(new URL('known.json', import.meta.url));
const SOURCES = [
  'program.ts',
  'values.ts',
  'twin.ts',
  'spreads.ts',
  'expected.ts',
  'paths.ts',
  'wires.ts',
  'miswire.ts',
  'known.ts',
] as const;

/** Of everything the numbers come from: the netlist itself, and the files that work them out. */
export const knownHash = (): string => {
  const hash = createHash('sha256').update(JSON.stringify(PLUGGED_NETLIST));
  for (const file of SOURCES) hash.update(readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll('\r\n', '\n'));
  return hash.digest('hex').slice(0, 16);
};

const bits = (ids: readonly string[], failed: ReadonlySet<string>): string => {
  const nibbles = Array.from({ length: Math.ceil(ids.length / 4) }, (_, at) =>
    [0, 1, 2, 3].reduce((sum, bit) => sum + (failed.has(ids[4 * at + bit] ?? '') ? 1 << bit : 0), 0),
  );
  return nibbles.map((nibble) => nibble.toString(16)).join('');
};
const ofBits = (ids: readonly string[], text: string): ReadonlySet<string> =>
  new Set(ids.filter((_, at) => (Number.parseInt(text[at >> 2]!, 16) >> (at & 3)) & 1));

const rounded = (value: number): number => Number(value.toPrecision(7));

/** Half a minute of work. */
export const workOut = (): Stored => {
  const ranges = expectedOf(PLUGGED_NETLIST);
  const ids = [...ranges.keys()];
  const middle = netlistAt(PLUGGED_NETLIST, [], 1, SUPPLY_mV / 1e3);
  return {
    of: knownHash(),
    ranges: Object.fromEntries(
      [...ranges].map(([id, { min, max }]) => [id, [rounded(min), Number.isFinite(max) ? rounded(max) : null] as const]),
    ),
    paths: Object.fromEntries([...expectedPaths(PLUGGED_NETLIST)].map(([id, { min, max }]) => [id, [rounded(min), rounded(max)] as const])),
    failed: Object.fromEntries(
      MISWIRINGS.map((one) => [nameOf(one), bits(ids, failuresOf(playCircuit(miswired(middle, one)), ranges))] as const),
    ),
  };
};

const readStored = (): Stored => JSON.parse(readFileSync(KNOWN_FILE, 'utf8')) as Stored;

/** The file's text: as it is where nothing that it comes from has changed, else anew. */
export const knownText = (): string => {
  try {
    const text = readFileSync(KNOWN_FILE, 'utf8').replaceAll('\r\n', '\n');
    if ((JSON.parse(text) as Stored).of === knownHash()) return text;
  } catch {
    // There is none yet, or it is no JSON: it is made.
  }
  return `${JSON.stringify(workOut(), null, 1)}\n`;
};

let known: Known | null = null;

export const loadKnown = (): Known => {
  if (known !== null) return known;
  const { ranges, paths, failed } = readStored();
  const ids = Object.keys(ranges);
  known = {
    ranges: new Map(Object.entries(ranges).map(([id, [min, max]]) => [id, { min, max: max ?? Infinity }])),
    paths: new Map(Object.entries(paths).map(([id, [min, max]]) => [id, { min, max }])),
    signatures: new Map(MISWIRINGS.map((one) => [one, ofBits(ids, failed[nameOf(one)]!)])),
  };
  return known;
};
