// A bench behind a port, as a program of its own serves it: no unit passes on it before it has shown what it can tell, unless somebody does without aloud.
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { recordShape } from '../../reports/record.ts';
import { runDocument } from '../../reports/shape/documents.ts';
import { wallTime } from '../calendar.ts';
import { openPty } from '../sim/pty.ts';
import { QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';
import { MAIN, start } from './testing/process.ts';

/** Today, as the programs beside it have it. */
const command = (argv: readonly string[]) => runCommand(argv, { now: wallTime(Date.now()) });

describe('a bench behind a port that has shown nothing', () => {
  const scratch = scratchFolder();
  after(() => scratch.remove());
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);

  if (process.platform === 'win32') return; // no pseudo-terminals there

  it('passes no unit: exit 3 and what to do; with --unproven it does, and terminal, record and report say so; with a bench file it asks for a self-test and a verification, and passes when both were done', async () => {
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
      const shown = await command([...argv, '--json']);
      const document = runDocument.parse(JSON.parse(shown.out));
      expect(document).to.include({ exit: 3, verdict: 'inconclusive', blame: 'rig', simulated: true, benchProof: 'missing' });
      expect(document.counts, 'the unit itself did nothing wrong').to.include({ pass: 1 });
      expect(document.reason).to.contain('no unit can pass on it: give it a bench file').and.contain('rig verify-bench');
      const waived = await command([...argv, '--unproven']);
      expect(waived.exit, waived.out).to.equal(0);
      expect(waived.out).to.contain('UNPROVEN bench').and.contain('SIMULATED bench');
      const report = /Report: (.*)/.exec(waived.out)![1]!;
      expect(readFileSync(report, 'utf8')).to.contain('Unproven bench:');
      const record = recordShape.parse(JSON.parse(readFileSync(path.join(path.dirname(report), 'record.json'), 'utf8')));
      expect(record.benchProof).to.equal('waived');
      const board = record.bench.board;
      const file = scratch.file(
        'bench.yaml',
        `bench: left\nboard: "${board}"\ncalibration: board.json\nverify: { period: 8 h, golden unit: G-7, scenarios: quiet.yaml, plug: { id: P-1, fails: load } }\n`,
      );
      const withFile = ['--bench', link, '--bench-file', file, '--json'];
      const run = async () => runDocument.parse(JSON.parse((await command(['run', quiet, ...withFile, '--out', scratch.path])).out));
      const before = (await run()).benchFaults.map(({ text }) => text).join(' ');
      expect(before).to.contain('has no self-test').and.contain('has not been verified');
      expect((await command(['selftest', ...withFile])).exit, 'a unit is no plug').to.equal(3);
      expect((await run()).reason).to.contain('failed its self-test');
      child.kill('SIGTERM');
      await ended;
      ({ child, ended } = await serve('--plug'));
      expect((await command(['selftest', ...withFile])).exit).to.equal(0);
      child.kill('SIGTERM');
      await ended;
      ({ child, ended } = await serve());
      const tested = await run();
      expect([tested.exit, tested.reason]).to.deep.equal([
        3,
        'Bench left has not been verified, so no unit can pass on it: run `rig verify-bench`.',
      ]);
      // Somebody at a terminal, who changes the units when asked to.
      const keys = await openPty();
      const stdin = openSync(keys.path, 'r+');
      const verifying = start(process.execPath, [MAIN, 'verify-bench', '--bench', link, '--bench-file', file, '--out', scratch.path], {
        stdio: [stdin, 'pipe', 'pipe'],
      });
      await verifying.says('Insert the golden unit G-7');
      keys.write(Buffer.from('G-7\n'));
      await verifying.says('Insert the plug P-1');
      child.kill('SIGTERM');
      await ended;
      ({ child, ended } = await serve('--defect', 'load-stuck-floating'));
      keys.write(Buffer.from('P-1\n'));
      const verified = await verifying.ended;
      closeSync(stdin);
      keys.close();
      expect(verified.exit, verified.err).to.equal(0);
      expect(verified.out).to.match(/^SIMULATED bench left \(board [0-9A-F]{8}\) is verified until .*the plug failed on load\.$/m);
      const plugged = await run();
      expect(plugged, plugged.reason).to.include({ exit: 1, verdict: 'fail', benchProof: 'shown' });
      child.kill('SIGTERM');
      await ended;
      ({ child, ended } = await serve());
      const passed = await run();
      expect(passed, passed.reason).to.include({ exit: 0, verdict: 'pass', benchProof: 'shown' });
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
  });
});
