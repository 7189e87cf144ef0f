/** The earlier attempts at a unit from the records of a folder, for when its database cannot be asked or does not know all of them. */

import { open } from 'node:fs/promises';
import path from 'node:path';
import { countsForUnit } from '../judge/counting.ts';
import { chainLines, findEntry, lastNumber, readArchiveId } from './chain/chain-file.ts';
import { readMade } from './file-run.ts';
import { ARCHIVE_FOLDER, openToRead } from './open-archive.ts';
import { RECORD } from './run-folder.ts';
import { findRuns } from './verify-archive.ts';

/** What says whose a record is stands before its cases, which are nearly all of it. */
const HEAD_bytes = 65_536;
const IDENTITY = '"identity":';
/** A member of the record itself: within a text no line ends. */
const CASES = '\n "cases":';

const headOf = async (file: string): Promise<string> => {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_bytes), 0, HEAD_bytes, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** False only where the record says that it is of another unit, or of none. */
const mayBeOf = async (file: string, serial: string): Promise<boolean> => {
  const head = await headOf(file);
  const end = head.indexOf(CASES);
  const identity = head.indexOf(IDENTITY);
  return end === -1 || identity === -1 || identity > end || head.slice(0, end).includes(JSON.stringify(serial));
};

export interface UnitHistory {
  /** Attempts that count, each by its archive and its name there. */
  readonly attempts: ReadonlySet<string>;
  readonly passed: boolean;
  /** Runs that may be attempts at the unit, and cannot be told: their records are damaged, of a later version, or not what was signed. */
  readonly untold: readonly string[];
}

/** Runs that were taken in without their folders are not among them. */
export const historyOf = async (out: string, serial: string, simulated: boolean): Promise<UnitHistory> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  const id = (await readArchiveId(folder).catch(() => null)) ?? out;
  const attempts = new Set<string>();
  const untold: string[] = [];
  let passed = false;
  // Judged anew is no other attempt.
  for (const run of (await findRuns(out)).recorded.filter((name) => !name.includes('/'))) {
    const file = path.join(out, run, RECORD);
    try {
      if (!(await mayBeOf(file, serial))) continue;
      const { record, recordHash } = await readMade(file);
      const signed = await findEntry(folder, run);
      if (signed !== null && signed.files[RECORD] !== recordHash) throw new Error('it was changed since it was signed');
      if (record.identity.serial !== serial || record.bench.simulated !== simulated || !countsForUnit(record)) continue;
      attempts.add(`${id}/${run}`);
      passed ||= record.verdict === 'pass';
    } catch {
      untold.push(run);
    }
  }
  return { attempts, passed, untold };
};

/** As a link names a run that judges another anew: of an earlier run, and never in the database. */
const ANEW = /"run":"[^"]*\//;

/** How many signed runs the database of a folder does not have, as where it was lost and began anew. Rejects with what opening it does. */
export const lackingIn = async (out: string): Promise<number> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  const id = await readArchiveId(folder).catch(() => null);
  if (id === null) return 0;
  const engine = await openToRead(out);
  let known: number;
  try {
    const { n } = await engine.db
      .selectFrom('run')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('archive', '=', id)
      .executeTakeFirstOrThrow();
    known = n;
  } finally {
    await engine.close();
  }
  if (known >= (await lastNumber(folder))) return 0;
  let signed = 0;
  for await (const line of chainLines(folder)) if (!ANEW.test(line)) signed += 1;
  return Math.max(0, signed - known);
};
