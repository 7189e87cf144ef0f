// `rig report` and what `rig run` tells a CI server: which files come of a stored run, what is refused, and that nothing is written that nobody asked for.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { writeRunFolder } from '../../reports/archive/run-folder.ts';
import { failedRecord, goodRecord } from '../../reports/testing/runs.ts';
import { reportDocument } from '../../reports/shape/evidence.ts';
import { fromRoot } from './ci-output.ts';
import { findBrowser } from './print-pdf.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig report', () => {
  const scratch = scratchFolder();
  const out = path.join(scratch.path, 'runs');
  const to = (name: string): string => path.join(scratch.path, name);
  before(async () => {
    await writeRunFolder(out, failedRecord);
    await writeRunFolder(out, { ...goodRecord, runId: '20260103-000000-0001', identity: { ...goodRecord.identity, serial: 'HQ26-1' } });
  });
  after(() => scratch.remove());

  it('writes the page where nothing else is asked for, and overwrites nothing', async () => {
    const { exit, out: told } = await runCommand(['report', failedRecord.runId, '--out', out, '--to', to('page')]);
    expect({ exit, told }).to.deep.equal({ exit: 0, told: `${path.join(to('page'), failedRecord.runId)}.html\n` });
    expect(readFileSync(told.trim(), 'utf8')).to.contain('<h1 class="word">fail</h1>');
    const again = await refused(['report', failedRecord.runId, '--out', out, '--to', to('page')], 2);
    expect(again).to.include({ code: 'outUnwritable' });
    expect(again.message).to.contain('is there already');
  });

  it('writes tables, label, summary and findings, and says which', async () => {
    const argv = ['report', '--out', out, '--csv', '--parquet', '--label', 'svg', '--to', to('all'), '--json'];
    const files = ['--summary', to('summary.md'), '--code-quality', to('quality.json')];
    const told = reportDocument.parse(JSON.parse((await runCommand([...argv, ...files])).out));
    expect(told).to.include({ run: '20260103-000000-0001', simulated: true });
    expect(told.files).to.have.length(11);
    for (const file of told.files) expect(existsSync(file), file).to.equal(true);
    expect(readFileSync(to('summary.md'), 'utf8')).to.contain('PASS');
    expect(readFileSync(to('quality.json'), 'utf8')).to.equal('[]\n');
  });

  it('refuses a label without a serial number, and a PDF without a browser, before anything is written', async () => {
    const argv = ['report', failedRecord.runId, '--out', out, '--to', to('none'), '--csv'];
    expect(await refused([...argv, '--label', 'svg'], 2)).to.include({ code: 'labelRefused' });
    const missing = await refused([...argv, '--pdf'], 2, { env: { PATH: scratch.path } });
    expect(missing).to.include({ code: 'browserMissing' });
    expect(missing.hint).to.contain('apt-get install chromium');
    expect(existsSync(to('none')) ? readdirSync(to('none')) : []).to.deep.equal([]);
    expect(await findBrowser({ RIG_CHROMIUM: '/nowhere/chromium', PATH: process.env['PATH'] })).to.equal(null);
  });

  it('refuses label and certificate of a serial number that no symbol holds, and gives page and tables all the same', async () => {
    const hostile = path.join(scratch.path, 'hostile');
    await writeRunFolder(hostile, { ...goodRecord, identity: { ...goodRecord.identity, serial: '=1+1\u001B[31m' } });
    const argv = ['report', '--out', hostile, '--to', to('hostile')];
    for (const option of [['--label', 'svg'], ['--label', 'png'], ['--pdf']])
      expect(await refused([...argv, ...option], 2), option.join(' ')).to.include({ code: 'labelRefused' });
    expect((await runCommand([...argv, '--csv', '--html'])).exit).to.equal(0);
  });

  it('refuses a folder that cannot be made, whatever its file system says', async () => {
    for (const to of [path.join(scratch.file('in-the-way', ''), 'below'), ...(existsSync('/proc/self') ? ['/proc/no-folder'] : [])])
      expect(await refused(['report', '--out', out, '--csv', '--to', to], 2), to).to.include({ code: 'outUnwritable' });
  });

  it('refuses a run that is not there', async () => {
    expect(await refused(['report', 'nothing', '--out', out], 2)).to.include({ code: 'runMissing' });
  });
});

describe('what a run tells its CI server', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const argv = ['run', quiet, '--out', path.join(scratch.path, 'runs')];
  after(() => scratch.remove());

  it('is nothing where there is none', async () => {
    const before = readdirSync(scratch.path).length;
    const { err } = await runCommand(argv);
    expect(err).to.not.contain('::');
    expect(readdirSync(scratch.path).length).to.equal(before + 1);
  });

  it('names files from the root of the repository, whichever folder the rig was called in', () => {
    const [root, cwd] = [path.resolve('/builds/lab/bms'), path.resolve('/builds/lab/bms/rig')];
    for (const CI of ['CI_PROJECT_DIR', 'GITHUB_WORKSPACE']) {
      expect(fromRoot('a.yaml', { [CI]: root }, cwd)).to.equal('rig/a.yaml');
      expect(fromRoot('../a.yaml', { [CI]: root }, cwd)).to.equal('a.yaml');
      expect(fromRoot(path.join(root, 'b', 'a.yaml'), { [CI]: root }, cwd)).to.equal('b/a.yaml');
      expect(fromRoot('../../../a.yaml', { [CI]: root }, cwd)).to.equal('../../../a.yaml');
    }
    expect(fromRoot(path.join(cwd, 'a.yaml'), {}, cwd)).to.equal('a.yaml');
  });

  it('is on GitHub a summary added to the job’s, and findings at their lines', async () => {
    const summary = scratch.file('job.md', 'of another step\n');
    const env = { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: 'true' };
    const { exit, err } = await runCommand([...argv, '--defect', 'load-stuck-floating', '--summary', path.join(scratch.path, 'own.md')], {
      env,
    });
    expect(exit).to.equal(1);
    expect(err).to.match(/^::error file=[^,]*quiet\.yaml,line=\d+,title=/m);
    expect(readFileSync(summary, 'utf8')).to.match(/^of another step\n## ❌ FAIL/);
    expect(readFileSync(path.join(scratch.path, 'own.md'), 'utf8')).to.match(/^## ❌ FAIL/);
  });
});
