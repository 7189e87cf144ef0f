// What a run shows while it runs: a live list on a terminal, lines elsewhere, colour only where it is wanted.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { CaseResult } from '../../reports/judge/result.ts';
import { openPty } from '../sim/pty.ts';
import { showProgress } from './progress.ts';
import { wallTime } from '../calendar.ts';
import { hostClock } from '../host-clock.ts';
import { QUIET_SCENARIO, runCommand, scratchFolder } from './testing/command.ts';
import { MAIN, start } from './testing/process.ts';

const ESCAPE = '\u001B';

describe('progress', () => {
  const scratch = scratchFolder();
  const files = ['one', 'two', 'three'].map((name) => scratch.file(`${name}.yaml`, QUIET_SCENARIO));
  const [one = ''] = files;
  after(() => scratch.remove());

  it('is a line a case, in the order in which they end, where there is no terminal', async () => {
    let said = '';
    const stream = { write: (text: string): void => void (said += text), isTerminal: false, columns: 100, rows: 24 };
    const cases = ['a', 'b'].map((id) => ({ id })) as unknown as readonly Case[];
    const { listener, finish } = await showProgress(cases, {
      kind: 'lines',
      oneByOne: false,
      surroundings: { out: stream, err: stream, env: {}, clock: hostClock, now: () => wallTime(0) },
    });
    listener.onDone?.(1, { verdict: 'pass' } as CaseResult);
    listener.onDone?.(0, { verdict: 'fail' } as CaseResult);
    await finish();
    expect(said).to.equal('Running 2 cases ...\n[1/2] pass         b\n[2/2] FAIL         a\n');
  });

  it('colours results on a terminal, unless NO_COLOR or a dumb terminal forbids', async () => {
    const argv = ['run', one, '--bench', 'reference', '--out', scratch.path];
    const out = async (env: Readonly<Record<string, string>>, isTerminal = true): Promise<string> =>
      (await runCommand(argv, { env, isTerminal })).out;
    expect(await out({})).to.contain(ESCAPE);
    expect(await out({ NO_COLOR: '' })).to.contain(ESCAPE);
    expect(await out({ NO_COLOR: '1' })).not.to.contain(ESCAPE);
    expect(await out({ TERM: 'dumb' })).not.to.contain(ESCAPE);
    expect(await out({}, false)).not.to.contain(ESCAPE);
  });

  it('is a list that is cleared on a terminal, while results alone go to standard output', async function () {
    if (process.platform === 'win32') this.skip();
    const pty = await openPty();
    const terminal = openSync(pty.path, 'r+');
    execFileSync('stty', ['rows', '30', 'cols', '100'], { stdio: [terminal, 'ignore', 'ignore'] });
    let shown = '';
    pty.onData = (bytes) => (shown += Buffer.from(bytes).toString('utf8'));
    try {
      const { exit, out } = await start(process.execPath, [MAIN, 'run', ...files, '--out', scratch.path], {
        stdio: ['ignore', 'pipe', terminal],
      }).ended;
      expect(exit).to.equal(0);
      const text = stripVTControlCharacters(shown);
      for (const name of ['one', 'two', 'three']) expect(text).to.contain(name);
      expect(text.trimEnd().split(/\r?\n/).at(-1)).to.equal('3 of 3 cases');
      expect(out).to.contain('PASS').and.not.to.contain(ESCAPE);
    } finally {
      closeSync(terminal);
      pty.close();
    }
  });
});
