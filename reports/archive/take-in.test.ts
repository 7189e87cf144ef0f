// Folders of runs taken into an archive: by two at once, after a crash half way, and after the database was lost.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { chainRun } from './file-run.ts';
import { databaseFile } from './open-archive.ts';
import { writeRunFolder } from './run-folder.ts';
import { takeInFolders } from './take-in.ts';
import { archiveQueries } from './testing/open.ts';
import { verifyArchive } from './verify-archive.ts';
import { goodRecord } from '../testing/runs.ts';

describe('folders of runs that are taken into an archive', () => {
  let folder = '';
  const at = (name: string): string => path.join(folder, name);
  const options = (): Parameters<typeof takeInFolders>[2] => ({ keys: at('keys'), forLab: false });
  const names = ['20260302-100000-0001', '20260302-100001-0002', '20260302-100002-0003'];

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-take-in-'));
    for (const [index, runId] of names.entries())
      await writeRunFolder(at('from'), { ...goodRecord, runId, started: `2026-03-02T10:00:0${index}.000Z` });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const holdsEachOnce = async (out: string): Promise<void> => {
    expect(readdirSync(out).toSorted()).to.deep.equal([...names, 'archive']);
    for (const name of names) expect(readdirSync(path.join(out, name)), name).to.deep.equal(readdirSync(path.join(at('from'), name)));
    const { problems, records } = await verifyArchive(out, { keys: at('keys'), given: [], running: [] });
    expect({ problems, records }).to.deep.equal({ problems: [], records: names.length });
    const runs = await archiveQueries(out, (ask) => ask.runs({}));
    expect(runs.map(({ run }) => run)).to.deep.equal(names.toReversed());
  };

  it('are there once, whoever else takes them in meanwhile', async () => {
    const out = at('out');
    const done = await Promise.all([1, 2, 3].map(() => takeInFolders(at('from'), out, options())));
    expect(done.flatMap(({ refused }) => refused)).to.deep.equal([]);
    expect(done.map(({ runs }) => runs)).to.deep.equal([3, 3, 3]);
    expect(done.reduce((sum, { added }) => sum + added, 0)).to.equal(3);
    await holdsEachOnce(out);
  });

  it('are finished where an importer died: while it copied, before it signed, before the database', async () => {
    const out = at('out');
    mkdirSync(path.join(out, `.${names[0]!}-import`), { recursive: true });
    writeFileSync(path.join(out, `.${names[0]!}-import`, 'record.json'), '{');
    cpSync(path.join(at('from'), names[1]!), path.join(out, names[1]!), { recursive: true });
    cpSync(path.join(at('from'), names[2]!), path.join(out, names[2]!), { recursive: true });
    await chainRun(out, names[2]!, at('keys'));
    expect(await takeInFolders(at('from'), out, options())).to.deep.equal({ runs: 3, added: 3, refused: [] });
    await holdsEachOnce(out);
    expect(await takeInFolders(at('from'), out, options())).to.deep.equal({ runs: 3, added: 0, refused: [] });
  });

  it('bring a database back that was lost', async () => {
    const out = at('out');
    await takeInFolders(at('from'), out, options());
    for (const end of ['', '-wal', '-shm']) rmSync(`${databaseFile(out)}${end}`, { force: true });
    expect(await takeInFolders(out, out, options())).to.deep.equal({ runs: 3, added: 3, refused: [] });
    await holdsEachOnce(out);
  });

  it('are refused where another run has the name', async () => {
    const out = at('out');
    cpSync(path.join(at('from'), names[0]!), path.join(out, names[0]!), { recursive: true });
    const record = path.join(out, names[0]!, 'record.json');
    writeFileSync(record, readFileSync(record, 'utf8').replace('"pass"', '"fail"'));
    const { added, refused } = await takeInFolders(at('from'), out, options());
    expect([added, refused.map(({ why }) => why)]).to.deep.equal([2, [`there is another run ${names[0]!} in ${out}`]]);
  });
});
