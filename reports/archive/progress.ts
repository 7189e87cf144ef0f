/** A run while it goes on: its folder is there from the beginning, and its journal says what has happened so far. */

import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AttemptFacts, RunRecord } from '../record.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { plain } from '../shape/plain.ts';
import { sha256Of } from './chain/entry.ts';
import { stationKey } from './chain/keys.ts';
import { sealOf } from './chain/seal.ts';
import { type FactsAtBegin, JOURNAL, JOURNAL_FORM, JournalWriter, type Writer, writerShape } from './journal.ts';
import { ARCHIVE_FOLDER } from './open-archive.ts';
import { makeRunDir, recordText, runDir, writeDurably, writeRunFiles } from './run-folder.ts';
import { thisWriter } from './writer.ts';

/** One small file for each run that is not filed yet; whoever starts next looks here. */
const OPEN = 'open';
const openFolder = (out: string): string => path.join(out, ARCHIVE_FOLDER, OPEN);

const mark = async (out: string, runId: string, writer: Writer): Promise<void> => {
  const folder = openFolder(out);
  await mkdir(folder, { recursive: true });
  const part = path.join(folder, `.${runId}`);
  await writeDurably(part, JSON.stringify(writer));
  await rename(part, path.join(folder, runId));
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
    await mark(out, runId, writer);
    const dir = await makeRunDir(out, runId);
    const journal = await JournalWriter.create(path.join(dir, JOURNAL));
    journal.add({ kind: 'begin', form: JOURNAL_FORM, writer, facts: plain(facts), cases: plain(cases) });
    await journal.flush();
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
    this.#journal.add({
      kind: 'attempt',
      index,
      attempt,
      testCase: plain(testCase),
      result: plain(result),
      trace: plain(trace),
      prediction: plain(prediction),
      transcript,
    });
  }

  /** The run is over: its files are on the disk, and what is left is to file it. `keys`: the station's folder of keys. Rejects with the system's error. */
  async finish(record: RunRecord, transcript: string | null, keys: string): Promise<{ readonly keyMade: boolean }> {
    const text = recordText(record);
    await writeRunFiles(this.dir, record, transcript, text);
    const recordHash = sha256Of(text);
    // Without a key the run is kept all the same; who files it says what is wrong with the key.
    const station = await stationKey(keys).catch(() => null);
    this.#journal.add({ kind: 'end', recordHash, ...(station !== null && { seal: sealOf(this.runId, recordHash, station.key) }) });
    await this.#journal.close();
    return { keyMade: station?.made ?? false };
  }

  /** Nothing was run: the folder goes away. */
  async discard(): Promise<void> {
    await this.#journal.close().catch(() => undefined);
    await rm(this.dir, { recursive: true, force: true });
    await unmark(this.out, this.runId);
  }
}
