// What is told of an archive that cannot be used: by every command the same sentence, with a way out, and never as a defect of the rig.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { databaseFile } from '../../reports/archive/open-archive.ts';
import { writeRunFolder } from '../../reports/archive/run-folder.ts';
import { archivedRunOf } from '../../reports/archive/testing/archived.ts';
import { archiveQueries } from '../../reports/archive/testing/open.ts';
import { goodRecord } from '../../reports/testing/runs.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

const AWAY = { RIG_ARCHIVE_URL: 'postgres://rig:secret@127.0.0.1:1/lab' };

describe('an archive that cannot be used', () => {
  const scratch = scratchFolder();
  const folder = async (name: string, database: string): Promise<string> => {
    const out = path.join(scratch.path, name);
    await writeRunFolder(out, goodRecord);
    mkdirSync(path.dirname(databaseFile(out)), { recursive: true });
    writeFileSync(databaseFile(out), database);
    return out;
  };
  after(() => scratch.remove());

  it('is damaged: said so, with what to do', async () => {
    const out = await folder('damaged', 'not a database, and long enough that it is no empty file either'.repeat(100));
    for (const argv of [
      ['stats', '--out', out],
      ['archive', 'export', path.join(scratch.path, 'no.jsonl'), '--out', out],
    ]) {
      const { code, message, hint } = await refused(argv, 2);
      expect(code, argv[0]).to.equal('archiveDamaged');
      expect(message).to.contain(databaseFile(out));
      expect(hint).to.contain('rig archive import');
    }
  });

  it('is away: said so, without the password', async () => {
    const { code, message } = await refused(['stats', '--out', scratch.path], 3, { env: AWAY });
    expect(code).to.equal('archiveAway');
    expect(message).to.contain('127.0.0.1:1/lab').and.to.not.contain('secret');
  });

  it('is named by what is no URL of a server: refused before anything is run, and not taken for none', async () => {
    const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
    const env = { RIG_ARCHIVE_URL: 'sqlite:///secret/lab.db' };
    for (const argv of [
      ['stats', '--out', scratch.path],
      ['run', quiet, '--bench', 'reference', '--out', path.join(scratch.path, 'runs')],
      ['archive', 'import', '--out', scratch.path],
    ]) {
      const { code, message } = await refused(argv, 2, { env });
      expect(code, argv[0]).to.equal('usage');
      expect(message).to.contain('RIG_ARCHIVE_URL').and.to.not.contain('secret');
    }
  });

  it('takes in what stands before the place where a compressed file is cut off, and says that it is', async () => {
    const out = path.join(scratch.path, 'cut');
    const whole = Array.from({ length: 50 }, (_, index) => `${JSON.stringify(archivedRunOf(1, { run: `run-${index}` }))}\n`).join('');
    const cut = scratch.file('cut.jsonl.gz', '');
    writeFileSync(cut, gzipSync(whole).subarray(0, -20));
    const { code, message } = await refused(['archive', 'import', cut, '--out', out], 2);
    expect(code).to.equal('recordDamaged');
    expect(message).to.contain(cut);
    const kept = await archiveQueries(out, (ask) => ask.runs({}));
    expect(kept.length).to.be.within(1, 50);
  });

  it('cannot be given out to a folder that is not there', async () => {
    const out = await folder('whole', '');
    for (const [action, to] of [
      ['export', path.join(scratch.path, 'none', 'runs.jsonl')],
      ['backup', path.join(scratch.path, 'quiet.yaml', 'backup')],
    ] as const) {
      const { code, message } = await refused(['archive', action, to, '--out', out], 2);
      expect(code, action).to.equal('outUnwritable');
      expect(message).to.contain(to);
    }
  });

  it('is not copied, empty, under a name that was mistyped', async () => {
    const missing = path.join(scratch.path, 'mistyped');
    for (const [action, name] of [
      ['export', 'mistyped.jsonl'],
      ['backup', 'mistyped-backup'],
    ] as const) {
      const to = path.join(scratch.path, name);
      expect(await refused(['archive', action, to, '--out', missing], 2), action).to.include({ code: 'runMissing' });
      for (const made of [to, missing]) expect(existsSync(made), made).to.equal(false);
    }
  });

  it('leaves no log beside the database of a backup', async () => {
    const out = path.join(scratch.path, 'one');
    const runs = scratch.file('one.jsonl', `${JSON.stringify(archivedRunOf(1, { run: 'run-1' }))}\n`);
    expect((await runCommand(['archive', 'import', runs, '--out', out])).exit).to.equal(0);
    const to = path.join(scratch.path, 'one-backup');
    expect((await runCommand(['archive', 'backup', to, '--out', out])).exit).to.equal(0);
    expect(readdirSync(path.join(to, 'archive')).filter((name) => name.startsWith('archive.db'))).to.deep.equal(['archive.db']);
  });
});
