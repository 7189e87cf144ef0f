import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { failedRecord, goodRecord } from '../testing/runs.ts';
import { readRun, RunUnreadable } from './read-run.ts';
import { writeRunFolder } from './run-folder.ts';

const refusal = (work: Promise<unknown>): Promise<RunUnreadable> =>
  work.then(
    () => expect.fail('should have been refused'),
    (cause: unknown) => {
      expect(cause).to.be.instanceOf(RunUnreadable);
      return cause as RunUnreadable;
    },
  );

describe('a run read back', () => {
  let out = '';
  beforeEach(async () => {
    out = await mkdtemp(path.join(tmpdir(), 'bms-rig-read-'));
  });
  afterEach(() => rm(out, { recursive: true }));

  it('is the record that was written, by folder, by name, by file and as the latest', async () => {
    const { dir, record } = await writeRunFolder(out, goodRecord);
    for (const where of [dir, record, goodRecord.runId, 'latest']) {
      const stored = await readRun(where, out);
      expect(stored.record).to.deep.equal(goodRecord);
      expect(path.resolve(stored.dir)).to.equal(path.resolve(dir));
    }
  });

  it('is the newest of several, folders without a record left aside', async () => {
    await writeRunFolder(out, goodRecord);
    await writeRunFolder(out, { ...failedRecord, runId: '20260202-000000-0001' });
    await mkdir(path.join(out, '20990101-000000-0001'));
    await mkdir(path.join(out, '.20990101-000000-0002'));
    expect((await readRun('latest', out)).record.verdict).to.equal('fail');
  });

  it('is the one written last where several began in one second, whatever their names', async () => {
    await writeRunFolder(out, { ...goodRecord, runId: '20260202-000000-ffff' });
    const { record } = await writeRunFolder(out, { ...failedRecord, runId: '20260202-000000-0001' });
    await utimes(record, 2e9, 2e9);
    expect((await readRun('latest', out)).record.verdict).to.equal('fail');
  });

  it('does not exist: both places that were looked at are told', async () => {
    const { code, message, hint } = await refusal(readRun('nothing', out));
    expect(code).to.equal('runMissing');
    expect(message).to.include('nothing').and.to.include(path.join(out, 'nothing'));
    expect(hint).to.include('latest');
    expect((await refusal(readRun('latest', out))).message).to.equal(`There is no run in ${out}.`);
  });

  it('cut off, edited beyond its shape, or something else: told as what it is', async () => {
    const { record: file } = await writeRunFolder(out, goodRecord);
    const text = await readFile(file, 'utf8');
    const spoilt = {
      cut: text.slice(0, text.length / 2),
      edited: JSON.stringify({ ...goodRecord, verdict: 'excellent' }),
      foreign: '{"a":1}',
    };
    for (const [how, bytes] of Object.entries(spoilt)) {
      await writeFile(file, bytes);
      expect((await refusal(readRun(file, out))).code, how).to.equal('recordDamaged');
    }
    await writeFile(file, JSON.stringify({ ...goodRecord, schema: 'bms-rig/record/99' }));
    expect((await refusal(readRun(file, out))).code).to.equal('recordNewer');
  });
});
