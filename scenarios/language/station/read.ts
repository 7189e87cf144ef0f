/** From the bytes of a station file to what it says, or to every mistake in it at once, each at its place; and what it says of a serial number. */

import type { Issue } from '../../contracts/issue.ts';
import type { StationFile } from '../../contracts/station-file.ts';
import { readMapFile } from '../map-file.ts';
import { entryOf, plain, type Node } from '../node.ts';
import type { Places, Source } from '../places.ts';
import { shapeIssues } from '../shape-issues.ts';
import type { SourceFile } from '../source.ts';
import { hasCheckDigit } from './check-digit.ts';
import { stationShape, type StationContent } from './shape.ts';

export type StationFileResult =
  | { readonly ok: true; readonly station: StationFile }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Told by its first key's name; a bench file may name its station, too. */
export const isStationFile = (root: Node): boolean =>
  entryOf(root, 'station') !== undefined && entryOf(root, 'bench') === undefined && entryOf(root, 'scenario') === undefined;

const content = (places: Places): { readonly parsed: StationContent | null; readonly issues: readonly Issue[] } => {
  const parsed = stationShape.safeParse(plain(places.root));
  return parsed.success
    ? { parsed: parsed.data, issues: [] }
    : { parsed: null, issues: shapeIssues(places, parsed.error.issues).map(({ issue }) => issue) };
};

/** The mistakes of a file whose tree has been read. */
export const stationFileIssues = (root: Node, source: Source): readonly Issue[] => content({ sources: [source], root }).issues;

/** Reads a station file. Never throws on any bytes. */
export const readStationFile = (source: SourceFile): StationFileResult => {
  const begun = readMapFile(source, 'a station file', 'station');
  if (!begun.ok) return begun;
  const { file, hash, places, issues: ofTree } = begun.read;
  const { parsed, issues } = content(places);
  if (parsed === null || ofTree.length > 0) return { ok: false, issues: [...ofTree, ...issues] };
  const { station, serial, retest, required } = parsed;
  return {
    ok: true,
    station: {
      file,
      hash,
      name: station,
      serial: { pattern: serial.pattern ?? null, check: serial.check ?? null },
      retest: { attempts: retest.attempts ?? null, afterPass: retest['after pass'] ?? 'allow' },
      required,
    },
  };
};

const WILD: Readonly<Record<string, RegExp>> = { '#': /^[0-9]$/, '@': /^[A-Z]$/, '*': /^[0-9A-Z]$/ };

const fits = (serial: string, pattern: string): boolean =>
  serial.length === pattern.length &&
  Array.from(pattern).every((sign, place) => WILD[sign]?.test(serial[place]!) ?? sign === serial[place]);

/** Why a serial number is none of this station's, in words; null where it is one. */
export const serialFault = (serial: string, { serial: { pattern, check }, file }: StationFile): string | null => {
  if (pattern !== null && !fits(serial, pattern))
    return `does not look like ${pattern} (# a digit, @ a capital letter, * either), as ${file} asks`;
  if (check !== null && !hasCheckDigit(check, serial))
    return `has a wrong check digit (${check}, as ${file} asks): it was mistyped, or misread`;
  return null;
};
