/** A run put away: its files, the chain, the database, the lab's database; what goes wrong on the way is told, and the run is kept all the same. */

import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MadeRecord } from '../../reports/archive/file-run.ts';
import type { RunFolder } from '../../reports/archive/run-folder.ts';
import { isoOf, type WallTime_ms, wallTimeOf } from '../calendar.ts';
import { RigError } from '../error.ts';
import { transcriptHash } from '../run/transcript-file.ts';
import type { RecordedRun } from './bench-run.ts';
import { UsageError } from './failures.ts';
import { unwritable } from './out-folder.ts';
import type { Surroundings } from './surroundings.ts';

type Env = Surroundings['env'];

/** URL of the lab's archive; null where there is none. Throws UsageError for what is no URL of a server: the runs would wait for it without end. */
export const labUrl = (env: Env): string | null => {
  const url = env['RIG_ARCHIVE_URL'];
  if (url === undefined || url === '') return null;
  // Not shown: there may be a password in it.
  if (!/^postgres(ql)?:\/\/[^/]/i.test(url))
    throw new UsageError(
      'RIG_ARCHIVE_URL is not the URL of a PostgreSQL server.',
      'for example RIG_ARCHIVE_URL=postgres://rig@archive.example/runs; without it runs are kept in their folder alone',
    );
  return url;
};

const messageOf = (cause: unknown): string => (cause as Error).message.replace(/\.?$/, '.');
const withHint = (cause: unknown): string => {
  const { hint = '' } = cause as { readonly hint?: string };
  return hint === '' ? messageOf(cause) : `${messageOf(cause)} ${hint[0]!.toUpperCase()}${hint.slice(1)}.`;
};

/** What an earlier process left open, finished. Gives what a person should know of it. Throws UsageError where the lab's archive is named wrongly, before anything is run. */
export const settleOut = async (out: string, env: Env): Promise<readonly string[]> => {
  const url = labUrl(env);
  const { openRuns } = await import('../../reports/archive/progress.ts');
  if ((await openRuns(out)).size === 0) return [];
  const [{ settle }, { keyFolder }] = await Promise.all([
    import('../../reports/archive/settle.ts'),
    import('../../reports/archive/chain/keys.ts'),
  ]);
  const { aborted, filed, entered, troubles } = await settle(out, { keys: keyFolder(env), forLab: url !== null, transcriptHash });
  return [
    ...aborted.map((run) => `Run ${run} was interrupted; it is recorded as aborted.`),
    ...filed.map((run) => `Run ${run} was over and is filed now.`),
    ...entered.map((run) => `Run ${run} had waited for the database, and is in it now.`),
    ...troubles,
  ];
};

/** An hour of summer time, set by hand, is no reason to doubt a date. */
const DOUBT_ms = 2 * 3_600_000;

/** When the newest run of a folder began, by its database or, where that cannot be asked, by its record; null where nothing tells. */
const latestStart = async (out: string): Promise<string | null> => {
  const { openArchive } = await import('../../reports/archive/open-archive.ts');
  try {
    const archive = await openArchive(out);
    try {
      return (await archive.runs({}, 1))[0]?.started ?? null;
    } finally {
      await archive.close();
    }
  } catch {
    const { LATEST, readRun } = await import('../../reports/archive/read-run.ts');
    return readRun(LATEST, out).then(
      ({ record }) => record.started,
      () => null,
    );
  }
};

/** Why the date is not to be trusted: the clock is behind a run that was made before. Null where nothing speaks against it. */
export const dateDoubt = async (out: string, now: WallTime_ms): Promise<string | null> => {
  const latest = await latestStart(out);
  if (latest === null || wallTimeOf(latest) <= now + DOUBT_ms) return null;
  return `The clock of this machine says ${isoOf(now)}, and an earlier run here was made at ${latest}: one of the two was wrong.`;
};

/** Where runs go when their own folder takes no more. */
const spareFolder = (): string => path.join(tmpdir(), 'bms-rig-runs');

