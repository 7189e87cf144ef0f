// A gauge study is refused before anything is measured where it would come to nothing.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig grr', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('measures nothing where its study cannot be written', async () => {
    const out = path.join(scratch.path, 'runs');
    const study = path.join(scratch.path, 'no-folder', 'study.json');
    expect(await refused(['grr', '--study', study, '--parts', '2', '--out', out], 2)).to.include({ code: 'outUnwritable' });
    expect(existsSync(out)).to.equal(false);
  });
  it('refuses scenarios that are not there or measure nothing before it names a turn', async () => {
    const study = path.join(scratch.path, 'study.json');
    const out = path.join(scratch.path, 'unmeasured');
    for (const [file, said] of [
      [path.join(scratch.path, 'none.yaml'), 'file-missing'],
      [scratch.file('quiet.yaml', QUIET_SCENARIO), 'Nothing is measured'],
    ] as const) {
      const argv = ['grr', file, '--study', study, '--parts', '2', '--out', out];
      await refused(argv, 2);
      const { err } = await runCommand(argv);
      expect(err).to.contain(said).and.to.not.contain('1 of');
    }
    expect([existsSync(out), existsSync(study)]).to.deep.equal([false, false]);
  });
});
