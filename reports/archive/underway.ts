/** Which runs of a folder are under way at this moment with the same unit: a unit hangs on one bench at a time, so another run that names it is a mistake. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { JOURNAL, readJournal } from './journal.ts';
import { openRuns } from './progress.ts';
import { stateOf } from './writer.ts';

const serialOf = async (out: string, run: string): Promise<string | null> => {
  const bytes = await readFile(path.join(out, run, JOURNAL)).catch(() => Buffer.alloc(0));
  const [begin] = readJournal(bytes.subarray(0, bytes.indexOf(0x0a) + 1)).events;
  return begin?.kind === 'begin' ? ((begin.facts as { identity?: { serial?: string | null } }).identity?.serial ?? null) : null;
};

/** Names of the other runs whose process lives on this machine. Of another machine nobody can say whether its run still goes on. */
export const othersUnderWay = async (
  out: string,
  { run, serial }: { readonly run: string; readonly serial: string },
): Promise<string[]> => {
  const found: string[] = [];
  for (const [other, writer] of await openRuns(out)) {
    if (other === run || writer === null || stateOf(writer) !== 'alive') continue;
    if ((await serialOf(out, other)) === serial) found.push(other);
  }
  return found;
};
