// `rig sim serve`: a device that another process of the rig finds a fixture on, gone again when it is told to stop.
import { existsSync, lstatSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { portsDocument } from '../../reports/shape/documents.ts';
import { readCalibration } from '../run/calibration-choice.ts';
import { runCommand, scratchFolder } from './testing/command.ts';
import { MAIN, start } from './testing/process.ts';

describe('rig sim serve', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  if (process.platform === 'win32') return; // no pseudo-terminals there

  it('answers as a fixture under the name it was given, until it is stopped', async () => {
    const link = path.join(scratch.path, 'fixture');
    const calibration = path.join(scratch.path, 'board.json');
    const { child, says, ended } = start(process.execPath, [MAIN, 'sim', 'serve', '--link', link, '--calibration', calibration]);
    await says('A simulated fixture answers on ');
    const { out } = await runCommand(['ports', link, '--json']);
    const row = portsDocument.parse(JSON.parse(out)).ports.find((port) => port.path === link);
    expect(row?.error).to.equal(null);
    expect(row?.fixture?.id).to.match(/^[0-9A-F]{8}$/);
    expect(readCalibration(calibration).board, 'that of the board served').to.equal(row?.fixture?.id);
    child.kill('SIGTERM');
    const finished = await ended;
    expect(finished.exit).to.equal(0);
    expect(finished.out).to.equal(`${link}\n`);
    expect(lstatSync(link, { throwIfNoEntry: false })).to.equal(undefined);
  });

  it('does not take the place of a file', async () => {
    const taken = scratch.file('taken', 'mine');
    const { exit, err } = await runCommand(['sim', 'serve', '--link', taken]);
    expect(exit).to.equal(2);
    expect(err).to.match(/--link .*taken cannot be made: .*\n +remove what is there/);
    expect(existsSync(taken)).to.equal(true);
  });

  it('says so where the calibration cannot be written', async () => {
    const { exit, err } = await runCommand(['sim', 'serve', '--calibration', path.join(scratch.path, 'none', 'board.json')]);
    expect(exit).to.equal(2);
    expect(err).to.match(/--calibration .*board\.json cannot be written: ENOENT/);
  });

  it('refuses a unit or a defect that does not exist', async () => {
    expect(await runCommand(['sim', 'serve', '--defect', 'wait-24s'])).to.include({ exit: 2, out: '' });
    expect((await runCommand(['sim', 'serve', '--unit', path.join(scratch.path, 'none.hex')])).err).to.contain(
      'check the path given to --unit',
    );
    expect((await runCommand(['sim', 'serve', '--seed', 'x'])).err).to.contain('--seed wants a whole number');
  });
});
