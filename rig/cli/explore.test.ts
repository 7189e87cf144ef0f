// `rig explore`: what it prints, what it saves, and what it refuses.
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import { exploreDocument } from '../../reports/shape/campaigns.ts';
import { refused, runCommand, scratchFolder } from './testing/command.ts';

describe('rig explore', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());

  it('saves what it finds as a scenario that rig check accepts', async () => {
    const { exit, out, err } = await runCommand(['explore', '--defect', 'load-stuck-floating', '--out', scratch.path, '--json']);
    const document = exploreDocument.parse(JSON.parse(out));
    expect([exit, document.exit, err]).to.deep.equal([1, 1, '']);
    const [found] = document.found;
    expect(existsSync(found!.file)).to.equal(true);
    expect((await runCommand(['check', found!.file])).out).to.match(/1 file, 1 case: 0 mistakes/);
    expect((await runCommand(['run', found!.file, '--defect', 'load-stuck-floating', '--out', scratch.path])).exit).to.equal(1);
  });

  it('refuses a time without a unit, the reference, and a defect that does not exist', async () => {
    expect((await refused(['explore', '--budget', '60'], 2)).message).to.equal('--budget wants a time with its unit, not "60".');
    expect((await refused(['explore', '--budget', '0 s'], 2)).message).to.match(/^--budget wants/);
    expect((await refused(['explore', '--bench', 'reference'], 2)).message).to.match(/^The reference cannot be explored/);
    expect((await refused(['explore', '--defect', 'slow-charge'], 2)).hint).to.match(/did you mean slow-charger/);
  });
});
