/** Runs taken into an archive from folders: those below it that no chain knows yet, and those of other folders, copied whole and never over another. */

import { cp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { chainRun, fileRun, type FilingOptions } from './file-run.ts';
import { archiveIdOf, chainLines } from './chain/chain-file.ts';
import { parseEntry, sha256Of } from './chain/entry.ts';
import { withLock } from './lock.ts';
import { makeFolder } from './make-folder.ts';
import { ARCHIVE_FOLDER, openLocal } from './open-archive.ts';
import { readRun } from './read-run.ts';
import { RECORD } from './run-folder.ts';
import type { Refused, TakenIn } from './run-lines.ts';
import { findRuns, importFolder } from './verify-archive.ts';

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

const hashOfRecord = async (dir: string): Promise<string> => sha256Of(await readFile(path.join(dir, RECORD)));

/** Of runs that are filed, by name: the hash of the record that was signed. What the database does not have is not filed, as after a power cut, or where it was lost. */
const filed = async (out: string): Promise<ReadonlyMap<string, string | undefined>> => {
  const folder = path.join(out, ARCHIVE_FOLDER);
  const archive = await archiveIdOf(folder);
  const engine = await openLocal(out);
  const listed = new Set<string>();
  try {
    for (const { run } of await engine.db.selectFrom('run').select('run').where('archive', '=', archive).execute()) listed.add(run);
  } finally {
    await engine.close();
  }
  const known = new Map<string, string | undefined>();
  for await (const line of chainLines(folder)) {
    const entry = parseEntry(line);
    if (entry !== null && listed.has(entry.run)) known.set(entry.run, entry.files[RECORD]);
  }
  return known;
};

const COPY_PATIENCE_ms = 600_000;

/** Whole or not at all, and never over what is there. */
const copyRun = async (from: string, out: string, run: string): Promise<void> => {
  const target = path.join(out, run);
  const part = path.join(out, `.${run}-import`);
  if (await stat(target).catch(() => null)) return;
  // What an importer left that died.
  await rm(part, { recursive: true, force: true });
  await makeFolder(out);
  await cp(from, part, { recursive: true, errorOnExist: true });
  await rename(part, target);
};

/** One importer at a time, and whoever verifies sees nothing between the copy and its signature. Whether the run that is there now is the one of this hash. */
const signedCopy = (from: string, out: string, run: string, hash: string, keys: string): Promise<boolean> =>
  withLock(
    importFolder(out),
    async () => {
      await copyRun(from, out, run);
      if (hash !== (await hashOfRecord(path.join(out, run)))) return false;
      await chainRun(out, run, keys);
      return true;
    },
    COPY_PATIENCE_ms,
  );

/** Each run once, whoever else takes it in meanwhile. What was recorded before it was signed is signed as it is now. */
export const takeInFolders = async (
  from: string,
  out: string,
  options: FilingOptions,
  onProgress: (runs: number) => void = () => undefined,
): Promise<TakenIn> => {
  const known = await filed(out);
  const refused: Refused[] = [];
  let [runs, added] = [0, 0];
  for (const dir of await foldersAt(from)) {
    runs += 1;
    try {
      // Read whole first: what is no record does not get a signature.
      const { runId } = (await readRun(dir, out)).record;
      const hash = await hashOfRecord(dir);
      if (known.has(runId)) {
        if (hash !== known.get(runId)) refused.push({ what: dir, why: `another record of run ${runId} is in ${out}` });
        continue;
      }
      if (!(await signedCopy(dir, out, runId, hash, options.keys))) {
        refused.push({ what: dir, why: `there is another run ${runId} in ${out}` });
        continue;
      }
      if ((await fileRun(out, runId, options)).isNew) added += 1;
    } catch (cause) {
      refused.push({ what: dir, why: (cause as Error).message });
    }
    onProgress(runs);
  }
  return { runs, added, refused };
};

/** Everything of an archive but its database, for a copy of it. */
export const archiveParts = async (out: string): Promise<readonly string[]> =>
  (await readdir(path.join(out, ARCHIVE_FOLDER)).catch((): string[] => [])).filter(
    (name) => !/^(archive\.db|lock\.db|open|import$)/.test(name) && !name.startsWith('.'),
  );
