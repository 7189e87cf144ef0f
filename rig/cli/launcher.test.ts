// The rig as its users start it: help at once, the caller's folder, exit codes, and readers that leave early.
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';
import { LAUNCHER, MAIN, olderNode, start } from './testing/process.ts';

const drawing = (urls: readonly string[]) => urls.filter((url) => /\/(?:cliui|string-width)\/index\.m?js$/u.test(url));

describe('the launcher', () => {
  const scratch = scratchFolder();
  scratch.file('quiet.yaml', QUIET_SCENARIO);
  const below = path.join(scratch.path, 'below');
  mkdirSync(below);
  after(() => scratch.remove());

  it('answers --help with what the parser says', async () => {
    const { exit, out } = await runCommand(['--help']);
    expect(readFileSync(new URL('help.txt', import.meta.url), 'utf8'), 'node rig/cli/main.ts --help > rig/cli/help.txt').to.equal(out);
    expect(exit).to.equal(0);
    const asked = await start(olderNode() ?? process.execPath, [LAUNCHER, '--help']).ended;
    expect(asked).to.include({ exit: 0, err: '', out });
    for (const code of ['0 pass', '1 the unit failed', '2 bad file', '3 broken', '130']) expect(out).to.contain(code);
  });

  it('gives help with an example for every command', async () => {
    for (const command of ['run', 'check', 'predict', 'coverage', 'mutate', 'explore', 'soak', 'ports', 'flash', 'sim']) {
      const { exit, out } = await runCommand([command, '--help']);
      expect(exit).to.equal(0);
      expect(out, command).to.match(new RegExp(`Examples:\n +rig ${command} `));
    }
  });

  it('keeps compiled code for its worker threads as well', async () => {
    const name = 'process.env.NODE_COMPILE_CACHE';
    const tell = scratch.file('tell.cjs', `delete ${name};\nprocess.on('exit', () => console.log(${name}));\n`);
    const { out } = await start(process.execPath, ['--require', tell, LAUNCHER, '--version']).ended;
    expect(out.replaceAll('\\', '/')).to.match(/node_modules\/\.cache\/bms-rig$/mu);
  });

  describe('of what packages bring along', () => {
    const listing = `const loaded = [];
require('node:module').registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
process.on('exit', () => console.error(loaded.filter((url) => url.includes('/node_modules/')).join('\\n')));\n`;
    const list = scratch.file('list.cjs', listing);
    const loadedBy = async (...argv: readonly string[]) => {
      const { exit, err } = await start(process.execPath, ['--require', list, LAUNCHER, ...argv], { cwd: scratch.path }).ended;
      expect(exit, err).to.equal(0);
      return err.trim().split('\n');
    };

    it('loads none of the sixty languages of zod', async () => {
      const zod = (await loadedBy('check', 'quiet.yaml')).filter((url) => url.includes('/zod/'));
      expect(zod.some((url) => url.endsWith('/zod/v4/core/schemas.js'))).to.equal(true);
      expect(zod.length, zod.join('\n')).to.be.lessThan(50);
      expect(zod.filter((url) => url.endsWith('/locales/de.js'))).to.deep.equal([]);
    });

    it('loads what draws help where help is drawn', async () => {
      expect(drawing(await loadedBy('check', 'quiet.yaml'))).to.deep.equal([]);
      expect(drawing(await loadedBy('check', '--help'))).to.have.length.greaterThan(1);
    });
  });

  it('takes paths from the folder it is started in and puts runs below that', async () => {
    const { exit, out } = await start(olderNode() ?? process.execPath, [LAUNCHER, 'run', '../quiet.yaml'], { cwd: below }).ended;
    expect(exit, out).to.equal(0);
    const report = /^Report: (reports\/runs\/.*\/report\.html)$/m.exec(out.replaceAll('\\', '/'))?.[1];
    expect(report, out).to.be.a('string');
    expect(existsSync(path.join(below, report!))).to.equal(true);
  });

  it('runs the end-of-line scenario that comes with it where the folder has none', async () => {
    const { exit, out, err } = await start(process.execPath, [MAIN, 'run', '--bench', 'reference', '--json'], { cwd: below }).ended;
    expect([0, 3], err).to.include(exit); // what its expectations say of the model is another test's matter
    const { cases } = JSON.parse(out) as { cases: { file: string }[] };
    expect(cases.map(({ file }) => path.resolve(below, file))).to.deep.equal([
      path.resolve(path.dirname(MAIN), '../../scenarios/eol/production.yaml'),
    ]);
  });

  it('works where npm installs it, below node_modules', async () => {
    const root = path.resolve(path.dirname(MAIN), '../..');
    const packages = path.join(scratch.path, 'node_modules');
    const installed = path.join(packages, 'bms-rig');
    for (const name of ['package.json', 'scenarios', 'firmware-ref', 'rig', 'reports']) {
      cpSync(path.join(root, name), path.join(installed, name), {
        recursive: true,
        filter: (file) => !/\.test\.ts$|reports.runs/.test(file),
      });
    }
    for (const entry of readdirSync(path.join(root, 'node_modules'))) {
      if (!entry.startsWith('.')) symlinkSync(path.join(root, 'node_modules', entry), path.join(packages, entry), 'junction');
    }
    const launcher = path.join(installed, 'rig', 'cli', 'launcher.cjs');
    const { exit, out, err } = await start(process.execPath, [launcher, 'run', 'quiet.yaml'], { cwd: scratch.path }).ended;
    expect(exit, err).to.equal(0);
    expect(out).to.contain('PASS');
    expect(err).not.to.match(/[Ww]arning/);
  });

  it('does not pass for good when its results are lost', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    try {
      const { exit, err } = await start(process.execPath, [MAIN, 'check', 'quiet.yaml'], {
        cwd: scratch.path,
        stdio: ['ignore', full, 'pipe'],
      }).ended;
      expect(exit).to.equal(3);
      expect(err).to.match(/^rig: Standard output cannot be written: ENOSPC/);
    } finally {
      closeSync(full);
    }
  });

  it('ends quietly when nobody reads on', async () => {
    const { child, ended } = start(process.execPath, [MAIN, 'run', '--defect', 'list', '--json']);
    child.stdout!.destroy();
    const { err } = await ended;
    expect(err).to.equal('');
  });
});
