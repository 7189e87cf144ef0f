/** Finds a run that was recorded earlier and reads its record from disk. */

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { JOURNAL } from './journal.ts';
import { RECORD_SCHEMA, recordShape, type RunRecord } from '../record.ts';
import { migrateRecord, OWN_VERSION, versionOf } from './migrate-record.ts';
import { RECORD } from './run-folder.ts';

/** Why there is no record to be had: nothing of that name, not a record, of a later version, or spoilt. */
export type RunUnreadableCode = 'runMissing' | 'recordDamaged' | 'recordNewer';

export class RunUnreadable extends Error {
  readonly code: RunUnreadableCode;
  readonly hint: string;
  constructor(code: RunUnreadableCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'RunUnreadable';
    this.code = code;
    this.hint = hint;
  }
}

export interface StoredRun {
  /** The folder that holds the record. */
  readonly dir: string;
  readonly record: RunRecord;
}

/** The word for the newest run of the folder. */
export const LATEST = 'latest';

const listed = (folder: string): Promise<readonly string[]> => readdir(folder).catch((): readonly string[] => []);

/** `20261128-100000` of a run id: when it began. */
const began = (name: string): string => name.slice(0, 15);

/** Run ids begin with the time at which the run began; of those of one second the folder that was made last is the newest. */
const newest = async (out: string): Promise<string> => {
  const names = (await listed(out)).filter((name) => !name.startsWith('.'));
  const found = await Promise.all(
    names.map(async (name) => {
      const written = await stat(path.join(out, name, RECORD)).catch(() => null);
      return written === null ? [] : [{ name, made_ms: written.mtimeMs }];
    }),
  );
  const [latest] = found.flat().toSorted((a, b) => began(b.name).localeCompare(began(a.name)) || b.made_ms - a.made_ms);
  if (latest !== undefined) return path.join(out, latest.name);
  throw new RunUnreadable('runMissing', `There is no run in ${out}.`, 'run a scenario first, or name the folder of a run');
};

/** A path as given, or the name of a run below `out`. */
const folderOf = async (where: string, out: string): Promise<string> => {
  if (where === LATEST) return newest(out);
  if (path.basename(where) === RECORD) return path.dirname(where);
  for (const dir of [where, path.join(out, where)]) {
    const names = await listed(dir);
    if (names.includes(RECORD)) return dir;
    if (names.includes(JOURNAL))
      throw new RunUnreadable(
        'runMissing',
        `Run ${where} goes on or was interrupted: it has a journal and no ${RECORD}.`,
        `wait for its end; one that was interrupted gets its record from rig verify ${path.dirname(dir)}`,
      );
  }
  throw new RunUnreadable(
    'runMissing',
    `There is no run ${where}: neither it nor ${path.join(out, where)} is a folder with a ${RECORD}.`,
    'give the folder of a run, its name, or the word latest',
  );
};

const DAMAGED = 'a record is never edited; take a copy of it';

/** The text of a record, of this version or an earlier one. Throws RunUnreadable; `file` is for its words. */
export const parseRecord = (file: string, text: string): RunRecord => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RunUnreadable('recordDamaged', `${file} is damaged: ${(cause as Error).message}.`, DAMAGED, cause);
  }
  const version = versionOf(value);
  if (version === null)
    throw new RunUnreadable('recordDamaged', `${file} is no record of a run.`, 'give the folder that `rig run` named at its end');
  if (version > OWN_VERSION)
    throw new RunUnreadable(
      'recordNewer',
      `${file} is of the form bms-rig/record/${version}; this rig knows ${RECORD_SCHEMA}.`,
      'read it with the version of the rig that wrote it, or a later one',
    );
  const parsed = recordShape.safeParse(migrateRecord(value as object, version));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const what = `at ${first?.path.join('.') ?? 'its top'}: ${first?.message ?? 'not a record'}`;
  throw new RunUnreadable('recordDamaged', `${file} is damaged: ${what}.`, DAMAGED);
};

/** Rejects with RunUnreadable. */
export async function readRun(where: string, out: string): Promise<StoredRun> {
  const dir = await folderOf(where, out);
  const file = path.join(dir, RECORD);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new RunUnreadable('runMissing', `${file} cannot be read: ${(cause as Error).message}.`, 'check the path', cause);
  });
  return { dir, record: parseRecord(file, text) };
}
