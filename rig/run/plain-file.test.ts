/** A named pipe would keep whoever opens it waiting for ever: each reader of files that a person names has to refuse it. */

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { loadBenchFile } from '../bench-file/load.ts';
import { scratchFolder } from '../cli/testing/command.ts';
import { contentOf } from '../cli/watched-file.ts';
import { loadProfile } from '../profile/load.ts';
import { readCalibration } from './calibration-choice.ts';
import { loadImage } from './images.ts';
import { plainBytes } from './plain-file.ts';
import { loadScenarioFiles } from './scenario-files.ts';

describe('files that a person names', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const pipe = path.join(scratch.path, 'pipe.yaml');
  before(() => execFileSync('mkfifo', [pipe]));

  it('are plain: a pipe, a device and a folder are refused unopened', () => {
    expect(() => plainBytes(pipe)).to.throw('it is no plain file but a pipe or a device');
    expect(() => plainBytes('/dev/zero')).to.throw('it is no plain file but a pipe or a device');
    expect(() => plainBytes(scratch.path)).to.throw('it is a folder');
    expect(plainBytes(scratch.file('a.yaml', 'x')).toString()).to.equal('x');
  });

  it('are refused by whoever reads them, a scenario among others in its folder with an Issue', () => {
    scratch.file('good.yaml', 'scenario: A title\ncovers: [REACTION]\n');
    const { sources, issues } = loadScenarioFiles([scratch.path]);
    expect(sources.map(({ file }) => path.basename(file))).to.deep.equal(['a.yaml', 'good.yaml']);
    expect(issues.map(({ id, message }) => [id, message])).to.deep.equal([
      ['file-unreadable', `${pipe} cannot be read: it is no plain file but a pipe or a device.`],
    ]);
    expect([loadBenchFile(pipe).ok, loadProfile(pipe).ok]).to.deep.equal([false, false]);
    expect(() => readCalibration(pipe)).to.throw('no plain file');
    expect(() => loadImage(pipe, 'unit')).to.throw('no plain file');
    expect(contentOf([pipe])).to.equal('\u0000undefined');
  });
});
