// Wear on the command line: a run counts its mating and is refused a pass beyond the limit; `rig maintenance` shows it and starts anew.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { runDocument } from '../../reports/shape/documents.ts';
import { maintenanceDocument } from '../../reports/shape/station.ts';
import { calibrationFile } from '../calibration/calibration.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig maintenance', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const bench = scratch.file('bench.yaml', 'bench: left\nboard: "51901B56"\nmaintenance: { matings: 1 }\n');
  before(async () => void scratch.file('calibration.json', calibrationFile(await factoryCalibration(1))));
  const run = async () => runCommand(['run', quiet, '--bench-file', bench, '--out', scratch.path, '--json']);
  const shown = async (...more: readonly string[]) => {
    const { exit, out } = await runCommand(['maintenance', '--bench-file', bench, '--json', ...more]);
    const document = maintenanceDocument.parse(JSON.parse(out));
    expect(document.exit).to.equal(exit);
    return document;
  };

  it('counts each run of a bench, and beyond the limit nothing passes until the connector is replaced', async () => {
    expect(await shown()).to.include({ exit: 0, matings: 0, replaced: null });
    const first = runDocument.parse(JSON.parse((await run()).out));
    expect([first.exit, first.maintenance?.matings]).to.deep.equal([0, 1]);
    expect(first.maintenance?.contact_mOhm).to.be.within(0, 10_000);
    const second = runDocument.parse(JSON.parse((await run()).out));
    expect(second).to.include({ exit: 3, verdict: 'inconclusive' });
    expect(second.reason).to.contain('has 2 matings, 1 are its limit: replace the connector');
    const worn = await shown();
    expect(worn).to.include({ exit: 3, matings: 2, runs: 2, damaged: 0 });
    expect(worn.trend.length).to.equal(second.contacts.length);
    expect(await shown('--replaced', 'connector 2')).to.include({ exit: 0, matings: 0, replaced: '2026-11-28T10:00:00Z' });
    const { out } = await runCommand(['maintenance', '--bench-file', bench]);
    expect(out).to.equal('Bench left (board 51901B56): 0 of 1 matings since 2026-11-28T10:00:00Z, in 0 runs\n');
  });

  it('needs a bench file', async () => {
    expect((await refused(['maintenance'], 2)).message).to.contain('bench file');
    expect(existsSync(path.join(scratch.path, '51901B56.maintenance.jsonl'))).to.equal(true);
  });
});
