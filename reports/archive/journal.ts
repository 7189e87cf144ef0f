/** The journal of a run: one event a line, each bound to the one before by its hash, so that a cut at any byte costs the event it fell into and nothing else. */

import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import type { RunFacts } from '../record.ts';

export const JOURNAL = 'journal.jsonl';
export const JOURNAL_FORM = 'bms-rig/journal/1';

/** Who writes: enough to find out later whether it still does. */
export const writerShape = z.strictObject({
  host: z.string(),
  pid: z.number().int(),
  /** Of the machine's boot, and of the process in it; null where the system does not tell. */
  boot: z.string().nullable(),
  began: z.string().nullable(),
});
export type Writer = z.infer<typeof writerShape>;

/** What was known of the run when it began. */
export type FactsAtBegin = Omit<RunFacts, 'cases' | 'benchFaults' | 'speed'>;

/** Values as JSON keeps them; cases, results, traces and predictions as the record holds them. */
export type JournalEvent =
  | {
      readonly kind: 'begin';
      readonly form: typeof JOURNAL_FORM;
      readonly writer: Writer;
      readonly facts: unknown;
      readonly cases: readonly unknown[];
    }
  | { readonly kind: 'case'; readonly index: number }
  | { readonly kind: 'lines'; readonly index: number; readonly lines: readonly unknown[] }
  | {
      readonly kind: 'attempt';
      readonly index: number;
      readonly attempt: number;
      readonly testCase: unknown;
      readonly result: unknown;
      readonly trace: unknown;
      readonly prediction: unknown;
      /** Text of its lines on the wire. */
      readonly transcript: string | null;
    }
  /** `seal`: of the station (`chain/seal.ts`); absent where its key could not be used. */
  | { readonly kind: 'end'; readonly recordHash: string; readonly seal?: string };

const HASH_DIGITS = 32;
const chained = (before: string, event: string | Buffer): string =>
  createHash('sha256').update(before).update('\n').update(event).digest('hex').slice(0, HASH_DIGITS);

/** `event` is last: its text is what lies between here and the closing brace. */
const START = (hash: string): string => `{"hash":"${hash}","event":`;

const END = Buffer.from('}\n');

/** A line, and the hash that the next one goes on from. */
export const journalLine = (before: string, event: JournalEvent): { readonly bytes: Buffer; readonly hash: string } => {
  const json = Buffer.from(JSON.stringify(event));
  const hash = chained(before, json);
  return { bytes: Buffer.concat([Buffer.from(START(hash)), json, END]), hash };
};

export interface ReadJournal {
  readonly events: readonly JournalEvent[];
  /** Bytes up to which it is whole. */
  readonly sound: number;
  /** What comes after: 0 where nothing was lost. */
  readonly lost: number;
}

/** Everything up to the first line that is not whole. */
export const readJournal = (bytes: Buffer): ReadJournal => {
  const events: JournalEvent[] = [];
  let sound = 0;
  let before = '';
  for (;;) {
    const end = bytes.indexOf(0x0a, sound);
    if (end < 0) break;
    const line = bytes.toString('utf8', sound, end);
    const hash = line.slice(9, 9 + HASH_DIGITS);
    const start = START(hash);
    const json = line.slice(start.length, -1);
    if (!line.startsWith(start) || !line.endsWith('}') || chained(before, json) !== hash) break;
    events.push(JSON.parse(json) as JournalEvent);
    before = hash;
    sound = end + 1;
  }
  return { events, sound, lost: bytes.length - sound };
};

/** The part of a file that a journal needs; a test hands in one that fails. */
export type JournalFile = Pick<FileHandle, 'write' | 'datasync' | 'close'>;

/** Takes events at once and writes them behind the caller's back, in order, each on the disk before the next is begun. */
export class JournalWriter {
  readonly #file: JournalFile;
  #before = '';
  #waiting: Buffer[] = [];
  #at = 0;
  #pump: Promise<void> | null = null;
  #failure: unknown = null;

  constructor(file: JournalFile) {
    this.#file = file;
  }

  /** Never over another. Rejects with the system's error. */
  static async create(path: string): Promise<JournalWriter> {
    return new JournalWriter(await open(path, 'wx'));
  }

  add(event: JournalEvent): void {
    const { bytes, hash } = journalLine(this.#before, event);
    this.#before = hash;
    this.#waiting.push(bytes);
    this.#start();
  }

  #start(): void {
    this.#pump ??= this.#write().finally(() => {
      this.#pump = null;
    });
  }

  async #write(): Promise<void> {
    this.#failure = null;
    try {
      while (this.#waiting.length > 0) {
        const many = this.#waiting.length === 1 ? this.#waiting[0]! : Buffer.concat(this.#waiting);
        const count = this.#waiting.length;
        // At its place, so that what a full disk took half of is written over once there is room.
        for (let done = 0; done < many.length;)
          done += (await this.#file.write(many, done, many.length - done, this.#at + done)).bytesWritten;
        await this.#file.datasync();
        this.#at += many.length;
        this.#waiting.splice(0, count);
      }
    } catch (cause) {
      // Kept: the next event tries again, and who closes it is told.
      this.#failure = cause;
    }
  }

  async #written(): Promise<void> {
    while (this.#pump !== null) await this.#pump;
  }

  /** Resolves once all is on the disk. Rejects with the system's error. */
  async flush(): Promise<void> {
    await this.#written();
    if (this.#failure !== null) {
      this.#start();
      await this.#written();
    }
    if (this.#failure !== null) throw this.#failure;
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.#file.close();
    }
  }
}
