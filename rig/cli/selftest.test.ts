// `rig selftest`: the simulated board, its result on the terminal, as a document and in its file, and what is refused.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { selfTestDocument } from '../../reports/shape/self-test.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig selftest', () => {
  const scratch = scratchFolder();
  const target = path.join(scratch.path, 'board.json');
  after(() => scratch.remove());

  it('passes the simulated board and stores what it found, with board, date and that it was simulated', async () => {
    const { exit, out, err } = await runCommand(['selftest', '--out', target, '--json']);
    const document = selfTestDocument.parse(JSON.parse(out));
    expect([exit, err, document.passed, document.simulated]).to.deep.equal([0, '', true, true]);
    expect(document.made).to.equal('2026-11-28T10:00:00Z');
    expect(JSON.parse(readFileSync(target, 'utf8'))).to.deep.equal(document);
  });

  it('says on the terminal what it drives, what it found, and that the bench is simulated', async () => {
    const { exit, out, err } = await runCommand(['selftest', '--out', target, '--all']);
    expect(exit).to.equal(0);
    expect(err).to.match(/^\[ 1\/\d+\] nothing, after the reset\n/);
    expect(out).to.match(/^ok +pole1 +loadVoltageFine +\d+ mV +\d+ to \d+$/m);
    expect(out).to.match(/pole1 to load: up \d/);
    expect(out).to.match(/The simulated board [0-9A-F]{8} is sound: \d+ checks\./);
  });

  it('fails a board with a fault of the catalogue, which only the simulated one can be given', async () => {
    const { exit, out } = await runCommand(['selftest', '--fault', 'bias-load-stuck-off', '--out', target, '--json']);
    const document = selfTestDocument.parse(JSON.parse(out));
    expect([exit, document.passed]).to.deep.equal([3, false]);
    expect(document.checks.filter(({ ok }) => !ok).map(({ id }) => id)).to.include('supply.loadProbeOn');
    expect((await refused(['selftest', '--fault', 'bias-lod-stuck-off', '--out', target], 2)).hint).to.contain('bias-load-stuck-off');
    expect((await refused(['selftest', '--fault', 'unplugged', '--bench', '/dev/null'], 2)).message).to.contain(
      '--fault is for the simulated',
    );
  });

  it('refuses what has no board, and leaves no file behind', async () => {
    const none = path.join(scratch.path, 'none.json');
    expect((await refused(['selftest', '--bench', 'reference', '--out', none], 2)).message).to.contain('no board to test');
    expect((await refused(['selftest', '--out', path.join(scratch.path, 'no', 'folder.json')], 2)).message).to.contain('cannot be written');
    expect(existsSync(none)).to.equal(false);
  });
});
