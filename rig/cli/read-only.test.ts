// An archive that whoever asks cannot write: what is asked of it is answered as where it can be, and nothing in it is touched.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { stationKey } from '../../reports/archive/chain/keys.ts';
import { addRuns } from '../../reports/archive/database/store.ts';
import { JOURNAL } from '../../reports/archive/journal.ts';
import { databaseFile, openLocal } from '../../reports/archive/open-archive.ts';
import { archivedRunOf } from '../../reports/archive/testing/archived.ts';
import { eventsOf, interruptedFolder, written } from '../../reports/archive/testing/interrupted.ts';
import { verifyDocument } from '../../reports/shape/archive.ts';
import { statsDocument } from '../../reports/shape/evidence.ts';
import { goodRecord } from '../../reports/testing/runs.ts';
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
  const folders: string[] = [];
  const close = (out: string): void => {
    closed.push(out);
    for (const one of everything(out)) chmodSync(one, statSync(one).isDirectory() ? 0o555 : 0o444);
  };

  before(function () {
    if (process.platform === 'win32') this.skip();
  });
  after(() => {
    for (const out of closed) for (const one of everything(out).toReversed()) chmodSync(one, 0o777);
    for (const out of folders) rmSync(out, { recursive: true });
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

  /** One run that is signed and filed, and one that was interrupted; with keys that anybody may read. */
  const cutShort = async (): Promise<{ readonly out: string; readonly env: { readonly RIG_KEYS: string } }> => {
    const env = { RIG_KEYS: path.join(scratch.path, 'keys') };
    const key = (await stationKey(env.RIG_KEYS)).key;
    const out = interruptedFolder(goodRecord, written(eventsOf(goodRecord, hostname(), key)).bytes);
    folders.push(out);
    expect(await runCommand(['verify', out], { env })).to.include({ exit: 0 });
    mkdirSync(path.join(out, 'run-2'));
    writeFileSync(path.join(out, 'run-2', JOURNAL), written(eventsOf({ ...goodRecord, runId: 'run-2' }, hostname()).slice(0, 2)).bytes);
    for (const one of everything(env.RIG_KEYS)) chmodSync(one, statSync(one).isDirectory() ? 0o755 : 0o644);
    return { out, env };
  };

  it('is verified, and a run that was interrupted is told with what settles it', async () => {
    const { out, env } = await cutShort();
    writeFileSync(path.join(out, goodRecord.runId, 'junit.xml'), 'another');
    close(out);
    const before = seen(out);
    const { exit, out: text } = await asNobody(() => runCommand(['verify', out], { env }));
    expect(exit, text).to.equal(3);
    expect(text)
      .to.contain(`Run run-2 was interrupted and has no record yet, and ${out} cannot be written here: rig verify records it as aborted`)
      .and.to.match(new RegExp(`^CHANGED +${goodRecord.runId}: .*junit`, 'm'))
      .and.to.not.match(/EACCES|EROFS/);
    expect(seen(out)).to.deep.equal(before);
  });

  for (const isLockThere of [true, false])
    it(`is backed up ${isLockThere ? 'with' : 'without'} a lock, and the copy is whole`, async () => {
      const { out, env } = await cutShort();
      if (!isLockThere) rmSync(path.join(out, 'archive', 'lock.db'));
      close(out);
      const before = seen(out);
      const to = path.join(scratch.path, `backup-${isLockThere}`);
      chmodSync(scratch.path, 0o777);
      expect(await asNobody(() => runCommand(['archive', 'backup', to, '--out', out]))).to.include({
        exit: 0,
        out: `1 run of ${out} in ${to}.\n`,
      });
      expect(seen(out)).to.deep.equal(before);
      closed.push(to);
      const verified = verifyDocument.parse(JSON.parse((await runCommand(['verify', to, '--json'], { env })).out));
      expect(verified).to.deep.include({ exit: 0, records: 1, problems: [], running: [] });
      const stats = await runCommand(['stats', '--out', to, '--json']);
      expect(statsDocument.parse(JSON.parse(stats.out))).to.include({ units: 1 });
    });
});
