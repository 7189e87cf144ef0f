import { expect } from 'chai';
import { runDocument } from '../../reports/shape/documents.ts';
import { RigError } from '../error.ts';
import { VirtualTime } from '../link/testing/virtual-time.ts';
import { withTimeout } from './run-limits.ts';
import { QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

describe('the limits of a run', () => {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  after(() => scratch.remove());
  const argv = (...options: readonly string[]): readonly string[] => ['run', quiet, '--out', scratch.path, ...options];

  const words = async (...options: readonly string[]) => (await refused(argv(...options), 2)).message;

  it('end it when its time is up: exit 3, blame rig, and the record is written', async () => {
    const { exit, out, err } = await runCommand(argv('--pace', 'real', '--timeout', '800 ms', '--json'));
    expect(exit, err).to.equal(3);
    const document = runDocument.parse(JSON.parse(out));
    expect(document).to.include({ verdict: 'broken', blame: 'rig', reason: 'The run was not finished within 800 ms.' });
    expect(document.benchFaults.map(({ code }) => code)).to.deep.equal(['runTimeout']);
    expect(document.counts).to.include({ pass: 0, notRun: 1 });
    expect(document.run.dir).to.be.a('string');
  });

  it('abort by whichever comes first, and let go of the clock when the run is over', async () => {
    const time = new VirtualTime();
    const stop = new AbortController();
    const late = withTimeout(stop.signal, 5_000, time.clock, '5 s');
    await time.pass(4_999);
    expect(late.signal.aborted).to.equal(false);
    await time.pass(2);
    expect(late.signal.reason)
      .to.be.instanceOf(RigError)
      .and.to.include({ code: 'runTimeout', message: 'The run was not finished within 5 s.' });
    const done = withTimeout(stop.signal, 5_000, time.clock, '5 s');
    done.release();
    await time.pass(6_000);
    expect(done.signal.aborted).to.equal(false);
    stop.abort(new Error('Ctrl-C'));
    expect(done.signal.reason).to.have.property('message', 'Ctrl-C');
    expect(withTimeout(stop.signal, undefined, time.clock).signal).to.equal(stop.signal);
  });

  it('are refused where they cannot be read or mean nothing', async () => {
    expect(await words('--timeout', '10')).to.equal('--timeout: 10 has no unit.');
    expect(await words('--timeout', '5 V')).to.contain('--timeout: 5 V is a voltage');
    expect(await words('--timeout', '1 us')).to.contain('--timeout: 1 us is outside');
    for (const retries of ['-1', '1.5', '11', 'x'])
      expect(await words(`--retry-broken=${retries}`)).to.contain(`from 0 to 10, not "${retries}".`);
    expect(await words('--bench', 'reference', '--retry-broken', '1')).to.contain('--retry-broken is for a bench');
    expect(await words('--bench', 'reference', '--timeout', '1 s')).to.contain('--timeout is for a bench');
  });

  it('show a case that was tried again as such, with each attempt and its blame', async () => {
    const asked = argv('--fault', 'unplugged', '--retry-broken', '1');
    const { exit, out, err } = await runCommand(asked);
    expect(exit).to.equal(3);
    expect(err).to.contain('(attempt 2)');
    expect(out)
      .to.contain('1 tried again')
      .and.to.contain('attempt 2, after 1 spoilt (link)')
      .and.to.match(/attempt 1 broken \(link\): The link was lost/);
    const document = runDocument.parse(JSON.parse((await runCommand([...asked, '--json'])).out));
    expect(document.cases[0]).to.include({ attempt: 2 });
    expect(document.cases[0]!.attempts.map(({ verdict, blame }) => `${verdict} ${blame}`)).to.deep.equal(['broken link', 'broken link']);
  });
});
