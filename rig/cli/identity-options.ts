/** Who the unit is and who tests it: the options that say so, what the station file insists on, and whether the unit may be tried once more. */

import { existsSync } from 'node:fs';
import type { Identity, RunRecord } from '../../reports/record.ts';
import type { ArchiveQueries } from '../../reports/archive/archive-queries.ts';
import type { AskedField, StationFile } from '../../scenarios/contracts/station-file.ts';
import { readStationFile, serialFault } from '../../scenarios/language/station/read.ts';
import { printable } from '../../reports/render/terminal-text.ts';
import { plainBytes } from '../run/plain-file.ts';
import { inOurWords } from './archive-errors.ts';
import { IssuesError, UsageError } from './failures.ts';
import { labUrl } from './filing.ts';
import type { Surroundings } from './surroundings.ts';
import { howMany } from '../../reports/render/how-many.ts';

const STATION_VARIABLE = 'RIG_STATION_FILE';
const DEFAULT_STATION = 'station.yaml';

export const IDENTITY_OPTIONS = {
  serial: { type: 'string', requiresArg: true, describe: 'serial number of the unit' },
  operator: { type: 'string', requiresArg: true, describe: 'who tests it' },
  'work-order': { type: 'string', requiresArg: true, describe: 'for which order' },
  'unit-firmware-version': { type: 'string', requiresArg: true, describe: 'version of the firmware that is in the unit' },
  note: { type: 'string', requiresArg: true, describe: 'anything else the record should hold' },
  station: {
    type: 'string',
    requiresArg: true,
    describe: `serial numbers, retests, what must be said [default on a real bench: $${STATION_VARIABLE}, else ./${DEFAULT_STATION} where there is one]`,
  },
} as const;

export interface IdentityArgs {
  readonly serial?: string;
  readonly operator?: string;
  readonly 'work-order'?: string;
  readonly 'unit-firmware-version'?: string;
  readonly note?: string;
  readonly station?: string;
  /** Set by commands that make runs of their own. */
  readonly purpose?: RunRecord['purpose'];
}

const OPTION_OF: Readonly<Record<AskedField, keyof IdentityArgs>> = {
  serial: 'serial',
  operator: 'operator',
  'work order': 'work-order',
  'unit firmware version': 'unit-firmware-version',
};

/** A field is a line of text; what does not fit is refused and not cut. */
const LONGEST = 200;
const LONGEST_SERIAL = 64;

/** What the simulated bench does must not depend on the folder one stands in. */
const fileOf = ({ station }: IdentityArgs, isReal: boolean, env: Surroundings['env']): string | null => {
  if (station !== undefined) return station;
  if (!isReal) return null;
  const named = env[STATION_VARIABLE];
  if (named !== undefined && named !== '') return named;
  return existsSync(DEFAULT_STATION) ? DEFAULT_STATION : null;
};

