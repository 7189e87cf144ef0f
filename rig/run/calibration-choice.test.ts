// The calibration a run measures with: without a good one nothing passes, whatever the unit does.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape } from '../../reports/record.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { wallTimeOf } from '../calendar.ts';
import { calibrationFile, calibrationId, type Calibration } from '../calibration/calibration.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from '../cli/testing/command.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';

const SEED = 5;

describe('the calibration of a run', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  let own: Calibration;
  before(async () => {
    own = { ...(await factoryCalibration(SEED)), method: 'meter', made: '2026-11-01T08:00:00Z', expires: '2027-05-01T08:00:00Z' };
  });
  after(() => scratch.remove());

  const run = async (calibration: string, now = '2026-11-28T10:00:00Z', ...more: string[]) => {
    const argv = ['run', quiet, '--seed', String(SEED), '--out', scratch.path, '--calibration', calibration, '--json', ...more];
    const { out } = await runCommand(argv, { now: wallTimeOf(now) });
    return runDocument.parse(JSON.parse(out));
  };
  const file = (name: string, calibration: Calibration): string => scratch.file(name, calibrationFile(calibration));

  it('is the factory’s for the simulated bench, and the record names it', async () => {
    const { verdict, exit, calibration, run: folder } = await run('factory');
    expect([verdict, exit]).to.deep.equal(['pass', 0]);
    const factory = await factoryCalibration(SEED);
    expect(calibration).to.deep.include({ id: calibrationId(factory), board: factory.board, method: 'factory', expires: null });
    const record = recordShape.parse(JSON.parse(readFileSync(path.join(folder.dir!, 'record.json'), 'utf8')));
    expect(record.calibration).to.deep.equal(calibration);
    expect(record.cases[0]?.attempts[0]?.trace?.calibration).to.deep.equal({ id: calibrationId(factory), fault: null });
  });

  it('that has expired lets nothing pass', async () => {
    const late = await run(file('own.json', own), '2027-05-01T08:00:00Z');
    expect(late).to.include({ verdict: 'inconclusive', blame: 'rig', exit: 3 });
    expect(late.reason).to.contain('has a calibration that has expired').and.to.contain('rig calibrate');
    expect(late.benchFaults.map(({ code, verdict }) => [code, verdict])).to.deep.equal([['calibration', 'inconclusive']]);
    expect(late.cases.map(({ verdict }) => verdict)).to.deep.equal(['inconclusive']);
  });

  it('that is missing lets nothing pass, and no unit fail', async () => {
    const bad = await run('none', undefined, '--defect', 'load-stuck-floating');
    expect(bad).to.include({ verdict: 'inconclusive', blame: 'rig', exit: 3 });
    expect(
      bad.cases.map(({ verdict }) => verdict),
      'what the unit did is told all the same',
    ).to.deep.equal(['fail']);
  });

  it('that cannot be read ends before anything runs, with what is wrong', async () => {
    const message = async (calibration: string) =>
      (await refused(['run', quiet, '--out', scratch.path, '--calibration', calibration], 2)).message;
    expect(await message(path.join(scratch.path, 'none.json'))).to.contain('cannot be used: ENOENT');
    expect(await message(scratch.file('text.json', 'volts'))).to.contain('cannot be used: Unexpected token');
    expect(await message(scratch.file('empty.json', '{}'))).to.contain('cannot be used: schema');
    expect(await message(scratch.file('far.json', JSON.stringify({ ...own, supply: { ...own.supply, gain: 2 } })))).to.contain(
      'supply.gain',
    );
    expect((await refused(['run', quiet, '--bench', 'reference', '--calibration', 'factory'], 2)).message).to.contain('measures nothing');
    expect((await refused(['run', quiet, '--bench', '/dev/null', '--calibration', 'factory'], 2)).message).to.contain('simulated board');
  });
});
