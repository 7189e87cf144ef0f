/** Whether the records of a folder are what they were when their runs ended: the chain, the keys and every file of every run looked at. */

import type { KeyObject } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ChainProblem } from '../shape/archive.ts';
import { archiveKeys, chainLines, readArchiveId } from './chain/chain-file.ts';
import { type ChainEntry, type Head, keyId, parseEntry } from './chain/entry.ts';
import { examine } from './chain/examine.ts';
import { publicStationKey, readHead, stationKeys } from './chain/keys.ts';
import { filesOf } from './file-run.ts';
import { JOURNAL } from './journal.ts';
import { withLock } from './lock.ts';
import { ARCHIVE_FOLDER } from './open-archive.ts';
import { RECORD } from './run-folder.ts';

/** Folders inside a run's folder that hold results of judging it anew; each is filed as a run of its own. */
export const REJUDGED = /^rejudged-\d+$/;

const subfolders = async (dir: string): Promise<readonly string[]> =>
  (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);

const has = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );

export interface FoundRuns {
  /** Names of folders with a record, of judged-anew ones as `run/rejudged-1`. */
  readonly recorded: readonly string[];
  /** Folders with a journal and no record. */
  readonly unfinished: readonly string[];
}

export const findRuns = async (out: string): Promise<FoundRuns> => {
  const recorded: string[] = [];
  const unfinished: string[] = [];
  for (const name of (await subfolders(out)).filter((one) => one !== ARCHIVE_FOLDER && !one.startsWith('.')).toSorted()) {
    if (await has(path.join(out, name, RECORD))) recorded.push(name);
    else if (await has(path.join(out, name, JOURNAL))) unfinished.push(name);
    for (const inner of (await subfolders(path.join(out, name))).filter((one) => REJUDGED.test(one)).toSorted())
      if (await has(path.join(out, name, inner, RECORD))) recorded.push(`${name}/${inner}`);
  }
  return { recorded, unfinished };
};

export interface Verified {
  readonly archive: string | null;
  /** Links of the chain. */
  readonly records: number;
  readonly problems: readonly ChainProblem[];
  readonly keys: readonly { readonly id: string; readonly known: boolean }[];
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  /** Folder of this station's keys. */
  readonly keys: string;
  /** Public keys that the caller has from elsewhere. */
  readonly given: readonly KeyObject[];
  /** Names of runs that are not over yet. */
  readonly running: readonly string[];
  /** How the folders are listed; a test has runs filed meanwhile. */
  readonly find?: typeof findRuns;
}

/** Runs are filed while others are looked at: those that the chain names and that had no record yet are looked for once more, when nobody is between its link and its name. */
const lookAgain = async (
  out: string,
  folders: Map<string, Record<string, string>>,
  named: ReadonlySet<string>,
  find: typeof findRuns,
): Promise<void> => {
  if ([...named].every((run) => folders.has(run))) return;
  // Where there is no lock to be had, what is there counts.
  await withLock(path.join(out, ARCHIVE_FOLDER), async () => undefined).catch(() => undefined);
  const { recorded } = await find(out);
  for (const run of recorded) if (named.has(run) && !folders.has(run)) folders.set(run, await filesOf(path.join(out, run)));
};

/** Its lock is held while a run is copied into the archive and signed; whoever only files one does not wait for it. */
export const importFolder = (out: string): string => path.join(out, ARCHIVE_FOLDER, 'import');

/** Resolves when nobody is between a copy and its signature. Rejects with ArchiveUnusable where somebody stays there: then nobody can say whose a record is. */
const importersGone = async (out: string): Promise<void> => {
  const folder = importFolder(out);
  // Nothing was ever taken in; whoever takes in makes it first.
  if (!(await stat(folder).catch(() => null))) return;
  await withLock(folder, async () => undefined).catch((cause: unknown) => {
    // Where the folder cannot be written nobody takes in.
    if ((cause as { readonly code?: string }).code === 'archiveLocked') throw cause;
  });
};

interface Read {
  readonly id: string | null;
  readonly head: Head | null;
  readonly lines: readonly string[];
  readonly entries: readonly (ChainEntry | null)[];
  readonly named: ReadonlySet<string>;
}

const readChain = async (folder: string, keys: string): Promise<Read> => {
  const id = await readArchiveId(folder);
  const own = await publicStationKey(keys);
  // Before the chain, which is ahead of it while a run is filed.
  const head = own === null || id === null ? null : await readHead(keys, id, own);
  const lines: string[] = [];
  if (id !== null) for await (const line of chainLines(folder)) lines.push(line);
  const entries = lines.map(parseEntry);
  return { id, head, lines, entries, named: new Set(entries.flatMap((entry) => (entry === null ? [] : [entry.run]))) };
};

/** Of records that are in no chain yet, those that are just being taken in are in it a moment later. */
const readChainOf = async (out: string, keys: string, recorded: readonly string[]): Promise<Read> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  const read = await readChain(folder, keys);
  if (recorded.every((run) => read.named.has(run))) return read;
  await importersGone(out);
  return readChain(folder, keys);
};

const UNKNOWN_ALL =
  'None of the keys that signed is known here, so this shows only that the records fit together: give the public key of the station with --key, or run this at the station.';

/** Rejects with ChainDamaged, KeyUnusable, ArchiveUnusable or the system's error. */
export const verifyArchive = async (out: string, { keys, given, running, find = findRuns }: VerifyOptions): Promise<Verified> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  const { recorded } = await find(out);
  const folders = new Map<string, Record<string, string>>();
  for (const run of recorded) folders.set(run, await filesOf(path.join(out, run)));
  const { id, head, lines, entries, named } = await readChainOf(out, keys, recorded);
  if (id === null) {
    const strangers = [...folders.keys()].filter((run) => !running.includes(run));
    const problems = strangers.map((run): ChainProblem => ({
      run,
      kind: 'inserted',
      text: 'there is no archive that knows this record',
    }));
    const notes =
      problems.length === 0
        ? []
        : [`There is no archive here: runs made before there was one are taken in by rig archive import --out ${out}`];
    return { archive: null, records: 0, problems, keys: [], notes };
  }
  await lookAgain(out, folders, named, find);
  // What is in the chain is judged, though its run may still wait for the database.
  for (const run of running) if (!named.has(run)) folders.delete(run);
  const trusted = new Map([...given, ...(await stationKeys(keys))].map((key) => [keyId(key), key]));
  const held = await archiveKeys(folder);
  const signers = [...new Set(entries.map((entry) => entry?.key ?? ''))].filter((one) => held.has(one) || trusted.has(one));
  // Who knows a key of this archive believes no other one: anybody can put a key into the folder and sign with it.
  const isOurs = head !== null || given.length > 0 || signers.some((one) => trusted.has(one));
  const problems = examine({
    archive: id,
    lines,
    keys: isOurs ? trusted : held,
    heads: head === null ? [] : [head],
    folders,
  });
  return {
    archive: id,
    records: lines.length,
    problems,
    keys: signers.map((one) => ({ id: one, known: trusted.has(one) })),
    notes: isOurs || lines.length === 0 ? [] : [UNKNOWN_ALL],
  };
};
