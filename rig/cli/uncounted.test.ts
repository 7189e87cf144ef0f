// What the statistics say of runs that are not filed: nobody may take a yield for that of all runs.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { interruptedFolder, eventsOf, written } from '../../reports/archive/testing/interrupted.ts';
import { statsDocument } from '../../reports/shape/evidence.ts';
import { facts, goodAttempt, goodRecord } from '../../reports/testing/runs.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const GONE = { host: hostname(), pid: 1, boot: 'an earlier one', began: null };

const mark = (out: string, run: string, text: string): void => {
  mkdirSync(path.join(out, 'archive', 'open'), { recursive: true });
  writeFileSync(path.join(out, 'archive', 'open', run), text);
};

describe('the statistics of a folder with runs that are not filed', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('say how many were interrupted, until rig verify has finished them', async () => {
    const cut = written(eventsOf(goodRecord, hostname()).slice(0, 2)).bytes;
    const out = interruptedFolder(goodRecord, cut);
    mark(out, goodRecord.runId, JSON.stringify(GONE));
    const note = `1 run was interrupted and is not counted: rig verify ${out} finishes it.`;
    expect((await refused(['stats', '--out', out], 2)).message, 'no database yet').to.contain(note);
    await runCommand(['archive', 'export', path.join(scratch.path, 'none.jsonl'), '--out', out]);
    const page = path.join(scratch.path, 'page.html');
    const { out: text } = await runCommand(['stats', '--out', out, '--html', page]);
    expect(text.replaceAll(/\s+/g, ' ')).to.contain(note);
    expect(readFileSync(page, 'utf8')).to.contain(note);
    const notes = async (): Promise<readonly string[]> =>
      statsDocument.parse(JSON.parse((await runCommand(['stats', '--out', out, '--json'])).out)).notes;
    expect(await notes()).to.deep.equal([note]);
    await runCommand(['verify', out]);
    expect((await notes()).join(' ')).to.not.contain('interrupted');
    rmSync(out, { recursive: true });
  });

  it('tell those that go on, here or elsewhere, from those that were over', async () => {
    const out = path.join(scratch.path, 'several');
    const { cases, ...begin } = facts([goodAttempt]);
    const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases: cases.map(({ testCase }) => testCase) });
    mark(out, 'run-2', '');
    for (const run of ['run-3', 'run-4']) mark(out, run, JSON.stringify({ ...GONE, host: 'line-2' }));
    const { message } = await refused(['stats', '--out', out], 2);
    expect(message)
      .to.contain('1 run goes on at this moment and is not counted yet.')
      .and.to.contain(`1 run could not be filed when it ended and is not counted: rig verify ${out} finishes it.`)
      .and.to.contain(`2 runs go on or were interrupted on line-2, not counted: rig verify ${out} says more.`);
    await progress.discard();
  });
});
