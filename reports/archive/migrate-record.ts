/** How a record of an earlier version becomes one of this version: a step for each, and no record is ever rewritten on disk. */

import { NOBODY, RECORD_SCHEMA } from '../record.ts';

const SCHEMA = /^bms-rig\/record\/([1-9]\d*)$/;

/** From what a document says of itself; null where it is no record. */
export const versionOf = (value: unknown): number | null => {
  const schema: unknown = typeof value === 'object' && value !== null ? (value as { schema?: unknown }).schema : undefined;
  const version = typeof schema === 'string' ? SCHEMA.exec(schema)?.[1] : undefined;
  return version === undefined ? null : Number(version);
};

export const OWN_VERSION = versionOf({ schema: RECORD_SCHEMA })!;

type Loose = Readonly<Record<string, unknown>>;

/** By the version they begin with. What an earlier rig did not know is null, never made up. */
export const STEPS: Readonly<Record<number, (record: Loose) => Loose>> = {
  // Nobody was asked who the unit was; only whole runs were written.
  1: (record) => ({
    ...record,
    dateDoubt: null,
    ended: 'complete',
    purpose: 'test',
    identity: NOBODY,
    rejudged: null,
    profile: null,
    hashes: { ...(record['hashes'] as Loose), stationFile: null, profile: null },
  }),
  // Every unit was judged by the reference alone.
  2: (record) => ({ profile: null, ...record, hashes: { profile: null, ...(record['hashes'] as Loose) } }),
  // Runs of a gauge study called themselves tests.
  3: (record) => record,
  // Nobody was asked what shows that a bench is sound.
  4: (record) => ({ benchProof: null, ...record }),
};

/** `version` is not later than this rig's. */
export const migrateRecord = (record: object, version: number): object => {
  let migrated = record as Loose;
  for (let from = version; from < OWN_VERSION; from += 1) migrated = { ...STEPS[from]!(migrated), schema: `bms-rig/record/${from + 1}` };
  return migrated;
};
