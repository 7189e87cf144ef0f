/** From the bytes of a station file to what it says, or to every mistake in it at once, each at its place; and what it says of a serial number. */

import { createHash } from 'node:crypto';
import type { Issue } from '../../contracts/issue.ts';
import type { StationFile } from '../../contracts/station-file.ts';
import { plain } from '../node.ts';
import { shapeIssues } from '../shape-issues.ts';
import { readText, type SourceFile } from '../source.ts';
import { readTree } from '../tree.ts';
import { hasCheckDigit } from './check-digit.ts';
import { stationShape } from './shape.ts';

export type StationFileResult =
  | { readonly ok: true; readonly station: StationFile }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Reads a station file. Never throws on any bytes. */
export const readStationFile = (source: SourceFile): StationFileResult => {
  const { file, bytes } = source;
  const text = readText(source);
  if (!text.ok) return text;
  const tree = readTree(file, text.text);
  const { root } = tree;
  if (root === null) return { ok: false, issues: tree.issues };
  if (root.kind !== 'map') {
    const message = 'a station file is a mapping of keys to values';
    const hint = 'start with `station:` and its name';
    return { ok: false, issues: [{ id: 'not-a-mapping', severity: 'error', file, line: 1, col: 1, message, hint }] };
  }
  const parsed = stationShape.safeParse(plain(root));
  if (!parsed.success) {
    const places = { sources: [tree.source], root };
    return { ok: false, issues: [...tree.issues, ...shapeIssues(places, parsed.error.issues).map(({ issue }) => issue)] };
  }
  if (tree.issues.length > 0) return { ok: false, issues: tree.issues };
  const { station, serial, retest, required } = parsed.data;
  return {
    ok: true,
    station: {
      file,
      hash: createHash('sha256').update(bytes).digest('hex'),
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
