// `rig soak` and the list of good units: what they print and what they refuse.
import { expect } from 'chai';
import { soakDocument, unitsDocument } from '../../reports/shape/campaigns.ts';
import { GOOD_UNITS } from '../sim/good-units/good-units.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig soak', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());

  it('gives programs one document', async () => {
    const { exit, out, err } = await runCommand(['soak', quiet, '--units', '1', '--seed', '3', '--json']);
    const document = soakDocument.parse(JSON.parse(out));
    expect([exit, document.exit, err]).to.deep.equal([0, 0, '']);
    expect(document).to.include({ seed: 3, units: 1, passed: 1 });
  });

  it('refuses counts that are none', async () => {
    expect((await refused(['soak', quiet, '--units', '0'], 2)).message).to.match(/^--units wants a whole number from 1/);
    expect((await refused(['soak', quiet, '--each', 'many'], 2)).message).to.match(/^--each wants a whole number from 1/);
  });

  it('runs a good unit by its name, and lists them', async () => {
    const { units } = unitsDocument.parse(JSON.parse((await runCommand(['run', '--unit', 'list', '--json'])).out));
    expect(units.map(({ name }) => name)).to.deep.equal(GOOD_UNITS.map(({ name }) => name));
    expect((await runCommand(['run', '--unit', 'list'])).out).to.match(/^wait-30s3 +R3 +The wait lasts/m);
    expect((await runCommand(['run', quiet, '--unit', 'lamp-test', '--out', scratch.path])).exit).to.equal(0);
  });
});
