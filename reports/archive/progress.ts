/** A run while it goes on: its folder is there from the beginning, and its journal says what has happened so far. */

import { type FileHandle, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AttemptFacts, RunRecord } from '../record.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { sha256Of } from './chain/entry.ts';
import { stationKey } from './chain/keys.ts';
import { sealOf } from './chain/seal.ts';
import type { MadeRecord } from './file-run.ts';
import { type FactsAtBegin, JOURNAL, JOURNAL_FORM, JournalWriter, type Writer, writerShape } from './journal.ts';
import { makeFolder } from './make-folder.ts';
import { ARCHIVE_FOLDER } from './open-archive.ts';
import { makeRunDir, recordBytes, runDir, writeDurably, writeRunFiles } from './run-folder.ts';
import { thisWriter } from './writer.ts';

/** One small file for each run that is not filed yet; whoever starts next looks here. */
const OPEN = 'open';
const openFolder = (out: string): string => path.join(out, ARCHIVE_FOLDER, OPEN);

const flushed = async (handle: FileHandle): Promise<void> => {
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Marked once this resolves; `durable` resolves once that outlasts a power cut. A mark that one emptied says that nobody is at the run. */
const mark = async (out: string, runId: string, writer: Writer): Promise<{ readonly durable: Promise<void> }> => {
  const folder = openFolder(out);
  await makeFolder(folder);
  const part = path.join(folder, `.${runId}`);
  const handle = await open(part, 'w');
  try {
    await handle.writeFile(JSON.stringify(writer));
    await rename(part, path.join(folder, runId));
  } catch (cause) {
    await handle.close();
    throw cause;
  }
  const durable = flushed(handle);
  // Whoever awaits it is told; until then it must not end the process.
  durable.catch(() => undefined);
  return { durable };
};

/** The run is over and could not be filed: whoever starts next does it, also where this process goes on. */
export const release = (out: string, runId: string): Promise<void> => writeDurably(path.join(openFolder(out), runId), '');

/** The run is filed. */
export const unmark = (out: string, runId: string): Promise<void> => rm(path.join(openFolder(out), runId), { force: true });

/** Runs that are not filed yet, with who is at it; null where that cannot be read. */
export const openRuns = async (out: string): Promise<ReadonlyMap<string, Writer | null>> => {
  const names = await readdir(openFolder(out)).catch((): string[] => []);
  const found = new Map<string, Writer | null>();
  for (const name of names.filter((one) => !one.startsWith('.')).toSorted()) {
    const text = await readFile(path.join(openFolder(out), name), 'utf8').catch(() => '');
    try {
      found.set(name, writerShape.parse(JSON.parse(text)));
    } catch {
      found.set(name, null);
    }
  }
  return found;
};

export interface RunBegin {
  readonly runId: string;
  readonly facts: FactsAtBegin;
  readonly cases: readonly Case[];
}

export interface Finished {
  readonly keyMade: boolean;
  /** For who files it: the record and its file. */
  readonly made: MadeRecord;
}

export class RunInProgress {
  readonly runId: string;
  readonly out: string;
  readonly dir: string;
  readonly #journal: JournalWriter;

  private constructor(out: string, dir: string, runId: string, journal: JournalWriter) {
    this.out = out;
    this.dir = dir;
    this.runId = runId;
    this.#journal = journal;
  }

  /** Rejects with RunFolderClash, or with the system's error. */
  static async begin(out: string, { runId, facts, cases }: RunBegin): Promise<RunInProgress> {
    const writer = thisWriter();
    runDir(out, runId);
    // Before the folder, so that none is ever without a mark.
    const { durable } = await mark(out, runId, writer);
    const dir = await makeRunDir(out, runId);
    const journal = await JournalWriter.create(path.join(dir, JOURNAL));
    journal.add({ kind: 'begin', form: JOURNAL_FORM, writer, facts, cases });
    try {
      await Promise.all([durable, journal.flush()]);
    } catch (cause) {
      await journal.close().catch(() => undefined);
      throw cause;
    }
    return new RunInProgress(out, dir, runId, journal);
  }

  caseBegins(index: number): void {
    this.#journal.add({ kind: 'case', index });
  }

  /** What goes over the wire while a case is under way. */
  lines(index: number, lines: readonly unknown[]): void {
    this.#journal.add({ kind: 'lines', index, lines });
  }

  /** Taken at once, written behind the caller's back. */
  attemptDone(
    index: number,
    attempt: number,
    testCase: Case,
    { result, trace, prediction }: AttemptFacts,
    transcript: string | null,
  ): void {
    this.#journal.add({ kind: 'attempt', index, attempt, testCase, result, trace, prediction, transcript });
  }

  /** The run is over: its files are on the disk, and what is left is to file it. `keys`: the station's folder of keys. Rejects with the system's error. */
  async finish(record: RunRecord, transcript: string | null, keys: string): Promise<Finished> {
    const bytes = recordBytes(record);
    const writing = writeRunFiles(this.dir, record, transcript, bytes);
    const recordHash = sha256Of(bytes);
    // Without a key the run is kept all the same; who files it says what is wrong with the key.
    const [station] = await Promise.all([stationKey(keys).catch(() => null), writing]);
    this.#journal.add({ kind: 'end', recordHash, ...(station !== null && { seal: sealOf(this.runId, recordHash, station.key) }) });
    await this.#journal.close();
    return { keyMade: station?.made ?? false, made: { record, bytes, recordHash } };
  }

  /** Nothing was run: the folder goes away. */
  async discard(): Promise<void> {
    await this.#journal.close().catch(() => undefined);
    await rm(this.dir, { recursive: true, force: true });
    await unmark(this.out, this.runId);
  }
}
