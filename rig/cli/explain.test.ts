// `rig explain` after a run with a known defect: the right place to look, for people and for programs, and what it says where there is nothing to explain.
import path from 'node:path';
import { expect } from 'chai';
import { explainDocument } from '../../reports/shape/documents.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig explain', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const out = path.join(scratch.path, 'runs');
  after(() => scratch.remove());

  it('has nothing to say of a good unit', async () => {
    await runCommand(['run', quiet, '--out', out, '--seed', '4']);
    const told = await runCommand(['explain', '--out', out]);
    expect(told.exit).to.equal(0);
    expect(told.out)
      .to.match(/^Run \S+ on a SIMULATED bench: pass\n/)
      .and.to.include('Nothing to explain');
  });

  it('tells of the latest run what is wrong, where to look and why nobody else is to blame', async () => {
    await runCommand(['run', quiet, '--out', out, '--seed', '4', '--defect', 'load-stuck-floating']);
    const told = await runCommand(['explain', 'latest', '--out', out]);
    expect(told.exit).to.equal(0);
    expect(told.out).to.include('LOAD never goes high in this run, the other outputs do.');
    expect(told.out).to.match(/Look first at the output stage of LOAD/);
    expect(told.out)
      .to.match(/1\. the unit\n/)
      .and.to.match(/not the link: No line was garbled/);
    const { cases, simulated, diagnosis } = explainDocument.parse(JSON.parse((await runCommand(['explain', '--out', out, '--json'])).out));
    expect(simulated).to.equal(true);
    expect(diagnosis?.look).to.include('LOAD');
    expect(cases[0]).to.deep.include({ verdict: 'fail', blame: 'unit' });
    expect(cases[0]?.suspects[0]?.who).to.equal('unit');
  });

  it('refuses a run or a case that is not there', async () => {
    expect((await refused(['explain', 'nothing', '--out', out], 2)).code).to.equal('runMissing');
    const { message, hint } = await refused(['explain', '--case', 'nothing', '--out', out], 2);
    expect(message).to.match(/^No case of run \S+ has "nothing" in its name\./);
    expect(hint).to.include('quiet');
  });
});
