import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape } from '../record.ts';
import { failedRecord, goodRecord } from '../testing/runs.ts';
import { RunFolderClash, writeRunFolder } from './run-folder.ts';

const rejection = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail('should have been refused'),
    (cause: unknown) => cause,
  );

describe('the folder of a run', () => {
  let out = '';
  beforeEach(async () => {
    out = path.join(await mkdtemp(path.join(tmpdir(), 'bms-rig-runs-')), 'deep', 'runs');
  });
  afterEach(() => rm(path.dirname(path.dirname(out)), { recursive: true }));

  it('holds the record, the JUnit file and the page, and nothing else is left beside it', async () => {
    const folder = await writeRunFolder(out, goodRecord);
    expect(await readdir(out)).to.deep.equal([goodRecord.runId]);
    expect((await readdir(folder.dir)).toSorted()).to.deep.equal(['junit.xml', 'record.json', 'report.html', 'trace.vcd']);
    expect(recordShape.parse(JSON.parse(await readFile(folder.record, 'utf8')))).to.deep.equal(goodRecord);
    expect(await readFile(folder.junit, 'utf8')).to.match(/^<\?xml/);
    expect(await readFile(folder.report, 'utf8')).to.match(/^<!doctype html>/);
    expect(await readFile(folder.vcd, 'utf8')).to.match(/^\$version bms-rig \$end\n/);
  });

  it('is never overwritten', async () => {
    const { record } = await writeRunFolder(out, goodRecord);
    const before = await readFile(record, 'utf8');
    expect(await rejection(writeRunFolder(out, { ...failedRecord, runId: goodRecord.runId }))).to.be.instanceOf(RunFolderClash);
    expect(await readFile(record, 'utf8')).to.equal(before);
    expect(await readdir(out)).to.deep.equal([goodRecord.runId]);
  });

  it('clashes with a folder of any content', async () => {
    await mkdir(path.join(out, goodRecord.runId), { recursive: true });
    await writeFile(path.join(out, goodRecord.runId, 'notes.txt'), 'mine');
    expect(await rejection(writeRunFolder(out, goodRecord))).to.have.property('code', 'runFolderClash');
  });

  it('lets one of two writers win and the other clash', async () => {
    const results = await Promise.allSettled([writeRunFolder(out, goodRecord), writeRunFolder(out, goodRecord)]);
    expect(results.map((one) => one.status).toSorted()).to.deep.equal(['fulfilled', 'rejected']);
    expect(await readdir(out)).to.deep.equal([goodRecord.runId]);
  });

  it('stays below the folder it is given', async () => {
    for (const runId of ['../escape', 'a/b', '', '.hidden', 'a'.repeat(129)])
      expect(await rejection(writeRunFolder(out, { ...goodRecord, runId }))).to.be.instanceOf(RangeError);
  });
});