/** Whether the journal on the disk has every attempt of the record: then the run is not lost, only its end is. */
const isInJournal = async (dir: string, { cases }: RecordedRun['record']): Promise<boolean> => {
  const { JOURNAL, readJournal } = await import('../../reports/archive/journal.ts');
  const bytes = await readFile(path.join(dir, JOURNAL)).catch(() => Buffer.alloc(0));
  const { events } = readJournal(bytes);
  const made = cases.reduce((sum, { attempts }) => sum + attempts.filter(({ result }) => result.verdict !== 'notRun').length, 0);
  return events[0]?.kind === 'begin' && events.filter(({ kind }) => kind === 'attempt').length >= made;
};

/** Another disk may have room. Throws RigError `outUnwritable`, which names where the run is, or that it is nowhere. */
const keepElsewhere = async (out: string, { record, transcript, progress }: RecordedRun, cause: unknown): Promise<never> => {
  const { message } = unwritable(out, cause);
  const { writeRunFolder } = await import('../../reports/archive/run-folder.ts');
  const kept = await writeRunFolder(spareFolder(), record, transcript).catch(() => null);
  // Else the next start would make an aborted run of what is whole elsewhere.
  if (kept !== null) await progress.discard().catch(() => undefined);
  const refuse = (what: string, hint: string): RigError =>
    new RigError('outUnwritable', `${message} ${what}`, { hint, blame: 'operator', cause });
  if (kept !== null) throw refuse(`The run is kept in ${kept.dir}.`, `make room, then: rig archive import ${kept.dir} --out ${out}`);
  if (await isInJournal(progress.dir, record))
    throw refuse(
      `Run ${record.runId} has no record; what was measured is in its journal, in ${progress.dir}.`,
      `make room, then: rig verify ${out}, which makes an aborted run of it; and run again`,
    );
  throw refuse(`The record of run ${record.runId} is lost.`, 'make room, and run again');
};

export interface WrittenRun extends RunFolder {
  /** What a person should know: something could not be done now, a key was made. */
  readonly notes: readonly string[];
}

/** Runs that wait for the lab's database are given to it. */
const forward = async (out: string, url: string): Promise<readonly string[]> => {
  const { forwardRuns } = await import('../../reports/archive/forward.ts');
  try {
    await forwardRuns(out, url);
    return [];
  } catch (cause) {
    return [withHint(cause)];
  }
};

const keyNote = (keys: string): string =>
  `A key that signs this station's records was made in ${keys}: keep a copy of it, and see reports/archive/KEYS.md.`;

const fileIt = async (out: string, run: string, made: MadeRecord, env: Env): Promise<readonly string[]> => {
  const [{ fileRun, NotInDatabase }, { keyFolder }] = await Promise.all([
    import('../../reports/archive/file-run.ts'),
    import('../../reports/archive/chain/keys.ts'),
  ]);
  const url = labUrl(env);
  try {
    await fileRun(out, run, { keys: keyFolder(env), forLab: url !== null }, made);
    return url === null ? [] : await forward(out, url);
  } catch (cause) {
    const { release } = await import('../../reports/archive/progress.ts');
    await release(out, run).catch(() => undefined);
    return [
      cause instanceof NotInDatabase
        ? `The run is signed and whole in its folder; the database does not have it yet. ${withHint(cause)}`
        : `The run is in its folder and not in the archive yet: ${withHint(cause)}`,
    ];
  }
};

/** Throws RigError `outUnwritable`. */
export const writeRecord = async (out: string, run: RecordedRun, { env }: Pick<Surroundings, 'env'>): Promise<WrittenRun> => {
  const [{ folderAt }, { keyFolder }] = await Promise.all([
    import('../../reports/archive/run-folder.ts'),
    import('../../reports/archive/chain/keys.ts'),
  ]);
  const { progress, record, transcript } = run;
  const keys = keyFolder(env);
  const finished = await progress.finish(record, transcript, keys).catch((cause: unknown) => keepElsewhere(out, run, cause));
  const made = finished.keyMade ? [keyNote(keys)] : [];
  return { ...folderAt(progress.dir), notes: [...made, ...(await fileIt(out, record.runId, finished.made, env))] };
};
