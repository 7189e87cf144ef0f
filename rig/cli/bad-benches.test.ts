// Ports on which there is no fixture: exit 3, who or what is there, and what to do.
import { expect } from 'chai';
import { portsDocument } from '../../reports/shape/documents.ts';
import { acquireLock, lockSurroundings } from '../link/lock.ts';
import { openPty, type Pty } from '../sim/pty.ts';
import { hurriedClock, QUIET_SCENARIO, refused, runCommand, scratchFolder } from './testing/command.ts';

/** The 5 s of patience with a silent port, in a moment. */
const clock = hurriedClock(20);

/** How another device answers what it is told. */
const DEVICES: Readonly<Record<string, (heard: Uint8Array) => Uint8Array>> = {
  echo: (heard) => heard,
  modem: () => Buffer.from('\r\nERROR\r\n'),
  garbage: () => Uint8Array.from({ length: 300 }, (_, index) => (index * 89 + 7) & 0xff),
  silent: () => new Uint8Array(),
};

describe('benches that are not there', function () {
  const scratch = scratchFolder();
  const quiet = scratch.file('quiet.yaml', QUIET_SCENARIO);
  const ptys: Pty[] = [];
  after(() => {
    for (const pty of ptys) pty.close();
    scratch.remove();
  });
  if (process.platform === 'win32') return; // no pseudo-terminals there

  const device = async (name: keyof typeof DEVICES): Promise<string> => {
    const pty = await openPty();
    ptys.push(pty);
    pty.onData = (heard) => pty.write(DEVICES[name]!(heard));
    return pty.path;
  };
  const refusal = (path: string) => refused(['run', quiet, '--bench', path, '--out', scratch.path], 3, { clock });

  it('a port that does not exist: those that do are listed, and how to ask them', async () => {
    const { code, message, hint } = await refusal('/dev/ttyNONE');
    expect([code, message]).to.deep.equal(['portMissing', 'There is no port /dev/ttyNONE.']);
    expect(hint)
      .to.match(/present|Present/)
      .and.to.contain('rig ports');
  });

  it('a port that another process has: its pid, user and command', async () => {
    const path = await device('silent');
    const lock = acquireLock(path, {
      ...lockSurroundings(),
      self: { pid: process.ppid, user: 'line2', command: 'main.ts run scenarios/eol' },
    });
    try {
      const { code, message } = await refusal(path);
      expect(code).to.equal('portBusy');
      expect(message).to.contain(`${path} is in use by pid ${process.ppid} (line2, main.ts run scenarios/eol) since `);
      const { out, exit } = await runCommand(['ports', path, '--json'], { clock });
      const row = portsDocument.parse(JSON.parse(out)).ports.find((port) => port.path === path);
      expect([exit, row?.fixture, row?.error, row?.busyBy]).to.deep.equal([0, null, null, message]);
    } finally {
      lock.release();
    }
  });

  it('a file that is no port, and a scenario in place of a bench file', async () => {
    const image = scratch.file('unit.hex', ':00000001FF\n');
    const { code, message } = await refusal(image);
    expect([code, message]).to.deep.equal(['portForeign', `${image} is not a serial port.`]);
    const { issues } = await refused(['run', quiet, '--bench', quiet], 2);
    expect(issues).to.deep.equal(['1:1 this is a scenario and not a bench file (a bench file starts with `bench:`)']);
  });

  const words: readonly (readonly [keyof typeof DEVICES, string, RegExp])[] = [
    ['echo', 'portForeign', /answers, but not as a bms-rig fixture: got its own words back/],
    ['modem', 'portForeign', /got "ERROR" \(it sounds like a modem\)/],
    ['garbage', 'portForeign', /got ".*\\x.*"/],
    ['silent', 'fixtureSilent', /Nothing answers at /],
  ];
  for (const [name, expected, words_] of words) {
    it(`a port with something else on it: ${name}`, async () => {
      const path = await device(name);
      const { code, message, hint } = await refusal(path);
      expect(code).to.equal(expected);
      expect(message).to.contain(path).and.to.match(words_);
      expect(hint).to.contain('rig ports');
    });
  }

  it('rig ports tells of each what it is', async () => {
    const [echo, silent] = [await device('echo'), await device('silent')];
    const { exit, out } = await runCommand(['ports', echo, silent], { clock });
    expect(exit).to.equal(0);
    expect(out).to.contain(echo).and.to.contain(silent);
    expect(out.replaceAll(/[\s│]+/g, ' '))
      .to.contain('got its own words back')
      .and.to.contain('Nothing answers at');
  });
});
