// A bench behind a port, as a program of its own serves it: no unit passes on it before it has shown what it can tell, unless somebody does without aloud.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape } from '../../reports/record.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';
import { MAIN, start } from './testing/process.ts';

describe('a bench behind a port that has shown nothing', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);

  if (process.platform === 'win32') return; // no pseudo-terminals there

  it('passes no unit: exit 3 and what to do; with --unproven it does, and terminal, record and report say so; with a bench file it asks for a self-test and a verification', async () => {
    const link = path.join(scratch.path, 'fixture');
    const calibration = path.join(scratch.path, 'board.json');
    const serve = async (...more: readonly string[]) => {
      const served = start(process.execPath, [MAIN, 'sim', 'serve', '--link', link, '--calibration', calibration, ...more]);
      await served.says('A simulated fixture answers on ');
      return served;
    };
    let { child, ended } = await serve();
    try {
      const argv = ['run', quiet, '--bench', link, '--calibration', calibration, '--out', scratch.path];
      const shown = await runCommand([...argv, '--json']);
      const document = runDocument.parse(JSON.parse(shown.out));
      expect(document).to.include({ exit: 3, verdict: 'inconclusive', blame: 'rig', simulated: true, benchProof: 'missing' });
      expect(document.counts, 'the unit itself did nothing wrong').to.include({ pass: 1 });
      expect(document.reason).to.contain('no unit can pass on it: give it a bench file').and.contain('rig verify-bench');
      const waived = await runCommand([...argv, '--unproven']);
      expect(waived.exit, waived.out).to.equal(0);
      expect(waived.out).to.contain('UNPROVEN bench').and.contain('SIMULATED bench');
      const report = /Report: (.*)/.exec(waived.out)![1]!;
      expect(readFileSync(report, 'utf8')).to.contain('Unproven bench:');
      const record = recordShape.parse(JSON.parse(readFileSync(path.join(path.dirname(report), 'record.json'), 'utf8')));
      expect(record.benchProof).to.equal('waived');
      const board = record.bench.board;
      const file = scratch.file(
        'bench.yaml',
        `bench: left\nboard: "${board}"\ncalibration: board.json\nverify: { period: 8 h, golden unit: G-7, plug: { id: P-1, fails: load } }\n`,
      );
      const withFile = ['--bench', link, '--bench-file', file, '--json'];
      const run = async () => runDocument.parse(JSON.parse((await runCommand(['run', quiet, ...withFile, '--out', scratch.path])).out));
      const before = (await run()).benchFaults.map(({ text }) => text).join(' ');
      expect(before).to.contain('has no self-test').and.contain('has not been verified');
      expect((await runCommand(['selftest', ...withFile])).exit, 'a unit is no plug').to.equal(3);
      expect((await run()).reason).to.contain('failed its self-test');
      child.kill('SIGTERM');
      await ended;
      ({ child, ended } = await serve('--plug'));
      expect((await runCommand(['selftest', ...withFile])).exit).to.equal(0);
      child.kill('SIGTERM');
      await ended;
      ({ child, ended } = await serve());
      const tested = await run();
      expect([tested.exit, tested.reason]).to.deep.equal([
        3,
        'Bench left has not been verified, so no unit can pass on it: run `rig verify-bench`.',
      ]);
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  });
});
