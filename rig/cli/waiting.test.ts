// A command that waits for an archive that is in use says for whom and for how long, on standard error alone.
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { databaseFile } from '../../reports/archive/open-archive.ts';
import { archivedRunOf } from '../../reports/archive/testing/archived.ts';
import { runCommand, scratchFolder } from './testing/command.ts';

/** The command blocks the process while it waits, so it is what it says that ends its wait. */
const whileHeld = async (file: string, argv: readonly string[]) => {
  const letGo = new Int32Array(new SharedArrayBuffer(4));
  const holder = new Worker(new URL('../../reports/archive/testing/holder.ts', import.meta.url), { workerData: { file, letGo } });
  await once(holder, 'message');
  const ended = once(holder, 'exit');
  const onErr = (): void => {
    Atomics.store(letGo, 0, 1);
    Atomics.notify(letGo, 0);
  };
  const found = await runCommand(argv, { onErr });
  onErr();
  await ended;
  return found;
};

describe('a command that waits for the archive', () => {
  const scratch = scratchFolder();
  const out = path.join(scratch.path, 'runs');
  const folder = path.join(out, 'archive');
  const runs = scratch.file('runs.jsonl', `${JSON.stringify(archivedRunOf(1))}\n`);
  before(() => mkdirSync(folder, { recursive: true }));
  after(() => scratch.remove());

  it('names the database', async () => {
    const argv = ['archive', 'import', runs, '--out', out];
    const { exit, err, out: told } = await whileHeld(databaseFile(out), argv);
    expect([exit, err]).to.deep.equal([0, `Another program has the database ${databaseFile(out)} in use: waiting for at most 30 s.\n`]);
    expect(told).to.contain('1 of them new');
  });

  it('says so of questions, and with --json leaves standard output its one document', async () => {
    const { exit, err, out: told } = await whileHeld(databaseFile(out), ['stats', '--out', out, '--json']);
    expect([exit, err]).to.deep.equal([0, `Another program has the database ${databaseFile(out)} in use: waiting for at most 5 s.\n`]);
    expect(JSON.parse(told)).to.include({ exit: 0 });
  });

  it('names the archive where another process files a run', async () => {
    const to = path.join(scratch.path, 'copy');
    const { exit, err } = await whileHeld(path.join(folder, 'lock.db'), ['archive', 'backup', to, '--out', out]);
    expect([exit, err]).to.deep.equal([0, `Another process is busy with the archive ${folder}: waiting for at most 30 s.\n`]);
  });
});
