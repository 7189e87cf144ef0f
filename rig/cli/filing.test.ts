// A run that can be written nowhere: what is told of it is what is left of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { RunInProgress } from '../../reports/archive/progress.ts';
import { facts, goodAttempt, goodRecord } from '../../reports/testing/runs.ts';
import { writeRecord } from './filing.ts';
import { scratchFolder } from './testing/command.ts';

describe('a run that can be written nowhere', () => {
  const scratch = scratchFolder();
  const env = { RIG_KEYS: path.join(scratch.path, 'keys') };
  const { TMPDIR } = process.env;
  before(() => {
    // The spare folder is on the same full disk.
    process.env['TMPDIR'] = scratch.file('a-file', '');
  });
  after(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
    scratch.remove();
  });

  const failing = async (name: string, isMeasured: boolean): Promise<string> => {
    const out = path.join(scratch.path, name);
    const { cases, ...begin } = facts([goodAttempt]);
    const progress = await RunInProgress.begin(out, { runId: begin.runId, facts: begin, cases: cases.map(({ testCase }) => testCase) });
    progress.caseBegins(0);
    if (isMeasured) progress.attemptDone(0, 1, cases[0]!.testCase, goodAttempt, null);
    // In the way of a file of the run, for whoever writes.
    mkdirSync(path.join(progress.dir, 'report.html'));
    writeFileSync(path.join(progress.dir, 'report.html', 'in-the-way'), '');
    const message = await writeRecord(out, { record: goodRecord, transcript: null, progress }, { env }).then(
      () => expect.fail('it was written'),
      (cause: unknown) => (cause as Error).message,
    );
    await progress.discard();
    return message;
  };

  it('is in its journal where all was measured', async () => {
    expect(await failing('measured', true))
      .to.contain('what was measured is in its journal')
      .and.to.not.contain('lost');
  });

  it('is lost where the journal has not all of it', async () => {
    expect(await failing('unmeasured', false)).to.contain(`The record of run ${goodRecord.runId} is lost.`);
  });
});
