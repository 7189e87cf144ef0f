/** Runs that are cut off: a journal of a run of two cases, and what an interruption at any byte of it must come to. */

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judgeRun } from '../../judge/run.ts';
import { recordShape, type RunRecord } from '../../record.ts';
import { sha256Of, type SigningKey } from '../chain/entry.ts';
import { sealOf } from '../chain/seal.ts';
import { JOURNAL, JOURNAL_FORM, type JournalEvent, journalLine } from '../journal.ts';
import { ARCHIVE_FOLDER } from '../open-archive.ts';
import { RECORD_PART, recordBytes } from '../run-folder.ts';
import { canonicalJson, plain } from '../../shape/plain.ts';

/** A process that is surely gone: it ran before this machine's boot. */
const GONE = { host: '', pid: 1, boot: 'an earlier one', began: null };

/** Events of a whole run as its record tells it, in the order in which they happen; sealed with this key, or by nobody. */
export const eventsOf = (record: RunRecord, host: string, key: SigningKey | null = null): readonly JournalEvent[] => {
  const { cases, benchFaults: _, speed: __, verdict: ___, ...facts } = record;
  const recordHash = sha256Of(recordBytes(record));
  return [
    { kind: 'begin', form: JOURNAL_FORM, writer: { ...GONE, host }, facts: plain(facts), cases: cases.map((one) => one.case) },
    ...cases.flatMap(({ case: testCase, attempts }, index): readonly JournalEvent[] => [
      { kind: 'case', index },
      ...attempts.map(({ attempt, result, trace, prediction }): JournalEvent => ({
        kind: 'attempt',
        index,
        attempt,
        testCase,
        result,
        trace,
        prediction,
        transcript: `{"form":"test"}\n["${index}.${attempt}"]\n`,
      })),
    ]),
    { kind: 'end', recordHash, ...(key !== null && { seal: sealOf(record.runId, recordHash, key) }) },
  ];
};

export interface WrittenJournal {
  readonly bytes: Buffer;
  /** Where each event's line ends. */
  readonly ends: readonly number[];
}

export const written = (events: readonly JournalEvent[]): WrittenJournal => {
  const lines: Buffer[] = [];
  const ends: number[] = [];
  let before = '';
  let at = 0;
  for (const event of events) {
    const line = journalLine(before, event);
    before = line.hash;
    lines.push(line.bytes);
    at += lines.at(-1)!.length;
    ends.push(at);
  }
  return { bytes: Buffer.concat(lines), ends };
};

/** A folder of runs in which one run was cut off after `bytes` of its journal. */
export const interruptedFolder = (record: RunRecord, bytes: Buffer): string => {
  const out = mkdtempSync(path.join(tmpdir(), 'bms-rig-cut-'));
  const dir = path.join(out, record.runId);
  mkdirSync(dir);
  mkdirSync(path.join(out, ARCHIVE_FOLDER, 'open'), { recursive: true });
  writeFileSync(path.join(out, ARCHIVE_FOLDER, 'open', record.runId), '');
  writeFileSync(path.join(dir, JOURNAL), bytes);
  // Written before the last line of the journal; a cut may find all of it or a part.
  writeFileSync(path.join(dir, RECORD_PART), recordBytes(record));
  return out;
};

/** What is wrong with the record of an interrupted run whose journal kept so many events; null where nothing is. */
export const wrongRecord = (whole: RunRecord, found: unknown, kept: number): string | null => {
  const parsed = recordShape.safeParse(found);
  if (!parsed.success) return `no record: ${parsed.error.issues[0]?.message}`;
  const record = parsed.data;
  if (kept === eventsOf(whole, '').length)
    return canonicalJson(found) === canonicalJson(whole) ? null : 'the run was over, and its record is another';
  if (record.ended !== 'aborted' || record.verdict !== 'broken' || record.exit !== 3)
    return `not aborted: ${record.ended}, ${record.verdict}`;
  if (!record.benchFaults.some(({ code }) => code === 'aborted')) return 'the reason is not told';
  const attempts = eventsOf(whole, '')
    .slice(0, kept)
    .flatMap((event) => (event.kind === 'attempt' ? [event] : []));
  for (const { index, attempt, result, trace } of attempts) {
    const there = record.cases[index]?.attempts[attempt - 1];
    if (canonicalJson([there?.result, there?.trace]) !== canonicalJson([result, trace]))
      return `attempt ${attempt} of case ${index} is lost or changed`;
  }
  const more = record.cases.flatMap(({ attempts: list }) => list).filter(({ trace }) => trace !== null).length - attempts.length;
  if (more !== 0) return `${more} attempts more than the journal holds`;
  const judged = judgeRun(
    record.cases.map(({ attempts: list }) => list.at(-1)!.result),
    record.benchFaults,
  );
  return judged.verdict === record.verdict ? null : 'its verdict is not the one of its cases';
};
