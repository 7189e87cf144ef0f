// A gauge study is refused before anything is measured where what it measures could not be kept.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { refused, scratchFolder } from './testing/command.ts';

describe('rig grr', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('measures nothing where its study cannot be written', async () => {
    const out = path.join(scratch.path, 'runs');
    const study = path.join(scratch.path, 'no-folder', 'study.json');
    expect(await refused(['grr', '--study', study, '--parts', '2', '--out', out], 2)).to.include({ code: 'outUnwritable' });
    expect(existsSync(out)).to.equal(false);
  });
});
