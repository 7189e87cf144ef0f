// The archive on a real PostgreSQL server: what every archive does, and what happens to runs while the server is away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { forwardRuns, waitingRuns } from '../forward.ts';
import { openArchive, openLocal, openServer } from '../open-archive.ts';
import { exportLines, importLines } from '../run-lines.ts';
import { archivedRunOf } from '../testing/archived.ts';
import { behavesAsArchive } from '../testing/behaviour.ts';
import { hasPostgres, PostgresServer } from '../testing/postgres-server.ts';
import { migrate } from './migrations.ts';
import { tellingWaits } from './patience.ts';
import { openPostgres, shownUrl } from './postgres.ts';
import { queriesOf } from './queries.ts';
import { addRuns } from './store.ts';

const wait = async (out: string, ...seqs: readonly number[]): Promise<void> => {
  const local = await openLocal(out);
  for (const seq of seqs) {
    const run = archivedRunOf(seq);
    await addRuns(local, [run]);
    const row = { archive: run.archive, run: run.run, document: JSON.stringify(run) };
    await local.db.insertInto('outbox').values(row).execute();
  }
  await local.close();
};

describe('the archive on PostgreSQL', function archive() {
  let server: PostgresServer;
  let databases = 0;
  const fresh = (): Promise<string> => server.database(`archive_${(databases += 1)}`);
  before(async function start() {
    // A platform without its binaries; CI has them.
    if (!hasPostgres()) this.skip();
    server = await PostgresServer.create();
  });
  after(() => server?.remove());

  describe('like every archive', () => behavesAsArchive(async () => openPostgres(await fresh())));

  it('is made and written by several at once: no run is lost, none is there twice', async () => {
    const url = await fresh();
    const engines = await Promise.all([openPostgres(url), openPostgres(url), openPostgres(url)]);
    await Promise.all(engines.map((engine) => migrate(engine)));
    const runs = Array.from({ length: 30 }, (_, index) => archivedRunOf(index + 1));
    const added = await Promise.all(engines.flatMap((engine) => runs.map((run) => addRuns(engine, [run]))));
    expect(added.reduce((sum, one) => sum + one, 0)).to.equal(30);
    await Promise.all(engines.map((engine) => engine.close()));
  });

  it('gets the runs that were made while it was away, each once', async () => {
    const out = mkdtempSync(path.join(tmpdir(), 'bms-rig-away-'));
    const url = await fresh();
    await wait(out, 1, 2);
    await server.stop();
    const away = await forwardRuns(out, url).catch((cause: Error & { code?: string }) => cause);
    expect(away).to.have.property('code', 'archiveAway');
    expect((away as Error).message, 'no password').to.not.contain('secret');
    expect(await waitingRuns(out)).to.equal(2);
    await wait(out, 3);
    await server.start();
    expect(await forwardRuns(out, url)).to.equal(3);
    expect(await waitingRuns(out)).to.equal(0);
    // As after a power cut between giving them and forgetting that they waited.
    const local = await openLocal(out);
    const again = archivedRunOf(2);
    await local.db
      .insertInto('outbox')
      .values({ archive: again.archive, run: again.run, document: JSON.stringify(again) })
      .execute();
    await local.close();
    expect(await forwardRuns(out, url)).to.equal(1);
    const lab = await openArchive(out, url);
    expect((await lab.runs({})).map(({ run }) => run)).to.deep.equal([3, 2, 1].map((seq) => archivedRunOf(seq).run));
    await lab.close();
    rmSync(out, { recursive: true });
  });

  it('goes away in the middle of an import: what it confirmed is there, and the same import brings the rest, each run once', async () => {
    const url = await fresh();
    const lines = Array.from({ length: 6_000 }, (_, index) =>
      JSON.stringify(archivedRunOf(1, { run: `run-${index}`, serial: `HQ-${index}` })),
    );
    const engine = await openServer(url);
    let confirmed = 0;
    const stops: Promise<void>[] = [];
    const cause = await importLines(engine, lines, (runs) => {
      confirmed = runs;
      if (runs === 2_000) stops.push(server.stop());
    }).catch((thrown: Error & { code?: string }) => thrown);
    expect(cause).to.have.property('code', 'archiveAway');
    await Promise.all(stops);
    expect(confirmed).to.be.within(2_000, 5_000);
    await engine.close();
    await server.start();
    const again = await openServer(url);
    const { added } = await importLines(again, lines);
    // The commit that nobody heard of may have been made.
    expect(added).to.be.within(6_000 - confirmed - 1_000, 6_000 - confirmed);
    const ask = queriesOf(again);
    expect(await ask.yields({})).to.include({ attempts: 6_000 });
    expect((await ask.quantities({}))[0]).to.include({ n: 6_000 });
    await again.close();
  });

  it('takes a run with characters that it cannot keep, and numbers of every size', async () => {
    const engine = await openServer(await fresh());
    const odd = archivedRunOf(1, { operator: 'a\0b', reason: 'é\u{1F50B}'.repeat(5_000), seed: -(2 ** 53 - 1) });
    await addRuns(engine, [odd]);
    const lines: string[] = [];
    for await (const line of exportLines(engine)) lines.push(line);
    expect(JSON.parse(lines.join(''))).to.deep.equal({ ...odd, operator: 'a\uFFFDb' });
    await engine.close();
  });

  it('tells who waits for another writer, and goes on when that one is done', async () => {
    const url = await fresh();
    const [first, second] = [await openServer(url), await openServer(url)];
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: isIn, resolve: enter } = Promise.withResolvers<void>();
    const writing = first.exclusive(() => {
      enter();
      return mayEnd;
    });
    await isIn;
    const said: string[] = [];
    const tell = (text: string): void => {
      said.push(text);
      end();
    };
    expect(await tellingWaits(tell, () => addRuns(second, [archivedRunOf(1)]))).to.equal(1);
    expect(said).to.deep.equal([`Other programs write to the archive ${shownUrl(url)}: waiting until they have.`]);
    expect(await tellingWaits(tell, () => addRuns(second, [archivedRunOf(2)]))).to.equal(1);
    expect(said).to.have.length(1);
    await writing;
    await first.close();
    await second.close();
  });

  it('is named without its password', () => {
    expect(shownUrl('postgres://user:hidden@lab:5433/rig?x=1')).to.equal('postgres://user@lab:5433/rig');
    expect(shownUrl('postgres://:::')).to.not.contain('::');
  });
});
