// Runs are filed while an archive is verified: none of them is taken for one that was removed, cut off or put there.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { goodRecord } from '../testing/runs.ts';
import { fileRun } from './file-run.ts';
import { writeRunFolder } from './run-folder.ts';
import { findRuns, verifyArchive } from './verify-archive.ts';

const name = (n: number): string => `20260102-03040${n}-0007`;

describe('verifying while runs are filed', () => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bms-rig-verify-'));
  const keys = path.join(scratch, 'keys');
  const options = { keys, forLab: false };
  after(() => rmSync(scratch, { recursive: true }));

  const add = async (out: string, n: number): Promise<void> => {
    await writeRunFolder(out, { ...goodRecord, runId: name(n) });
    await fileRun(out, name(n), options);
  };

  it('finds nothing wrong with one that was filed after the folders were listed', async () => {
    const out = path.join(scratch, 'meanwhile');
    await add(out, 1);
    let times = 0;
    const find: typeof findRuns = async (folder) => {
      const found = await findRuns(folder);
      times += 1;
      if (times === 1) await add(folder, 2);
      return found;
    };
    const { problems, records } = await verifyArchive(out, { keys, given: [], running: [], find });
    expect({ problems, records, times }).to.deep.equal({ problems: [], records: 2, times: 2 });
  });

  it('judges one that is signed and waits for the database, and leaves out one that is not signed yet', async () => {
    const out = path.join(scratch, 'waiting');
    await add(out, 1);
    await add(out, 2);
    await writeRunFolder(out, { ...goodRecord, runId: name(3) });
    expect((await verifyArchive(out, { keys, given: [], running: [name(2), name(3)] })).problems).to.deep.equal([]);
    rmSync(path.join(out, name(2), 'record.json'));
    const { problems } = await verifyArchive(out, { keys, given: [], running: [name(2), name(3)] });
    expect(problems.map(({ run, kind }) => [run, kind])).to.deep.equal([[name(2), 'removed']]);
  });
});
