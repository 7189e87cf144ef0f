// Readers of others open the papers of a unit: poppler its certificate, libdmtx the DataMatrix on certificate and label. Where they are missing this fails, and says how to get them.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { writeRunFolder } from '../../reports/archive/run-folder.ts';
import { goodRecord } from '../../reports/testing/runs.ts';
import { runCommand, scratchFolder } from './testing/command.ts';

const run = (program: string, ...args: readonly string[]): string => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(`${program} is missing: apt-get install dmtx-utils poppler-utils chromium`, { cause });
    throw cause;
  }
};
const decoded = (picture: string): string => run('dmtxread', '--stop-after=1', picture);

describe('the papers of a unit, read by others', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const serials = ['HQ-1230', '=HYPERLINK("http://x";"a")<b>x</b>', 'W'.repeat(64), 'Größe;Ω'];

  for (const [index, serial] of serials.entries())
    it(`the symbol on certificate and label gives serial number, outcome and run: ${serial}`, async () => {
      const runId = `20260103-000000-000${index}`;
      const bench = { ...goodRecord.bench, simulated: false };
      const [out, to] = [path.join(scratch.path, `runs${index}`), path.join(scratch.path, `papers${index}`)];
      await writeRunFolder(out, { ...goodRecord, runId, bench, identity: { ...goodRecord.identity, serial } });
      const plain = /^[ -~]+$/.test(serial);
      const argv = ['report', '--out', out, '--to', to, '--pdf', ...(plain ? ['--label', 'png'] : [])];
      expect((await runCommand(argv, { env: { PATH: process.env['PATH'] ?? '' } })).exit).to.equal(0);
      const file = path.join(to, runId);
      const code = `${serial};PASS;${runId}`;
      if (plain) expect(decoded(`${file}.label.png`)).to.equal(code);
      run('pdftoppm', '-r', '300', '-png', '-singlefile', `${file}.certificate.pdf`, `${file}.page`);
      expect(decoded(`${file}.page.png`)).to.equal(code);
      const text = run('pdftotext', '-layout', `${file}.certificate.pdf`, '-').replaceAll(/\s+/g, '');
      expect(text)
        .to.match(/^Testcertificate/)
        .and.to.contain(serial)
        .and.to.contain(`run${runId}1/1`);
    });
});
