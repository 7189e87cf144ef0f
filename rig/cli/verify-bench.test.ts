// `rig verify-bench` on the simulated bench: the golden unit, the plug, and what a run says before and after.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { runDocument } from '../../reports/shape/documents.ts';
import { verifyBenchDocument } from '../../reports/shape/station.ts';
import { failedRecord, goodRecord } from '../../reports/testing/runs.ts';
import { verificationShape } from '../bench-file/verification.ts';
import { HOUR_ms, later, wallTimeOf } from '../calendar.ts';
import { calibrationFile } from '../calibration/calibration.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import { plugFault } from './commands/verify-bench.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

const MORNING = wallTimeOf('2026-11-28T06:00:00Z');

/** What a bench file asks for, with a plug that has to fail on this signal. */
const plug = (fails: 'load' | 'ledRed') => ({ period_us: 1, goldenUnit: 'G', scenarios: [], plug: { id: 'P', fails, defect: 'd' } });

describe('rig verify-bench', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const bench = (name: string, { defect = 'load-stuck-floating', calibration = 'calibration.json' } = {}) =>
    scratch.file(
      name,
      `bench: left\nboard: "51901B56"\ncalibration: ${calibration}\nverify: { period: 8 h, golden unit: G-7, scenarios: quiet.yaml, plug: { id: P-1, fails: load, defect: ${defect} } }\n`,
    );
  const file = bench('bench.yaml');
  before(async () => void scratch.file('calibration.json', calibrationFile(await factoryCalibration(1))));

  const verify = async (of: string, ...more: readonly string[]) => {
    const { exit, out } = await runCommand(['verify-bench', '--bench-file', of, '--out', scratch.path, '--json', ...more], {
      now: MORNING,
    });
    const document = verifyBenchDocument.parse(JSON.parse(out));
    expect(document.exit).to.equal(exit);
    return document;
  };
  const run = async () => {
    const argv = ['run', quiet, '--bench-file', file, '--out', scratch.path, '--json'];
    const { out } = await runCommand(argv, { now: later(MORNING, HOUR_ms) });
    const { exit, verdict, reason } = runDocument.parse(JSON.parse(out));
    return { exit, verdict, reason };
  };

  it('stands between every unit and a pass until a golden unit passed and the plug failed on its signal', async () => {
    expect(await run()).to.deep.equal({
      exit: 3,
      verdict: 'inconclusive',
      reason: 'Bench left has not been verified, so no unit can pass on it: run `rig verify-bench`.',
    });
    const document = await verify(file, '--answers', scratch.file('answers.txt', 'G-7\nP-1\n'));
    expect(document).to.include({ exit: 0, simulated: true, verified: true, board: '51901B56', due: '2026-11-28T14:00:00Z' });
    expect([document.golden.verdict, document.bad?.verdict]).to.deep.equal(['pass', 'fail']);
    expect(document.golden.run).not.to.equal(document.bad?.run);
    expect(existsSync(path.join(document.bad!.dir, 'record.json'))).to.equal(true);
    expect((await run()).verdict).to.equal('pass');
  });

  it('fails where the plug is not caught, and that is remembered', async () => {
    const document = await verify(bench('harmless.yaml', { defect: 'charger-weak' }));
    expect(document).to.include({ exit: 3, verified: false, due: null });
    expect(document.reason).to.match(/^The plug P-1 had to fail on load, but its run is pass: /);
    expect(verificationShape.parse(JSON.parse(readFileSync(document.file, 'utf8')))).to.include({
      result: 'failed',
      reason: document.reason,
    });
  });

  it('fails where the golden unit does not pass, and asks for no plug then', async () => {
    const document = await verify(bench('uncalibrated.yaml', { calibration: 'none.json' }));
    expect(document).to.include({ exit: 3, verified: false, bad: null });
    expect(document.reason).to.match(/^The golden unit G-7 had to pass, but its run is inconclusive: .*not calibrated/);
  });

  it('takes a plug for caught only by a difference of the unit on the very signal', () => {
    expect(plugFault(failedRecord, plug('load'))).to.equal(null);
    expect(plugFault(failedRecord, plug('ledRed'))).to.match(/^The plug P had to fail on ledRed, but it failed on .*load.* only\.$/);
    expect(plugFault(goodRecord, plug('load'))).to.contain('its run is pass');
    expect(plugFault({ ...failedRecord, blame: 'rig' }, plug('load'))).to.contain('its run is fail');
    const fault = { code: 'clockBad', blame: 'rig', text: 'The clock jumped.' } as const;
    expect(plugFault({ ...failedRecord, benchFaults: [fault] }, plug('load'))).to.contain('had to fail on load, but');
  });

  it('takes no other unit for the golden one, needs a bench file that asks for it, and a defect that exists', async () => {
    const answers = scratch.file('wrong.txt', 'P-1\n');
    const argv = ['verify-bench', '--out', scratch.path, '--bench-file'];
    expect((await refused([...argv, file, '--answers', answers], 2)).message).to.equal('The golden unit asked for is G-7, not "P-1".');
    expect((await refused(['verify-bench'], 2)).message).to.contain('bench file has to say');
    const plain = scratch.file('plain.yaml', 'bench: left\nboard: "51901B56"\n');
    expect((await refused([...argv, plain], 2)).message).to.contain('asks for no verification');
    expect((await refused([...argv, bench('unknown.yaml', { defect: 'load-stuk-floating' })], 2)).hint).to.contain('load-stuck-floating');
  });
});
