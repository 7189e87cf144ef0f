// `rig rejudge --limits` with a file of other cases: the limits of the run itself would be taken, and a pass by them is no pass by the file.
import path from 'node:path';
import { expect } from 'chai';
import { writeRunFolder } from '../../reports/archive/run-folder.ts';
import { goodRecord } from '../../reports/testing/runs.ts';
import { QUIET_SCENARIO, refused, scratchFolder } from './testing/command.ts';

describe('rig rejudge', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('refuses limits that have none of the cases of the run, and names both', async () => {
    const out = path.join(scratch.path, 'runs');
    await writeRunFolder(out, goodRecord);
    const other = scratch.file('other.yaml', QUIET_SCENARIO);
    const { code, message } = await refused(['rejudge', '--out', out, '--limits', other], 2);
    expect(code).to.equal('usage');
    expect(message).to.contain('/other').and.to.contain(goodRecord.cases[0]!.case.id);
  });
});
