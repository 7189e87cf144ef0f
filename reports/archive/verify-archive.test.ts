// Runs are filed while an archive is verified: none of them is taken for one that was removed, cut off or put there.
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { goodRecord } from '../testing/runs.ts';
import { findEntry } from './chain/chain-file.ts';
import { chainRun, fileRun } from './file-run.ts';
import { withLock } from './lock.ts';
import { writeRunFolder } from './run-folder.ts';
import { takeInFolders } from './take-in.ts';
import { findRuns, importFolder, verifyArchive } from './verify-archive.ts';

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
  it('accuses none that is being taken in, and names one that was put there', async () => {
    const [from, out] = [path.join(scratch, 'from'), path.join(scratch, 'taking')];
    await writeRunFolder(from, { ...goodRecord, runId: name(1) });
    await writeRunFolder(from, { ...goodRecord, runId: name(2) });
    // Held between copy and signature: an importer that has come so far.
    const { promise: copied, resolve: onCopied } = Promise.withResolvers<void>();
    const { promise: mayGoOn, resolve: goOn } = Promise.withResolvers<void>();
    const importing = withLock(importFolder(out), async () => {
      cpSync(path.join(from, name(1)), path.join(out, name(1)), { recursive: true });
      onCopied();
      await mayGoOn;
      await chainRun(out, name(1), keys);
    });
    await copied;
    const find: typeof findRuns = async (folder) => {
      const found = await findRuns(folder);
      goOn();
      return found;
    };
    const { problems, records } = await verifyArchive(out, { keys, given: [], running: [], find });
    expect({ problems, records }).to.deep.equal({ problems: [], records: 1 });
    await importing;
    cpSync(path.join(from, name(2)), path.join(out, name(2)), { recursive: true });
    const after = await verifyArchive(out, { keys, given: [], running: [] });
    expect(after.problems.map(({ run, kind }) => [run, kind])).to.deep.equal([[name(2), 'inserted']]);
    await takeInFolders(from, out, options);
    expect((await verifyArchive(out, { keys, given: [], running: [] })).problems).to.deep.equal([]);
  });

  it('has to wait for whoever takes in, from the copy to the signature', async () => {
    const [from, out] = [path.join(scratch, 'other'), path.join(scratch, 'copied')];
    await writeRunFolder(from, { ...goodRecord, runId: name(1) });
    const folder = path.join(out, 'archive');
    const { promise: maySign, resolve: sign } = Promise.withResolvers<void>();
    const signing = withLock(folder, () => maySign);
    const importing = takeInFolders(from, out, options);
    while (!existsSync(path.join(out, name(1)))) await setImmediate();
    const wasSigned = withLock(importFolder(out), async () => (await findEntry(folder, name(1))) !== null);
    // As long as whoever does not have to wait would take.
    for (let turn = 0; turn < 20; turn += 1) await withLock(path.join(scratch, 'free'), () => findEntry(folder, name(1)));
    sign();
    expect(await wasSigned).to.equal(true);
    await Promise.all([signing, importing]);
  });
});
