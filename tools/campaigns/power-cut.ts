/** One power cut: a rig killed while it runs, or its journal cut at a byte; and what the next start makes of it. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { openArchive } from '../../reports/archive/open-archive.ts';
import { type JournalEvent, readJournal } from '../../reports/archive/journal.ts';
import { settle } from '../../reports/archive/settle.ts';
import { verifyArchive } from '../../reports/archive/verify-archive.ts';
import { recordShape } from '../../reports/record.ts';
import { canonicalJson } from '../../reports/shape/plain.ts';
import { transcriptHash } from '../../rig/run/transcript-file.ts';
import type { Random } from '../../rig/sim/random.ts';
import { MAIN, ROOT } from './served-fixture.ts';

const SCENARIOS = ['a', 'b', 'c', 'd'].map(
  (name) =>
    `scenario: Quiet ${name}\ncovers: [LOAD-HEALTHY]\nsteps: []\nuntil: 4 s\nmeasure: [{ at: 3 s, what: loadDrop, high: 0.15 V }]\n`,
);

const runsIn = (out: string): readonly string[] => {
  try {
    return readdirSync(out).filter((name) => name !== 'archive');
  } catch {
    return [];
  }
};

/** Runs of four short cases, on the simulated bench. Gives when it ended by itself, or was killed. */
const runRig = async (out: string, folder: string, keys: string, killAfter_ms: number | null): Promise<void> => {
  const files = SCENARIOS.map((text, index) => {
    const file = path.join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    return file;
  });
  const child = spawn(process.execPath, [MAIN, 'run', ...files, '--out', out], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, RIG_KEYS: keys },
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  if (killAfter_ms !== null) {
    // Counted from its first sign of life: how long a process takes to come up is the machine's business.
    while (child.exitCode === null && runsIn(out).length === 0) await wait(20);
    await Promise.race([wait(killAfter_ms), ended]);
    child.kill('SIGKILL');
  }
  await ended;
};

type Attempt = Extract<JournalEvent, { kind: 'attempt' }>;

/** What is wrong with a folder after the next start; null where all is as it must be. `before`: the journal as the cut left it. */
const wrongAfter = async (out: string, keys: string, run: string, before: readonly JournalEvent[]): Promise<string | null> => {
  const found = await settle(out, { keys, forLab: false, transcriptHash }, [run]);
  if (found.troubles.length > 0) return found.troubles[0]!;
  if (before.length === 0) return runsIn(out).includes(run) ? 'a run that had not begun is there' : null;
  const parsed = recordShape.safeParse(JSON.parse(readFileSync(path.join(out, run, 'record.json'), 'utf8')));
  if (!parsed.success) return `no record: ${parsed.error.issues[0]?.message}`;
  const record = parsed.data;
  const over = before.at(-1)?.kind === 'end';
  if (over ? record.ended !== 'complete' : record.ended !== 'aborted' || record.verdict !== 'broken')
    return `${record.ended} and ${record.verdict}`;
  const attempts = before.flatMap((event): Attempt[] => (event.kind === 'attempt' ? [event] : []));
  for (const { index, attempt, result, trace } of attempts) {
    const there = record.cases[index]?.attempts[attempt - 1];
    if (canonicalJson([there?.result, there?.trace]) !== canonicalJson([result, trace]))
      return `attempt ${attempt} of case ${index} is lost`;
  }
  const verified = await verifyArchive(out, { keys, given: [], running: [] });
  if (verified.problems.length > 0) return `${verified.problems[0]!.kind}: ${verified.problems[0]!.text}`;
  const archive = await openArchive(out);
  const listed = await archive.runs({});
  await archive.close();
  const row = listed.find((one) => one.run === run);
  return row?.verdict === record.verdict && row.ended === record.ended ? null : 'the database says something else';
};

export interface PowerCut {
  readonly how: 'killed' | 'cut';
  readonly state: 'not begun' | 'under way' | 'over';
  readonly wrong: string | null;
}

const stateOf = (events: readonly JournalEvent[]): PowerCut['state'] =>
  events.length === 0 ? 'not begun' : events.at(-1)?.kind === 'end' ? 'over' : 'under way';

/** The rig is killed at a random instant of its run. */
export const killRig = async (random: Random, most_ms: number): Promise<PowerCut> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-power-'));
  const [out, keys] = [path.join(folder, 'out'), path.join(folder, 'keys')];
  try {
    await runRig(out, folder, keys, random.between(0, most_ms));
    const [run] = runsIn(out);
    if (run === undefined) return { how: 'killed', state: 'not begun', wrong: null };
    const events = readJournal(readFileSync(path.join(out, run, 'journal.jsonl'))).events;
    return { how: 'killed', state: stateOf(events), wrong: await wrongAfter(out, keys, run, events) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** A journal as a whole run leaves it, to be cut many times. */
export const wholeRun = async (): Promise<{
  readonly journal: Buffer;
  readonly part: Buffer;
  readonly run: string;
  /** Text of the key of its station, which sealed it. */
  readonly key: string;
}> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-power-'));
  try {
    const out = path.join(folder, 'out');
    await runRig(out, folder, path.join(folder, 'keys'), null);
    const [run] = runsIn(out);
    const dir = path.join(out, run!);
    return {
      journal: readFileSync(path.join(dir, 'journal.jsonl')),
      part: readFileSync(path.join(dir, 'record.json')),
      run: run!,
      key: readFileSync(path.join(folder, 'keys', 'station.key'), 'utf8'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The journal is cut at a random byte, and so is the record that was being written. */
export const cutJournal = async (random: Random, whole: Awaited<ReturnType<typeof wholeRun>>): Promise<PowerCut> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-power-'));
  const [out, keys] = [path.join(folder, 'out'), path.join(folder, 'keys')];
  try {
    const dir = path.join(out, whole.run);
    mkdirSync(dir, { recursive: true });
    mkdirSync(keys);
    writeFileSync(path.join(keys, 'station.key'), whole.key, { mode: 0o600 });
    const journal = path.join(dir, 'journal.jsonl');
    writeFileSync(journal, whole.journal);
    // One in ten is whole: the cut came between the last line and what files the run.
    const cut = random.below(10) === 0 ? whole.journal.length : random.below(whole.journal.length + 1);
    truncateSync(journal, cut);
    const { events } = readJournal(readFileSync(journal));
    // The record is written, whole, before the journal's last line.
    const part = stateOf(events) === 'over' ? whole.part.length : random.below(whole.part.length + 1);
    writeFileSync(path.join(dir, '.record.json.part'), whole.part.subarray(0, part));
    return { how: 'cut', state: stateOf(events), wrong: await wrongAfter(out, keys, whole.run, events) };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
