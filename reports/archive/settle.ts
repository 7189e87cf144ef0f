/** Finishes what an earlier process left open: runs that were interrupted become aborted ones, runs that were over are filed. */

import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { abortedRun } from './aborted.ts';
import { findEntry } from './chain/chain-file.ts';
import { sha256Of } from './chain/entry.ts';
import { stationKeys } from './chain/keys.ts';
import { isSealed } from './chain/seal.ts';
import { isSqlite, SQLITE } from './database/sqlite-code.ts';
import { chainRun, fileRun, type FilingOptions, NotInDatabase } from './file-run.ts';
import { JOURNAL, JOURNAL_FORM, type JournalEvent, readJournal, type Writer } from './journal.ts';
import { ARCHIVE_FOLDER, UNWRITABLE } from './open-archive.ts';
import { withLock } from './lock.ts';
import { openRuns, unmark } from './progress.ts';
import { CUT_LINES, RECORD, RECORD_PART, settleRecord, writeDurably, writeRunFiles } from './run-folder.ts';
import { stateOf } from './writer.ts';
import { howMany } from '../render/how-many.ts';

export interface RunElsewhere {
  readonly run: string;
  readonly host: string;
  /** ISO 8601: when the run began, and when its journal was last written; null where its journal does not tell. */
  readonly began: string | null;
  readonly written: string | null;
}

export interface Settled {
  /** Names of runs that were interrupted. */
  readonly aborted: readonly string[];
  /** Of runs that were over and had not been signed. */
  readonly filed: readonly string[];
  /** Of runs that were signed, and of which the database knew nothing yet. */
  readonly entered: readonly string[];
  /** Of runs that go on, here or on another machine. */
  readonly running: readonly string[];
  /** Of these the ones of another machine: nobody can see from here whether they do. */
  readonly elsewhere: readonly RunElsewhere[];
  /** What could not be done, one sentence each; it is tried again next time. */
  readonly troubles: readonly string[];
}

export interface SettleOptions extends FilingOptions {
  /** How a transcript is hashed for a record. */
  readonly transcriptHash: (text: string) => string;
  /** Name of a run of which a person knows that it does not go on on the other machine. */
  readonly finish?: string;
}

const isFile = async (file: string): Promise<boolean> => (await stat(file).catch(() => null))?.isFile() ?? false;

type Outcome = 'aborted' | 'filed' | 'entered' | 'nothing';

/** Its journal says that it was finished, the file is the one it means, and this station says so. Rejects for a record of which it does not. */
const isOver = async (dir: string, run: string, events: readonly JournalEvent[], keys: string): Promise<boolean> => {
  const named = await isFile(path.join(dir, RECORD));
  const last = events.at(-1);
  const bytes = await readFile(path.join(dir, named ? RECORD : RECORD_PART)).catch(() => null);
  const hash = bytes === null ? null : sha256Of(bytes);
  const isMeant = last?.kind === 'end' && last.recordHash === hash;
  if (isMeant && isSealed(last.seal ?? '', run, last.recordHash, await stationKeys(keys))) return true;
  // A record gets its name only when it is in the chain.
  // One that nothing seals has it all the same, so that it is seen to be in no chain, and can be taken in.
  if (isMeant && !named) await settleRecord(dir);
  if (named || isMeant)
    throw new Error(
      `nothing shows that this station made its record: it was put there or changed, or made without the station's key, or by an earlier version of the rig. ` +
        `Where you know that it is right, rig archive import ${dir} --out ${path.dirname(dir)} takes it in`,
    );
  return false;
};

/** Under the lock: two that start at once must not write one record both. */
const finish = async (out: string, run: string, { transcriptHash, keys }: SettleOptions): Promise<Outcome> =>
  withLock(path.join(out, ARCHIVE_FOLDER), async () => {
    const dir = path.join(out, run);
    const journal = await readFile(path.join(dir, JOURNAL)).catch(() => null);
    const { events } = readJournal(journal ?? Buffer.alloc(0));
    if ((await findEntry(path.join(out, ARCHIVE_FOLDER), run)) !== null) return 'entered';
    if (await isOver(dir, run, events, keys)) return 'filed';
    const form: string = events[0]?.kind === 'begin' ? events[0].form : JOURNAL_FORM;
    if (form !== JOURNAL_FORM)
      throw new Error(
        `its journal is of the form ${form}, and this rig knows ${JOURNAL_FORM}: finish it with rig verify of the version that wrote it`,
      );
    const made = abortedRun(events, transcriptHash);
    if (made === null) {
      if (journal?.includes(0x0a)) throw new Error(`${path.join(dir, JOURNAL)} is damaged at its beginning`);
      // The power went while the first line was written: nothing had begun.
      await rm(dir, { recursive: true, force: true });
      return 'nothing';
    }
    if (made.cutLines !== null) await writeDurably(path.join(dir, CUT_LINES), made.cutLines);
    await writeRunFiles(dir, made.record, made.transcript);
    return 'aborted';
  });

