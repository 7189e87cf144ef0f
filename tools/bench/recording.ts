/** What it costs to record a run: journal, files, chain and database, as milliseconds a case, and as a share of the time for which a real bench is at it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { makeRecord } from '../../reports/record.ts';
import { writeRecord } from '../../rig/cli/filing.ts';
import { journaled } from '../../rig/cli/journaled.ts';
import type { CaseRun } from '../../rig/run/case-run.ts';
import { runSimulatedCase } from '../../rig/run/simulated-case.ts';
import { transcriptHash, transcriptText } from '../../rig/run/transcript-file.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { median, TIMED_RUN } from './timed-run.ts';

interface Kept {
  readonly wall_ms: number;
  /** Of all threads of this process: what other programs of this machine take is not in it, nor is waiting for the disk. */
  readonly processor_ms: number;
}

const processor_ms = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Everything that `rig run` does to keep these runs. `wire`: the lines on the wire one by one, as on a bench with a port; in virtual time they come with their attempt. */
const record = async (runs: readonly CaseRun[], out: string, run: number, wire: boolean): Promise<Kept> => {
  const [start, before] = [performance.now(), processor_ms()];
  const facts = { ...TIMED_RUN, runId: `${TIMED_RUN.runId}-${run}` };
  const { speed: _, benchFaults: __, ...begin } = facts;
  const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases: runs.map(({ testCase }) => testCase) });
  const { listener } = journaled({}, progress);
  for (const [index, one] of runs.entries()) {
    listener.onStart?.(index);
    if (wire) for (const line of one.transcript!.lines) listener.onLine?.(index, line);
    listener.onAttempt?.(index, 1, one);
  }
  const transcript = transcriptText(runs.map(({ testCase, transcript: kept }) => ({ testCase, attempt: 1, transcript: kept! })));
  const made = makeRecord({
    ...facts,
    hashes: { ...facts.hashes, transcript: transcriptHash(transcript) },
    cases: runs.map(({ testCase, result, trace, prediction }) => ({ testCase, attempts: [{ result, trace, prediction }] })),
  });
  const { notes } = await writeRecord(out, { record: made, transcript, progress }, { env: { RIG_KEYS: path.join(out, 'keys') } });
  const trouble = notes.find((note) => note.includes('not in the archive'));
  if (trouble !== undefined) throw new Error(trouble);
  return { wall_ms: performance.now() - start, processor_ms: processor_ms() - before };
};

const RUNS = 9;

export interface Recording {
  /** Of a run of several cases in virtual time. */
  readonly case_ms: number;
  readonly caseProcessor_ms: number;
  /** Of a run of the first case alone through a port, for as long as the case lasts by its own clock. */
  readonly ofRealTime_percent: number;
}

/** Runs the cases on the simulated bench first; that is not timed. */
export const measureRecording = async (cases: readonly [Case, ...Case[]]): Promise<Recording> => {
  const runs: CaseRun[] = [];
  for (const testCase of cases) runs.push((await runSimulatedCase({ testCase, seed: 1, pace: 'virtual' })).run);
  const [first] = runs as [CaseRun, ...CaseRun[]];
  if (runs.some(({ transcript }) => transcript === null)) throw new Error('A case left no transcript, so nothing of it is recorded.');
  const out = mkdtempSync(path.join(tmpdir(), 'bms-rig-recording-'));
  try {
    const several: Kept[] = [];
    const alone: Kept[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      several.push(await record(runs, out, 2 * run, false));
      alone.push(await record([first], out, 2 * run + 1, true));
    }
    return {
      case_ms: median(several.map(({ wall_ms }) => wall_ms)) / runs.length,
      caseProcessor_ms: median(several.map((kept) => kept.processor_ms)) / runs.length,
      ofRealTime_percent: (100 * median(alone.map(({ wall_ms }) => wall_ms)) * 1000) / first.trace!.ended_us,
    };
  } finally {
    rmSync(out, { recursive: true });
  }
};
