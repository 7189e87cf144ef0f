// A station whose database cannot be used: its runs go on, are signed, and are entered once when it can; and nobody's earlier attempts are forgotten meanwhile.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { fileRun } from '../../reports/archive/file-run.ts';
import { databaseFile } from '../../reports/archive/open-archive.ts';
import { openRuns } from '../../reports/archive/progress.ts';
import { writeRunFolder } from '../../reports/archive/run-folder.ts';
import { archiveQueries } from '../../reports/archive/testing/open.ts';
import { verifyDocument } from '../../reports/shape/archive.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { recordShape } from '../../reports/record.ts';
import { failedRecord, goodRecord } from '../../reports/testing/runs.ts';
import type { StationFile } from '../../scenarios/contracts/station-file.ts';
import { attemptOf } from './attempts.ts';
import type { AskedIdentity } from './identity-options.ts';
import { QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';

const SERIAL = 'HQ-1230';

const STATION: StationFile = {
  file: 'station.yaml',
  hash: '',
  name: 'line 1',
  serial: { pattern: null, check: null },
  retest: { attempts: 3, afterPass: 'refuse' },
  required: [],
};

const asked = (station: StationFile | null): AskedIdentity => ({
  identity: { serial: SERIAL, operator: null, workOrder: null, unitFirmwareVersion: null, note: null },
  station,
});

const ofUnit = (record: typeof goodRecord, runId: string, serial = SERIAL): typeof goodRecord => ({
  ...record,
  runId,
  bench: { ...record.bench, simulated: false },
  identity: { ...record.identity, serial },
});

const counted = (out: string, station: StationFile | null = null) =>
  attemptOf(asked(station), { out, simulated: false, reference: false }, {});

const damage = (out: string): void => writeFileSync(databaseFile(out), 'no database, and long enough to be no empty file'.repeat(200));

const refusal = async (work: Promise<unknown>): Promise<{ readonly message: string; readonly hint: string }> =>
  work.then(
    () => expect.fail('it was not refused'),
    (cause: unknown) => cause as { readonly message: string; readonly hint: string },
  );

describe('a database that cannot be used', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const keys = path.join(scratch.path, 'keys');
  const env = { RIG_KEYS: keys };

  /** A folder with the runs of these records, filed. */
  const filled = async (name: string, records: readonly (typeof goodRecord)[]): Promise<string> => {
    const out = path.join(scratch.path, name);
    for (const record of records) {
      await writeRunFolder(out, record);
      await fileRun(out, record.runId, { keys, forLab: false });
    }
    return out;
  };

  it('does not keep a run from being made: it is signed, said to wait, and entered once when there is a database again', async () => {
    const first = { ...ofUnit(failedRecord, '20260102-030401-0001'), bench: failedRecord.bench };
    const out = await filled('damaged', [first]);
    const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
    const run = async (): Promise<{ readonly id: string; readonly notes: readonly string[] }> => {
      const { exit, out: text } = await runCommand(['run', quiet, '--serial', SERIAL, '--out', out, '--json'], { env });
      expect(exit, text).to.equal(0);
      const { run: made, notes } = runDocument.parse(JSON.parse(text));
      return { id: made.id, notes };
    };
    damage(out);
    const [second, third] = [await run(), await run()];
    expect(second.notes.join(' ')).to.contain('counted from the records').and.to.contain('the database does not have it yet');
    expect(second.notes.join(' ')).to.contain('rig archive import --out');
    expect(third.notes[0]).to.match(/^1 run, signed and whole in its folder, waits for the database\./);
    const record = recordShape.parse(JSON.parse(readFileSync(path.join(out, third.id, 'record.json'), 'utf8')));
    expect(record.identity.attempt).to.equal(3);
    const verify = async () => verifyDocument.parse(JSON.parse((await runCommand(['verify', out, '--json'], { env })).out));
    const waiting = await verify();
    expect(waiting).to.deep.include({ records: 3, problems: [], ok: true });
    expect(waiting.notes.join(' ')).to.contain('2 runs, signed and whole in their folders, wait for the database.');

    renameSync(databaseFile(out), path.join(scratch.path, 'away.db'));
    expect((await verify()).notes).to.have.members(
      [second, third].map(({ id }) => `Run ${id} had waited for the database, and is in it now.`),
    );
    const stats = await runCommand(['stats', '--out', out], { env });
    expect(stats.out.replaceAll(/\s+/g, ' ')).to.contain(
      `1 run was signed and is not in the database, and not counted: rig archive import --out ${out}`,
    );
    const { attempt, notes } = await attemptOf(asked(null), { out, simulated: true, reference: false }, {});
    expect(attempt).to.equal(4);
    expect(notes[0]).to.contain('does not have 1 run that was signed there');
    const taken = await runCommand(['archive', 'import', '--out', out], { env });
    expect(taken.out).to.contain('3 runs read, 1 of them new');
    expect(await archiveQueries(out, (ask) => ask.runs({}))).to.have.length(3);
    expect((await openRuns(out)).size).to.equal(0);
  });

  it('does not make a unit a new one: its attempts are counted from its records', async () => {
    const out = await filled('history', [
      ofUnit(failedRecord, '20260102-030401-0001'),
      ofUnit(failedRecord, '20260102-030402-0002'),
      ofUnit(failedRecord, '20260102-030403-0003', 'HQ-1231'),
    ]);
    expect(await counted(out)).to.deep.equal({ attempt: 3, notes: [] });
    damage(out);
    const { attempt, notes } = await counted(out, STATION);
    expect(attempt).to.equal(3);
    expect(notes).to.have.length(1);
    expect(notes[0]).to.contain('is damaged').and.to.contain(`counted from the records in ${out}: 2.`);
    await writeRunFolder(out, ofUnit(failedRecord, '20260102-030404-0004'));
    expect((await refusal(counted(out, STATION))).message)
      .to.contain('has had 3 attempts')
      .and.to.contain('allows 3');
    await writeRunFolder(out, ofUnit(goodRecord, '20260102-030405-0005'));
    expect((await refusal(counted(out, STATION))).message).to.contain('has passed already');
  });

  it('where rules for another test depend on a record that does not tell, refuses; where there are none, says that it was not counted', async () => {
    const run = '20260102-030402-0002';
    const out = await filled('untold', [ofUnit(failedRecord, '20260102-030401-0001'), ofUnit(goodRecord, run)]);
    const file = path.join(out, run, 'record.json');
    // Somebody would rather have had no pass.
    writeFileSync(file, readFileSync(file, 'utf8').replace('"verdict": "pass"', '"verdict": "fail"'));
    expect(await counted(out), 'the database knows').to.deep.equal({ attempt: 3, notes: [] });
    damage(out);
    const { message, hint } = await refusal(counted(out, STATION));
    expect(message).to.contain(run).and.to.contain('cannot be told');
    expect(hint).to.contain('rig archive import');
    const { attempt, notes } = await counted(out);
    expect(attempt).to.equal(2);
    expect(notes[0]).to.contain(`The record of run ${run} could not be read and was not counted.`);
  });

  it('of a later rig is left as it is', async () => {
    const out = await filled('newer', [ofUnit(failedRecord, '20260102-030401-0001')]);
    const database = new DatabaseSync(databaseFile(out));
    database.exec(`update meta set value = '99' where name = 'version'`);
    const { attempt, notes } = await counted(out);
    expect(attempt).to.equal(2);
    expect(notes[0]).to.contain('has version 99 of its tables');
    database.exec(`update meta set value = '1' where name = 'version'`);
    database.close();
    expect(await counted(out)).to.deep.equal({ attempt: 2, notes: [] });
  });

  it('is asked while another process writes it, without waiting for that', async () => {
    const out = await filled('written', [ofUnit(failedRecord, '20260102-030401-0001')]);
    const writer = new DatabaseSync(databaseFile(out));
    writer.exec('begin immediate');
    expect(await counted(out)).to.deep.equal({ attempt: 2, notes: [] });
    writer.close();
  });

  it('is what is wrong, and not the lock beside it, which can be deleted', async () => {
    const out = await filled('lock', [ofUnit(failedRecord, '20260102-030401-0001')]);
    const lock = path.join(out, 'archive', 'lock.db');
    writeFileSync(lock, 'no lock, and long enough to be no empty file'.repeat(200));
    await writeRunFolder(out, ofUnit(failedRecord, '20260102-030402-0002'));
    const { message, hint } = await refusal(fileRun(out, '20260102-030402-0002', { keys, forLab: false }));
    expect(message).to.contain(lock);
    expect(hint).to.contain('delete it');
    rmSync(lock);
    expect((await fileRun(out, '20260102-030402-0002', { keys, forLab: false })).isNew).to.equal(true);
  });
});
