// A run whose machine is gone: who it waits for is named, and a person can end the waiting; never that of a run whose process lives.
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { readRun } from '../../reports/archive/read-run.ts';
import { eventsOf, interruptedFolder, written } from '../../reports/archive/testing/interrupted.ts';
import { verifyDocument } from '../../reports/shape/archive.ts';
import { facts, goodAttempt, goodRecord } from '../../reports/testing/runs.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const AWAY = { host: 'line-2', pid: 1, boot: null, began: null };
const { runId } = goodRecord;

const made: string[] = [];
/** One case of it was judged; what was on the wire then is whole. */
const waiting = (): string => {
  const out = interruptedFolder(goodRecord, written(eventsOf(goodRecord, 'line-2').slice(0, 3)).bytes);
  made.push(out);
  writeFileSync(path.join(out, 'archive', 'open', runId), JSON.stringify(AWAY));
  return out;
};

describe('a run of another machine that is not over', () => {
  const scratch = scratchFolder();
  after(() => {
    for (const out of made) rmSync(out, { recursive: true });
    scratch.remove();
  });

  it('is named with its machine, its begin and what to do, and nothing is done to it', async () => {
    const out = waiting();
    const { exit, out: text } = await runCommand(['verify', out]);
    expect(exit).to.equal(0);
    expect(text)
      .to.contain(`Run ${runId} goes on at the machine line-2, or was interrupted there: it began at ${goodRecord.started}`)
      .and.to.contain('its journal was last written at 20')
      .and.to.contain(`rig verify ${out} --finish ${runId}`)
      .and.to.not.contain('is going on');
    const { running, elsewhere } = verifyDocument.parse(JSON.parse((await runCommand(['verify', out, '--json'])).out));
    expect(running).to.deep.equal([runId]);
    expect(elsewhere[0]).to.include({ run: runId, host: 'line-2', began: goodRecord.started });
    expect(existsSync(path.join(out, runId, 'record.json'))).to.equal(false);
  });

  it('is finished as aborted where a person says so, keeps what was judged, and is then as any other', async () => {
    const out = waiting();
    const { exit, out: text } = await runCommand(['verify', out, '--finish', runId]);
    expect([exit, text.includes(`Run ${runId} was interrupted; it is recorded as aborted.`)], text).to.deep.equal([0, true]);
    const { record } = await readRun(runId, out);
    expect(record).to.include({ ended: 'aborted', verdict: 'broken' });
    expect(record.cases[0]!.attempts[0]!.result).to.deep.equal(goodRecord.cases[0]!.attempts[0]!.result);
    const again = verifyDocument.parse(JSON.parse((await runCommand(['verify', out, '--json'])).out));
    expect(again).to.deep.include({ exit: 0, records: 1, running: [], elsewhere: [] });
    expect((await refused(['verify', out, '--finish', runId], 2)).message).to.equal(
      `There is no run ${runId} in ${out} that has to be finished.`,
    );
  });

  it('finishes the one that was named and no other', async () => {
    const out = waiting();
    writeFileSync(path.join(out, 'archive', 'open', 'run-2'), JSON.stringify(AWAY));
    const found = verifyDocument.parse(JSON.parse((await runCommand(['verify', out, '--finish', runId, '--json'])).out));
    expect([found.finished, found.running]).to.deep.equal([[runId], ['run-2']]);
  });

  it('is refused while its process lives on this machine', async () => {
    const out = path.join(scratch.path, 'alive');
    const { cases, ...begin } = facts([goodAttempt]);
    const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases: cases.map(({ testCase }) => testCase) });
    const { message } = await refused(['verify', out, '--finish', begin.runId], 2);
    expect(message).to.equal(`Run ${begin.runId} is going on: process ${process.pid} of this machine is at it.`);
    expect(existsSync(path.join(out, begin.runId, 'record.json'))).to.equal(false);
    await progress.discard();
    expect(hostname()).to.not.equal(AWAY.host);
  });
});
