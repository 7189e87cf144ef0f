// The database and the compressed waveforms are copies: rig verify does not miss them, and they are made anew from the signed folders, and from these alone.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { waveformFile } from '../../reports/archive/file-run.ts';
import { databaseFile } from '../../reports/archive/open-archive.ts';
import { eventsOf, interruptedFolder, written } from '../../reports/archive/testing/interrupted.ts';
import { goodRecord } from '../../reports/testing/runs.ts';
import { runCommand, scratchFolder } from './testing/command.ts';

describe('a database that was moved away', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const env = { RIG_KEYS: path.join(scratch.path, 'keys') };
  const { runId } = goodRecord;
  const out = interruptedFolder(goodRecord, written(eventsOf(goodRecord, hostname()).slice(0, 3)).bytes);
  after(() => rmSync(out, { recursive: true }));
  const answer = async (...argv: string[]): Promise<readonly [number, string]> => {
    const done = await runCommand(argv, { env });
    return [done.exit, done.out];
  };
  const moveAway = (): void => {
    renameSync(databaseFile(out), path.join(scratch.path, 'away.db'));
    rmSync(path.join(out, 'archive', 'waveforms'), { recursive: true });
  };

  it('is not missed by rig verify, and made anew with the waveforms', async () => {
    expect((await answer('verify', out))[0]).to.equal(0);
    const before = await answer('stats', '--out', out, '--json');
    const waveforms = readFileSync(waveformFile(out, runId));
    moveAway();
    expect((await answer('verify', out))[0]).to.equal(0);
    expect(await answer('archive', 'import', out, '--out', out)).to.deep.equal([0, `1 run read, 1 of them new in ${out}.\n`]);
    expect(await answer('stats', '--out', out, '--json')).to.deep.equal(before);
    expect(readFileSync(waveformFile(out, runId))).to.deep.equal(waveforms);
  });

  it('takes in no record that is not the one that was signed', async () => {
    moveAway();
    const file = path.join(out, runId, 'record.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(goodRecord.started, '2020-01-01T00:00:00.000Z'));
    const [exit, text] = await answer('archive', 'import', out, '--out', out);
    expect([exit, text.includes('is not the record that was signed; see rig verify')], text).to.deep.equal([3, true]);
    expect(existsSync(waveformFile(out, runId))).to.equal(false);
  });
});