/** The place itself cannot be written, as an auditor's mount; a full disk is something else. */
const isShut = (out: string, cause: unknown): boolean => {
  const { code = '', path: file = '' } = cause as NodeJS.ErrnoException;
  if (code === 'archiveUnwritable') return isSqlite((cause as Error).cause, [SQLITE.readOnly, SQLITE.cannotOpen]);
  return UNWRITABLE.includes(code) && !path.relative(out, file).startsWith('..');
};

const troubleOf = async (out: string, run: string, cause: unknown): Promise<string> => {
  if (!isShut(out, cause)) return `Run ${run} is not filed yet: ${(cause as Error).message}`;
  const isEnded = (await journalOf(out, run)).at(-1)?.kind === 'end';
  const [what, how] = isEnded
    ? ['was over and is not signed yet', 'signs it']
    : ['was interrupted and has no record yet', 'records it as aborted'];
  return `Run ${run} ${what}, and ${out} cannot be written here: rig verify ${how} where it can be, at its station.`;
};

const journalOf = async (out: string, run: string): Promise<readonly JournalEvent[]> =>
  readJournal(await readFile(path.join(out, run, JOURNAL)).catch(() => Buffer.alloc(0))).events;

/** Who writes the journal of a run without a mark. */
const writerOf = async (out: string, run: string): Promise<Writer | null> => {
  const [begin] = await journalOf(out, run);
  return begin?.kind === 'begin' ? begin.writer : null;
};

/** Every run that is marked as open, and those named, with who is at it. */
export const unsettled = async (out: string, named: readonly string[] = []): Promise<ReadonlyMap<string, Writer | null>> => {
  const open = new Map(await openRuns(out));
  for (const run of named) if (!open.has(run)) open.set(run, await writerOf(out, run));
  return open;
};

const elsewhereOf = async (out: string, run: string, host: string): Promise<RunElsewhere> => {
  const [begin] = await journalOf(out, run);
  const facts = begin?.kind === 'begin' ? (begin.facts as { readonly started?: string }) : {};
  const found = await stat(path.join(out, run, JOURNAL)).catch(() => null);
  return { run, host, began: facts.started ?? null, written: found?.mtime.toISOString() ?? null };
};

/** One run after the other. A database that could not take one in is not asked again: that may last, and the answer would be the same. */
class Filing {
  readonly #out: string;
  readonly #options: FilingOptions;
  #without: NotInDatabase | null = null;
  #waiting = 0;

  constructor(out: string, options: FilingOptions) {
    this.#out = out;
    this.#options = options;
  }

  /** Whether it is in the database now; else it is signed and waits. */
  async file(run: string): Promise<boolean> {
    if (this.#without === null)
      try {
        await fileRun(this.#out, run, this.#options);
        return true;
      } catch (cause) {
        if (!(cause instanceof NotInDatabase)) throw cause;
        this.#without = cause;
      }
    else await chainRun(this.#out, run, this.#options.keys);
    this.#waiting += 1;
    return false;
  }

  troubles(): readonly string[] {
    if (this.#without === null) return [];
    const { message, hint } = this.#without;
    const [where, what] = this.#waiting === 1 ? ['its folder', 'waits'] : ['their folders', 'wait'];
    return [
      `${howMany(this.#waiting, 'run')}, signed and whole in ${where}, ${what} for the database. ${message}${hint === '' ? '' : ` ${hint[0]!.toUpperCase()}${hint.slice(1)}.`}`,
    ];
  }
}

/** Looks at every run that is marked as open, and at those named. Never rejects for one of them. */
export const settle = async (out: string, options: SettleOptions, named: readonly string[] = []): Promise<Settled> => {
  const found = {
    aborted: [] as string[],
    filed: [] as string[],
    entered: [] as string[],
    running: [] as string[],
    elsewhere: [] as RunElsewhere[],
    troubles: [] as string[],
  };
  const filing = new Filing(out, options);
  for (const [run, writer] of await unsettled(out, named)) {
    const state = writer === null ? 'gone' : stateOf(writer);
    if (state === 'alive' || (state === 'elsewhere' && run !== options.finish)) {
      found.running.push(run);
      if (state === 'elsewhere') found.elsewhere.push(await elsewhereOf(out, run, writer!.host));
      continue;
    }
    try {
      const outcome = await finish(out, run, options);
      if (outcome === 'nothing') await unmark(out, run);
      else {
        const isEntered = await filing.file(run);
        if (isEntered || outcome !== 'entered') found[outcome].push(run);
      }
    } catch (cause) {
      found.troubles.push(await troubleOf(out, run, cause));
    }
  }
  return { ...found, troubles: [...found.troubles, ...filing.troubles()] };
};
