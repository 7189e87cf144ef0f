/** From the bytes of a bench file to what it says, or to every mistake in it at once, each at its place. */

import type { BenchFile, OptionalChannel } from '../../contracts/bench-file.ts';
import type { Issue } from '../../contracts/issue.ts';
import { CONTACT_LIMIT_mOhm, DRIVES } from '../../signals.ts';
import { readMapFile } from '../map-file.ts';
import { entryOf, plain, type Node } from '../node.ts';
import { keyPlaceAt, type Places, type Source } from '../places.ts';
import { shapeIssues } from '../shape-issues.ts';
import type { SourceFile } from '../source.ts';
import { benchShape, type BenchContent, DIVIDER_AS_BUILT } from './shape.ts';

export type BenchFileResult = { readonly ok: true; readonly bench: BenchFile } | { readonly ok: false; readonly issues: readonly Issue[] };

const DEFAULT_CALIBRATION = 'calibration.json';
/** Stands for the plug on the simulated bench where the file names none. */
const DEFAULT_DEFECT = 'load-stuck-floating';
const PROGRAM_TIMEOUT_us = 60 * 1e6;
const YEAR_us = 365 * 86_400 * 1e6;
/** A self-test takes half a minute and a plug: once a week. */
const WEEK_us = 7 * 86_400e6;

/** A bench file is told from a scenario by its first key's name. */
export const isBenchFile = (root: Node): boolean => entryOf(root, 'bench') !== undefined && entryOf(root, 'scenario') === undefined;

/** Whoever confirms by an id which of the two is inserted can confirm nothing where both have one. */
const sameIds = (places: Places, read: BenchContent): readonly Issue[] =>
  read.verify === undefined || read.verify.plug.id !== read.verify['golden unit']
    ? []
    : [
        {
          id: 'same-id',
          severity: 'error',
          ...keyPlaceAt(places, ['verify', 'plug', 'id']),
          message: `the plug has the id of the golden unit, ${read.verify.plug.id}`,
          hint: 'give each its own, and write it on them',
        },
      ];

const content = (places: Places): { readonly parsed: BenchContent | null; readonly issues: readonly Issue[] } => {
  const parsed = benchShape.safeParse(plain(places.root));
  return parsed.success
    ? { parsed: parsed.data, issues: sameIds(places, parsed.data) }
    : { parsed: null, issues: shapeIssues(places, parsed.error.issues).map(({ issue }) => issue) };
};

/** The mistakes of a file whose tree has been read. */
export const benchFileIssues = (root: Node, source: Source): readonly Issue[] => content({ sources: [source], root }).issues;

const asBenchFile = (file: string, hash: string, places: Places, read: BenchContent): BenchFile => {
  const { ratings, dividers, channels, limits, unit, verify, maintenance } = read;
  return {
    file,
    hash,
    name: read.bench,
    board: read.board,
    station: read.station ?? null,
    slot: read.slot ?? null,
    calibration: read.calibration ?? DEFAULT_CALIBRATION,
    ratings: {
      supply_mV: ratings.supply ?? DRIVES.supply.analog_mV.max,
      sinkPulse_us: ratings['sink pulse'] ?? DRIVES.loadSink.maxOn_ms * 1_000,
      chargerShort_us: ratings['charger short'] ?? DRIVES.chargerShort.maxOn_ms * 1_000,
    },
    dividers: {
      supply: dividers.supply ?? DIVIDER_AS_BUILT,
      load: dividers.load ?? DIVIDER_AS_BUILT,
      preAlarm: dividers.preAlarm ?? DIVIDER_AS_BUILT,
      charger: dividers.charger ?? DIVIDER_AS_BUILT,
    },
    absent: Object.entries(channels).flatMap(([channel, state]) => (state === 'absent' ? [channel as OptionalChannel] : [])),
    limits: {
      contact_mOhm: limits.contact ?? CONTACT_LIMIT_mOhm,
      calibration_us: limits.calibration ?? YEAR_us,
      selfTest_us: limits['self-test'] ?? WEEK_us,
    },
    unitProgram:
      unit.program === undefined
        ? null
        : {
            command: unit.program.command,
            verify: unit.program.verify ?? null,
            timeout_us: unit.program.timeout ?? PROGRAM_TIMEOUT_us,
          },
    verify:
      verify === undefined
        ? null
        : {
            period_us: verify.period,
            goldenUnit: verify['golden unit'],
            scenarios: verify.scenarios ?? [],
            plug: { id: verify.plug.id, fails: verify.plug.fails, defect: verify.plug.defect ?? DEFAULT_DEFECT },
          },
    maintenance: maintenance === undefined ? null : { matings: maintenance.matings ?? null, contact_mOhm: maintenance.contact ?? null },
    placeOf: (...path) => keyPlaceAt(places, path),
  };
};

/** Reads a bench file. Never throws on any bytes. */
export const readBenchFile = (source: SourceFile): BenchFileResult => {
  const begun = readMapFile(source, 'a bench file', 'bench');
  if (!begun.ok) return begun;
  const { file, hash, root, places, issues: ofTree } = begun.read;
  if (!isBenchFile(root) && entryOf(root, 'scenario') !== undefined) {
    const message = 'this is a scenario and not a bench file';
    return {
      ok: false,
      issues: [{ id: 'not-a-bench-file', severity: 'error', file, line: 1, col: 1, message, hint: 'a bench file starts with `bench:`' }],
    };
  }
  const { parsed, issues } = content(places);
  const all = [...ofTree, ...issues];
  if (parsed === null || all.length > 0) return { ok: false, issues: all };
  return { ok: true, bench: asBenchFile(file, hash, places, parsed) };
};