/** Throws IssuesError for a file with mistakes. */
const read = (file: string): StationFile => {
  let bytes: Buffer;
  try {
    bytes = plainBytes(file);
  } catch (cause) {
    const message =
      (cause as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'the file does not exist'
        : `the file cannot be read: ${(cause as Error).message}`;
    throw new IssuesError(
      [{ id: 'file-unreadable', severity: 'error', file, line: 1, col: 1, message, hint: 'check the path of the station file' }],
      'station file',
    );
  }
  const found = readStationFile({ file, bytes });
  if (!found.ok) throw new IssuesError(found.issues, 'station file');
  return found.station;
};

export interface AskedIdentity {
  readonly identity: Omit<Identity, 'attempt'>;
  readonly station: StationFile | null;
}

/** Throws UsageError for what the station file refuses, IssuesError for a station file with mistakes. */
export const readIdentity = (args: IdentityArgs, isReal: boolean, { env }: Pick<Surroundings, 'env'>): AskedIdentity => {
  const file = fileOf(args, isReal, env);
  const station = file === null ? null : read(file);
  const rules = args.purpose === 'study' ? null : station;
  for (const [field, option] of Object.entries(OPTION_OF)) {
    const value = args[option];
    if (value === undefined && rules?.required.includes(field as AskedField))
      throw new UsageError(`${rules.file} asks for the ${field} of each run.`, `give it with --${option}`);
    const longest = option === 'serial' ? LONGEST_SERIAL : LONGEST;
    if (value !== undefined && value.length > longest)
      throw new UsageError(`--${option} has ${value.length} signs; ${longest} are the most.`, 'put the rest into the order it belongs to');
  }
  if ((args.note?.length ?? 0) > LONGEST * 10) throw new UsageError(`--note has more than ${LONGEST * 10} signs.`, 'shorten it');
  if (args.serial !== undefined && rules !== null) {
    const fault = serialFault(args.serial, rules);
    if (fault !== null) throw new UsageError(`The serial number "${printable(args.serial)}" ${fault}.`, 'scan it again');
  }
  return {
    station,
    identity: {
      serial: args.serial ?? null,
      operator: args.operator ?? null,
      workOrder: args['work-order'] ?? null,
      unitFirmwareVersion: args['unit-firmware-version'] ?? null,
      note: args.note ?? null,
    },
  };
};

interface Earlier {
  /** Attempts that count, each by its archive and its name there. */
  readonly attempts: ReadonlySet<string>;
  readonly passed: boolean;
}

const earlierIn = async (archive: ArchiveQueries, serial: string, simulated: boolean): Promise<Earlier> => {
  try {
    const runs = (await archive.runs({ serial, simulated }, 10_000)).filter(({ counts }) => counts);
    return {
      attempts: new Set(runs.map((one) => `${one.archive}/${one.run}`)),
      passed: runs.some(({ verdict }) => verdict === 'pass'),
    };
  } finally {
    await archive.close();
  }
};

/** Of two archives that may know the same attempts. */
export const bothOf = (one: Earlier, other: Earlier): Earlier => ({
  attempts: new Set([...one.attempts, ...other.attempts]),
  passed: one.passed || other.passed,
});

/** In this folder's archive, which may know some that still wait to be given to the lab's, and in that one, which knows all stations; null for what cannot be reached. */
const earlierOf = async (
  out: string,
  serial: string,
  simulated: boolean,
  url: string | null,
): Promise<{ readonly here: Earlier; readonly lab: Earlier | null }> => {
  const { openArchive } = await import('../../reports/archive/open-archive.ts');
  const here = await earlierIn(await openArchive(out), serial, simulated);
  if (url === null) return { here, lab: null };
  const lab = await openArchive(out, url)
    .then((archive) => earlierIn(archive, serial, simulated))
    .catch(() => null);
  return { here, lab };
};

export interface AttemptAsked {
  /** Null without a serial number, and without a unit. */
  readonly attempt: number | null;
  /** What a person should know of how it was counted. */
  readonly notes: readonly string[];
}

/** Which attempt at the unit this is. Throws UsageError where the station's rules allow no more. */
export const attemptOf = async (
  { identity: { serial }, station }: AskedIdentity,
  { out, simulated, reference }: { readonly out: string; readonly simulated: boolean; readonly reference: boolean },
  env: Surroundings['env'],
): Promise<AttemptAsked> => {
  if (serial === null || reference) return { attempt: null, notes: [] };
  const url = labUrl(env);
  const { here, lab } = await inOurWords(() => earlierOf(out, serial, simulated, url));
  const earlier = lab === null ? here : bothOf(here, lab);
  const [attempts, passed] = [earlier.attempts.size, earlier.passed];
  const limit = station?.retest.attempts ?? null;
  if (passed && station?.retest.afterPass === 'refuse')
    throw new UsageError(
      `Unit ${printable(serial)} has passed already, and ${station.file} allows no test after a pass.`,
      'check the serial number',
    );
  if (limit !== null && attempts >= limit)
    throw new UsageError(
      `Unit ${printable(serial)} has had ${howMany(attempts, 'attempt')}, those not counted that the bench spoilt; ${station!.file} allows ${limit}.`,
      'hand it over for repair, or check the serial number',
    );
  const blind = url !== null && lab === null;
  return {
    attempt: attempts + 1,
    notes: blind
      ? ['The lab’s archive cannot be reached: what other stations know of this unit was not counted, neither attempts nor a pass.']
      : [],
  };
};
