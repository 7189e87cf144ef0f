/** Archived runs as lines of JSON: how an archive is taken from one database into another. */

import { archivedRun, type ArchivedRun } from './archived-run.ts';
import type { Engine } from './database/engine.ts';
import { addRuns, allRuns } from './database/store.ts';

/** Lines taken in by one transaction. */
const BATCH = 1_000;

export interface Refused {
  readonly what: string;
  readonly why: string;
}

export interface TakenIn {
  readonly runs: number;
  readonly added: number;
  readonly refused: readonly Refused[];
}

/** More than so many lines that are no runs, and it is another file. */
const MOST_REFUSED = 100;

const read = (line: string): ArchivedRun | string => {
  try {
    const parsed = archivedRun.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    const [first] = parsed.error.issues;
    return `${first?.path.join('.') ?? 'it'}: ${first?.message ?? 'no run'}`;
  } catch (cause) {
    return (cause as Error).message;
  }
};

/** Each line is a run or is refused with its number; those that are there already are left as they are. */
export const importLines = async (
  engine: Engine,
  lines: AsyncIterable<string> | Iterable<string>,
  onProgress: (runs: number) => void = () => undefined,
): Promise<TakenIn> => {
  let [runs, added, number] = [0, 0, 0];
  const refused: Refused[] = [];
  let waiting: ArchivedRun[] = [];
  /** A server works on one batch while the next one is read. */
  let writing: Promise<void> = Promise.resolve();
  const write = async (batch: readonly ArchivedRun[]): Promise<void> => {
    added += await addRuns(engine, batch);
    runs += batch.length;
    onProgress(runs);
  };
  const put = async (): Promise<void> => {
    await writing;
    writing = write(waiting);
    // Whoever awaits it is told; until then it must not end the process.
    writing.catch(() => undefined);
    waiting = [];
  };
  for await (const line of lines) {
    number += 1;
    if (line === '') continue;
    const run = read(line);
    if (typeof run === 'string') refused.push({ what: `line ${number}`, why: run });
    else waiting.push(run);
    if (refused.length > MOST_REFUSED) break;
    if (waiting.length >= BATCH) await put();
  }
  await put();
  await writing;
  return { runs, added, refused };
};

/** Every run of the archive, in order of time. */
export async function* exportLines(engine: Engine): AsyncGenerator<string> {
  for await (const part of allRuns(engine)) yield part.map((run) => `${JSON.stringify(run)}\n`).join('');
}
