// A station whose key was changed: it goes on in the same chain, and believes what the old one signed.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { goodRecord } from '../testing/runs.ts';
import { fileRun } from './file-run.ts';
import { writeRunFolder } from './run-folder.ts';
import { verifyArchive } from './verify-archive.ts';

describe('a station with a new key', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bms-rig-keys-'));
  const keys = path.join(scratch, 'keys');
  const options = { keys, forLab: false };
  after(() => rmSync(scratch, { recursive: true }));

  const fill = async (out: string, from: number, to: number): Promise<void> => {
    for (let n = from; n <= to; n += 1) {
      const runId = `20260102-03040${n}-0007`;
      await writeRunFolder(out, { ...goodRecord, runId });
      await fileRun(out, runId, options);
    }
  };

  it('goes on in one chain with a new key, and is still believed where the old one was known', async () => {
    const out = path.join(scratch, 'keys-changed');
    await fill(out, 1, 2);
    renameSync(path.join(keys, 'station.key'), path.join(scratch, 'old.key'));
    await fill(out, 3, 4);
    expect(readdirSync(keys).filter((name) => /^[0-9a-f]{16}\.pub$/.test(name))).to.have.length(1);
    const found = await verifyArchive(out, { keys, given: [], running: [] });
    expect(found.problems).to.deep.equal([]);
    expect(found.keys.map(({ known }) => known)).to.deep.equal([true, true]);
  });

  it('that was cut off before the first run with a new key is found short', async () => {
    const out = path.join(scratch, 'cut');
    await fill(out, 1, 2);
    renameSync(path.join(keys, 'station.key'), path.join(scratch, 'older.key'));
    const chain = path.join(out, 'archive', 'chain.jsonl');
    writeFileSync(chain, readFileSync(chain, 'utf8').split(/(?<=\n)/)[0]!);
    await fill(out, 3, 3);
    const { problems } = await verifyArchive(out, { keys, given: [], running: [] });
    // The key of the link that is gone is not that of the one after it, so its run is named by its folder.
    expect(problems.map(({ kind, run }) => [kind, run])).to.deep.equal([
      ['inserted', '20260102-030402-0007'],
      ['removed', 'link 2'],
    ]);
  });
});
