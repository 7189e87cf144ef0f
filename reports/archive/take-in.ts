/** Runs taken into an archive from folders: those below it that no chain knows yet, and those of other folders, copied whole and never over another. */

import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileRun, type FilingOptions } from './file-run.ts';
import { archiveIdOf, chainLines } from './chain/chain-file.ts';
import { parseEntry, sha256Of } from './chain/entry.ts';
import { ARCHIVE_FOLDER } from './open-archive.ts';
import { readRun } from './read-run.ts';
import { RECORD } from './run-folder.ts';
import type { Refused, TakenIn } from './run-lines.ts';
import { findRuns } from './verify-archive.ts';

const isRun = (dir: string): Promise<boolean> =>
  stat(path.join(dir, RECORD)).then(
    (found) => found.isFile(),
    () => false,
  );

/** The run folders that a path means: itself, or those below it. */
const foldersAt = async (from: string): Promise<readonly string[]> => {
  if (await isRun(from)) return [from];
  const { recorded } = await findRuns(from);
  return recorded.filter((name) => !name.includes('/')).map((name) => path.join(from, name));
};

/** Hash of the record that was signed, by the name of the run. */
const chained = async (out: string): Promise<ReadonlyMap<string, string | undefined>> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  await archiveIdOf(folder);
  const known = new Map<string, string | undefined>();
  for await (const line of chainLines(folder)) {
    const entry = parseEntry(line);
    if (entry !== null) known.set(entry.run, entry.files[RECORD]);
  }
  return known;
};

/** Whole or not at all. False where a run of that name is there already. */
const copyRun = async (from: string, out: string, run: string): Promise<boolean> => {
  const target = path.join(out, run);
  if (path.resolve(from) === path.resolve(target)) return true;
  if (await stat(target).catch(() => null)) return false;
  const part = path.join(out, `.${run}-import`);
  await rm(part, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await cp(from, part, { recursive: true, errorOnExist: true });
  await rename(part, target);
  return true;
};

/** Each run once. What was recorded before it was signed is signed as it is now. */
export const takeInFolders = async (
  from: string,
  out: string,
  options: FilingOptions,
  onProgress: (runs: number) => void = () => undefined,
): Promise<TakenIn> => {
  const known = await chained(out);
  const refused: Refused[] = [];
  let [runs, added] = [0, 0];
  for (const dir of await foldersAt(from)) {
    runs += 1;
    try {
      // Read whole first: what is no record does not get a signature.
      const { record } = await readRun(dir, out);
      if (known.has(record.runId)) {
        if (sha256Of(await readFile(path.join(dir, RECORD))) !== known.get(record.runId))
          refused.push({ what: dir, why: `another record of run ${record.runId} is in ${out}` });
        continue;
      }
      if (!(await copyRun(dir, out, record.runId))) {
        refused.push({ what: dir, why: `there is another run ${record.runId} in ${out}` });
        continue;
      }
      await fileRun(out, record.runId, options);
      added += 1;
    } catch (cause) {
      refused.push({ what: dir, why: (cause as Error).message });
    }
    onProgress(runs);
  }
  return { runs, added, refused };
};

/** Everything of an archive but its database, for a copy of it. */
export const archiveParts = async (out: string): Promise<readonly string[]> =>
  (await readdir(path.join(out, ARCHIVE_FOLDER))).filter((name) => !/^(archive\.db|lock\.db|open)/.test(name) && !name.startsWith('.'));
