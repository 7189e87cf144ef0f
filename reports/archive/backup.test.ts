// A copy that nothing guards is called one only where nothing was filed while it was made.
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { backUp, BackupDamaged, copyUnlocked } from './backup.ts';
import { databaseFile } from './open-archive.ts';
import { eventsOf, interruptedFolder, written } from './testing/interrupted.ts';
import { goodRecord } from '../testing/runs.ts';

const rejection = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (cause: unknown) => cause,
  );

describe('a backup', () => {
  const made: string[] = [];
  const folder = (): string => {
    const out = interruptedFolder(goodRecord, written(eventsOf(goodRecord, '')).bytes);
    made.push(out);
    writeFileSync(path.join(out, 'archive', 'chain.jsonl'), 'a link\n');
    return out;
  };
  after(() => {
    for (const out of made) rmSync(out, { recursive: true });
  });

  it('without a lock is whole where nothing was filed meanwhile, and else is refused', async () => {
    const out = folder();
    expect(await copyUnlocked(out, '', async () => 7)).to.equal(7);
    const grows: readonly (() => void)[] = [
      () => appendFileSync(path.join(out, 'archive', 'chain.jsonl'), 'another\n'),
      () => writeFileSync(path.join(out, goodRecord.runId, 'record.json'), '{}'),
    ];
    for (const grow of grows) {
      const cause = await rejection(
        copyUnlocked(out, '/copy', async () => {
          grow();
          return 7;
        }),
      );
      expect(cause).to.be.instanceOf(BackupDamaged);
      expect((cause as Error).message).to.contain('/copy is no whole copy');
    }
  });

  it('names the damaged database, and has copied the rest', async () => {
    const out = folder();
    const dir = path.join(out, 'made');
    mkdirSync(dir);
    writeFileSync(path.join(dir, 'record.json'), '{}');
    writeFileSync(databaseFile(out), 'no database '.repeat(1000));
    const to = path.join(out, '..', `${path.basename(out)}-copy`);
    made.push(to);
    const cause = await rejection(backUp(out, to));
    expect(cause).to.include({ code: 'archiveDamaged' });
    expect((cause as Error).message).to.contain(`The database ${databaseFile(out)} is damaged: file is not a database.`);
    expect([existsSync(path.join(to, 'made', 'record.json')), existsSync(path.join(to, 'archive', 'chain.jsonl'))]).to.deep.equal([
      true,
      true,
    ]);
  });
});
