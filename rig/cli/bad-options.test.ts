// Wrong commands, options and folders: exit 2, one message with what to do, nothing run.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

/** Message and hint of a command line that is refused for itself. */
const usage = async (...argv: string[]): Promise<string> => {
  const { message, hint, code } = await refused(argv, 2);
  expect(code).to.equal('usage');
  return `${message} ${hint}`;
};

describe('a wrong command line', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());

  it('names the nearest command, or all of them', async () => {
    expect(await usage('rnu')).to.equal('There is no command "rnu". did you mean rig run?');
    expect(await usage('frobnicate')).to.match(/^There is no command "frobnicate"\. there are: run, check, ([\w-]+, )+[\w-]+$/);
    expect(await usage()).to.match(/^Name a command\. .*--help/);
  });

  it('names the nearest option', async () => {
    expect(await usage('run', quiet, '--sede', '3')).to.equal('There is no option or argument "sede" here. did you mean --seed?');
    expect(await usage('run', quiet, '--no-bail')).to.match(/no option or argument "no-bail" here/);
  });

  it('wants a value for an option that has one, once, and one that can be', async () => {
    expect(await usage('run', quiet, '--bench')).to.match(/^--bench wants a value\./);
    expect(await usage('run', quiet, '--unit=')).to.match(/^--unit has an empty value\./);
    expect(await usage('run', quiet, '--seed', '1', '--seed', '2')).to.match(/^--seed is given 2 times\./);
    expect(await usage('run', quiet, '--pace', 'fast')).to.match(/^--pace is one of "virtual", "real", not "fast"\./);
    expect((await runCommand(['sim', 'stop'])).err).to.match(/^rig: action is one of "serve", not "stop"\./);
    expect(await usage('check')).to.match(/^A file, a folder or an action is missing\./);
  });

  it('reads a seed exactly or not at all', async () => {
    for (const seed of ['abc', '-1', '1.5', '1e3', '0x10', '9007199254740993', ' 1']) {
      expect(await usage('run', quiet, `--seed=${seed}`), seed).to.match(/^--seed wants a whole number from 0 to 9007199254740991, not /);
    }
  });

  it('knows the benches by name and keeps options of the simulated one to it', async () => {
    expect(await usage('run', quiet, '--bench', 'simm')).to.equal('There is no bench "simm". did you mean --bench sim?');
    for (const [option, value] of [
      ['defect', 'wait-25s'],
      ['fault', 'unplugged'],
      ['unit', 'x.hex'],
      ['seed', '1'],
      ['pace', 'real'],
    ] as const) {
      expect(await usage('run', quiet, '--bench', 'reference', `--${option}`, value)).to.contain(
        `--${option} is for the simulated bench; the bench asked for is reference.`,
      );
    }
  });

  it('takes --unproven only where something has to be shown, and a plug only without a unit', async () => {
    for (const bench of ['sim', 'reference'])
      expect(await usage('run', quiet, '--unproven', '--bench', bench)).to.match(/^--unproven is for a real bench/);
    expect((await runCommand(['sim', 'serve', '--plug', '--defect', 'wait-25s'])).err).to.contain('leave --unit and --defect out');
  });

  it('takes each fault once, and hints at the nearest one', async () => {
    expect(await usage('run', quiet, '--fault', 'unplugged', '--fault', 'unplugged')).to.match(/^--fault unplugged is given twice\./);
    expect(await usage('run', quiet, '--fault=')).to.match(/^--fault has an empty value\./);
    const { message, hint, code } = await refused(['run', quiet, '--fault', 'un-plugged'], 2);
    expect([code, message]).to.deep.equal(['optionBad', 'There is no fault called "un-plugged".']);
    expect(hint).to.match(/^did you mean unplugged\?/);
  });

  it('finds out before the run that runs cannot be written to --out', async () => {
    const out = async (folder: string): Promise<string> => {
      const { message, hint, code } = await refused(['run', quiet, '--out', folder], 2);
      expect(code).to.equal('outUnwritable');
      expect(hint).to.equal('give another folder with --out');
      return message;
    };
    expect(await out(quiet)).to.match(/quiet\.yaml: it is a file\.$/);
    expect(await out(path.join(quiet, 'runs'))).to.match(/a part of the path is a file\.$/);
    if (process.platform === 'linux') expect(await out('/proc/bms-rig')).to.match(/^Runs cannot be written to \/proc\/bms-rig: /);
    if (process.getuid?.() === 0) return; // root may write everywhere
    const closed = path.join(scratch.path, 'closed');
    mkdirSync(closed, { mode: 0o555 });
    expect(await out(closed)).to.match(/this user may not write there\.$/);
  });

  it('tells the version', async () => {
    expect((await runCommand(['--version'])).out).to.match(/^\d+\.\d+\.\d+\n$/);
  });
});
