/** Archived runs as lines of JSON: how an archive is taken from one database into another. */

import { archivedRun, type ArchivedRun } from './archived-run.ts';
import type { Engine } from './database/engine.ts';
import { Draft } from './database/draft.ts';
import { addDraft, allRuns, MOST_RUNS } from './database/store.ts';

/** So many lines are read before a server's answers are looked at: it waits for its next statement, and lines that are there already never make room for it. */
const AT_A_TIME = 16;

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
  let draft = new Draft();
  /** A server works on one draft while the next one is made. */
  let writing: Promise<void> = Promise.resolve();
  const write = async (full: Draft): Promise<void> => {
    added += await addDraft(engine, full);
    runs += full.size;
    onProgress(runs);
  };
  const put = async (): Promise<void> => {
    await writing;
    writing = write(draft);
    // Whoever awaits it is told; until then it must not end the process.
    writing.catch(() => undefined);
    draft = new Draft();
  };
  try {
    for await (const line of lines) {
      number += 1;
      if (number % AT_A_TIME === 0) await new Promise(setImmediate);
      if (line === '' || line === '\r') continue;
      const run = read(line);
      if (typeof run === 'string') refused.push({ what: `line ${number}`, why: run });
      else draft.add(run, () => read(line) as ArchivedRun);
      if (refused.length > MOST_REFUSED) break;
      if (draft.size >= MOST_RUNS) await put();
    }
  } finally {
    // Also where the lines end in an error: those before it are runs all the same.
    if (draft.size > 0) await put();
    await writing;
  }
  return { runs, added, refused };
};

/** Every run of the archive, in order of time. */
export async function* exportLines(engine: Engine): AsyncGenerator<string> {
  for await (const part of allRuns(engine)) yield part.map((run) => `${JSON.stringify(run)}\n`).join('');
}
