// An archive that whoever asks cannot write: what is asked of it is answered as where it can be, and nothing in it is touched.
import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { addRuns } from '../../reports/archive/database/store.ts';
import { databaseFile, openLocal } from '../../reports/archive/open-archive.ts';
import { archivedRunOf } from '../../reports/archive/testing/archived.ts';
import { statsDocument } from '../../reports/shape/evidence.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

const NOBODY = 65_534;

/** Without the rights of root, which may write everything. */
const asNobody = async <T>(work: () => Promise<T>): Promise<T> => {
  if (process.getuid!() !== 0) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
};

const everything = (folder: string): readonly string[] => [
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  folder,
];

const seen = (out: string): readonly string[] => everything(out).map((one) => `${one} ${statSync(one).size} ${statSync(one).mtimeMs}`);

describe('an archive that cannot be written', () => {
  const scratch = scratchFolder();
  const closed: string[] = [];
  const close = (out: string): void => {
    closed.push(out);
    for (const one of everything(out)) chmodSync(one, statSync(one).isDirectory() ? 0o555 : 0o444);
  };

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  after(() => {
    for (const out of closed) for (const one of everything(out).toReversed()) chmodSync(one, 0o777);
    scratch.remove();
  });

  const filled = async (name: string): Promise<string> => {
    const out = path.join(scratch.path, name);
    const engine = await openLocal(out);
    await addRuns(engine, [archivedRunOf(1), archivedRunOf(2)]);
    await engine.close();
    return out;
  };
  const answers = async (out: string): Promise<string> => {
    const to = path.join(scratch.path, `${path.basename(out)}.jsonl`);
    // The folder for what is exported is anybody's.
    chmodSync(scratch.path, 0o777);
    // Loads what the commands are made of, which nobody may not be able to read.
    await runCommand(['stats', '--out', await filled(`${path.basename(out)}-warm`), '--json']);
    const before = seen(out);
    await asNobody(async () => {
      const stats = await runCommand(['stats', '--out', out, '--json']);
      expect(statsDocument.parse(JSON.parse(stats.out)), stats.out).to.include({ units: 2, archive: databaseFile(out) });
      const { exit, out: text } = await runCommand(['archive', 'export', to, '--out', out]);
      expect([exit, text]).to.deep.equal([0, `2 runs of ${out} in ${to}.\n`]);
    });
    expect(seen(out)).to.deep.equal(before);
    return readFileSync(to, 'utf8');
  };

  it('tells its statistics and is exported', async () => {
    const out = await filled('closed');
    close(out);
    await answers(out);
  });

  it('is read with its log where one lies beside it', async () => {
    const out = await filled('log');
    const file = databaseFile(out);
    const kept = path.join(scratch.path, 'kept.db');
    const writer = new DatabaseSync(file);
    writer.exec(`pragma wal_autocheckpoint = 0; delete from outbox; update run set operator = 'in the log'`);
    copyFileSync(file, kept);
    copyFileSync(`${file}-wal`, `${kept}-wal`);
    writer.close();
    // As a copy that was made while the power went: no file of shared memory.
    copyFileSync(kept, file);
    copyFileSync(`${kept}-wal`, `${file}-wal`);
    rmSync(`${file}-shm`, { force: true });
    expect(statSync(`${file}-wal`).size).to.be.above(0);
    close(out);
    expect(await answers(out)).to.contain('in the log');
  });

  it('is read while another writes', async () => {
    const out = await filled('in-use');
    const writer = await openLocal(out);
    await addRuns(writer, [archivedRunOf(2)]);
    close(out);
    await answers(out);
    await writer.close();
  });

  it('has no database: said so, with what to do', async () => {
    const out = await filled('none');
    rmSync(databaseFile(out));
    close(out);
    const { code, message } = await asNobody(() => refused(['archive', 'export', path.join(scratch.path, 'no.jsonl'), '--out', out], 2));
    expect(code).to.equal('archiveUnwritable');
    expect(message).to.contain(`There is no database ${databaseFile(out)}`);
  });
});
