// The archive in a file: what every archive does, and what only a file can have happen to it.
import { once } from 'node:events';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { ArchiveNewer, migrate } from './migrations.ts';
import { ArchiveUnusable, openSqlite } from './sqlite.ts';
import { addRuns, allRuns } from './store.ts';
import { behavesAsArchive } from '../testing/behaviour.ts';
import { archivedRunOf } from '../testing/archived.ts';

const rejection = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('should have been refused'),
    (cause: unknown) => cause,
  );

describe('the archive in a file', () => {
  let folder = '';
  const file = (): string => path.join(folder, 'archive.db');
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-archive-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  describe('like every archive', () => behavesAsArchive(async () => openSqlite(file())));

  it('is written by several at once: none of their runs is lost, none is there twice', async () => {
    const adder = (): Promise<unknown> => once(new Worker(new URL('../testing/adder.ts', import.meta.url), { workerData: file() }), 'exit');
    expect(await Promise.all([adder(), adder(), adder()])).to.deep.equal([[0], [0], [0]]);
    const engine = openSqlite(file());
    let found = 0;
    for await (const part of allRuns(engine)) found += part.length;
    expect(found).to.equal(40);
    await engine.close();
  });

  it('waits for another writer only so long, and says so', async () => {
    const engine = openSqlite(file(), { patience_ms: 20 });
    await migrate(engine);
    const holder = new DatabaseSync(file());
    holder.exec('begin immediate');
    const cause = await rejection(addRuns(engine, [archivedRunOf(1)]));
    expect(cause).to.be.instanceOf(ArchiveUnusable).and.to.have.property('code', 'archiveLocked');
    holder.exec('rollback');
    holder.close();
    expect(await addRuns(engine, [archivedRunOf(1)])).to.equal(1);
    await engine.close();
  });

  it('says so where the file is none, or cut off', async () => {
    writeFileSync(file(), 'this is no database. '.repeat(100));
    let seq = 0;
    const open = async (): Promise<void> => {
      const engine = openSqlite(file());
      try {
        await migrate(engine);
        await addRuns(engine, [archivedRunOf((seq += 1))]);
      } finally {
        await engine.close();
      }
    };
    expect(await rejection(open())).to.have.property('code', 'archiveDamaged');
    rmSync(file());
    await open();
    truncateSync(file(), 20_000);
    expect(await rejection(open())).to.have.property('code', 'archiveDamaged');
  });

  it('says so where the disk is full: nothing of the run is there, and it can be added once there is room', async () => {
    const engine = openSqlite(file());
    await migrate(engine);
    await addRuns(engine, [archivedRunOf(1)]);
    await engine.close();
    const other = openSqlite(file());
    // SQLite's own bound on the size of the file stands for the disk's.
    const { sql } = await import('kysely');
    const [pages] = (await sql<{ page_count: number }>`pragma page_count`.execute(other.db)).rows;
    await sql.raw(`pragma max_page_count = ${pages!.page_count}`).execute(other.db);
    const many = Array.from({ length: 300 }, (_, index) =>
      archivedRunOf(index + 2, { run: `run-${index}`, started: '2026-03-02T12:00:00.000Z' }),
    );
    expect(await rejection(addRuns(other, many))).to.have.property('code', 'archiveUnwritable');
    await sql.raw('pragma max_page_count = 1000000').execute(other.db);
    expect(await addRuns(other, many)).to.equal(300);
    await other.close();
  });

  it('refuses tables of a later rig and changes nothing in them', async () => {
    const engine = openSqlite(file());
    await migrate(engine);
    await addRuns(engine, [archivedRunOf(1)]);
    await engine.db.updateTable('meta').set({ value: '99' }).where('name', '=', 'version').execute();
    expect(await rejection(migrate(engine))).to.be.instanceOf(ArchiveNewer);
    await engine.close();
  });
});
