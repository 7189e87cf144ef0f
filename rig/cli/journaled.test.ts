// That what is measured on a real wire is in the journal before the case is over, on a simulated fixture's binding in virtual time.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { readJournal } from '../../reports/archive/journal.ts';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { facts, goodAttempt, goodRecord } from '../../reports/testing/runs.ts';
import { runOnPort } from '../run/port-run.ts';
import { simulate } from '../run/simulated-case.ts';
import { STARTS } from '../run/testing/starting-unit.ts';
import type { TranscriptLine } from '../link/transcript.ts';
import { decodeLine } from '../wire/codec.ts';
import { journaled } from './journaled.ts';

describe('the journal of a run on a port', () => {
  const out = mkdtempSync(path.join(tmpdir(), 'bms-rig-journal-'));
  after(() => rmSync(out, { recursive: true }));

  it('holds what was measured on the wire in the order in which it came, before it holds the attempt', async () => {
    const { cases: _, ...begin } = facts([goodAttempt]);
    const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases: STARTS.slice(0, 2) });
    const heard: string[][] = [[], []];
    const told = { onLine: (index: number, { way, line }: TranscriptLine): void => void (way === 'received' && heard[index]!.push(line)) };
    const { listener } = journaled(told, progress);
    const simulation = simulate({ seed: 5, occasion: 'journal', pace: 'virtual' });
    const { binding, path: port, clock } = simulation;
    const outcome = await runOnPort({
      cases: STARTS.slice(0, 2),
      bail: false,
      signal: new AbortController().signal,
      listener,
      binding,
      path: port,
      clock,
    });
    simulation.close();
    await progress.finish(goodRecord, null, path.join(out, 'keys'));
    const { events } = readJournal(readFileSync(path.join(out, begin.runId, 'journal.jsonl')));
    expect(outcome.attempts.map((runs) => runs.length)).to.deep.equal([1, 1]);
    for (const index of [0, 1]) {
      const over = events.findIndex((one) => one.kind === 'attempt' && one.index === index);
      const before = events.slice(0, over).flatMap((one) => (one.kind === 'lines' && one.index === index ? one.lines : []));
      const kept = before.map((row) => (row as readonly [string, number, string])[2]);
      const measured = heard[index]!.filter((line) => {
        const decoded = decodeLine(line);
        return decoded.ok && decoded.message.kind === 'events';
      });
      expect(measured).to.have.length.above(5);
      expect(kept).to.include.members(measured);
      expect(kept.filter((line) => measured.includes(line))).to.deep.equal(measured);
    }
    expect(events.at(-1)!.kind).to.equal('end');
  });
});
