// `rig diff`: exit 0 for the same, 1 for worse, 2 for what cannot be read; runs and folders of runs; terminal, page and document.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { writeRunFolder } from '../../reports/archive/run-folder.ts';
import { makeRecord } from '../../reports/record.ts';
import { diffDocument } from '../../reports/shape/evidence.ts';
import { earlyAttempt, facts, goodAttempt } from '../../reports/testing/runs.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig diff', () => {
  const scratch = scratchFolder();
  const [good, bad] = [path.join(scratch.path, 'good'), path.join(scratch.path, 'bad')];
  before(async () => {
    for (const run of ['a', 'b', 'c']) {
      await writeRunFolder(good, makeRecord(facts([goodAttempt], { runId: run })));
      await writeRunFolder(bad, makeRecord(facts([run === 'c' ? earlyAttempt : goodAttempt], { runId: run })));
    }
  });
  after(() => scratch.remove());

  it('exits with 0 where nothing is worse, and with 1 where something is', async () => {
    const same = await runCommand(['diff', path.join(good, 'a'), path.join(good, 'b')]);
    expect([same.exit, same.err]).to.deep.equal([0, '']);
    expect(same.out).to.contain('a against b').and.to.contain('NO DIFFERENCE');
    const worse = await runCommand(['diff', path.join(good, 'a'), path.join(bad, 'c')]);
    expect(worse.exit).to.equal(1);
    expect(worse.out).to.contain('LOAD fell 25.012 s after PRE-ALARM rose');
  });

  it('takes folders of runs, and names of runs below --out', async () => {
    const page = path.join(scratch.path, 'diff.html');
    const { exit, out } = await runCommand(['diff', good, bad, '--json', '--html', page]);
    const found = diffDocument.parse(JSON.parse(out));
    expect([exit, found.regression, found.before, found.after]).to.deep.equal([1, true, ['a', 'b', 'c'], ['a', 'b', 'c']]);
    expect(readFileSync(page, 'utf8')).to.contain('3 runs against 3 runs');
    expect((await runCommand(['diff', 'a', 'latest', '--out', good])).exit).to.equal(0);
  });

  it('exits with 2 for what it cannot read, one of many included', async () => {
    expect(await refused(['diff', path.join(good, 'a'), path.join(good, 'nothing')], 2)).to.include({ code: 'runMissing' });
    await writeRunFolder(bad, makeRecord(facts([goodAttempt], { runId: 'd' })));
    writeFileSync(path.join(bad, 'd', 'record.json'), '{"schema":');
    expect(await refused(['diff', good, bad], 2)).to.include({ code: 'recordDamaged' });
    await writeRunFolder(scratch.path, makeRecord(facts([goodAttempt], { runId: 'model', mode: 'reference' })));
    expect((await refused(['diff', path.join(good, 'a'), path.join(scratch.path, 'model')], 2)).message).to.contain('no unit took part');
    const nowhere = path.join(scratch.path, 'no', 'folder.html');
    expect(await refused(['diff', path.join(good, 'a'), path.join(good, 'b'), '--html', nowhere], 2)).to.include({ code: 'outUnwritable' });
    expect(existsSync(nowhere)).to.equal(false);
  });
});
