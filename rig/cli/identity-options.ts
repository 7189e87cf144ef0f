/** Who the unit is and who tests it: the options that say so, and what the station file insists on. */

import { existsSync } from 'node:fs';
import type { Identity, RunRecord } from '../../reports/record.ts';
import type { AskedField, StationFile } from '../../scenarios/contracts/station-file.ts';
import { readStationFile, serialFault } from '../../scenarios/language/station/read.ts';
import { printable } from '../../reports/render/terminal-text.ts';
import { plainBytes } from '../run/plain-file.ts';
import { IssuesError, UsageError } from './failures.ts';
import type { Surroundings } from './surroundings.ts';

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
