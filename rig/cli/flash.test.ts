// `rig flash` and what it refuses; the flashing itself is in rig/flash/.
import { expect } from 'chai';
import { megaOnPty } from '../flash/testing/mega-on-pty.ts';
import { hurriedClock, refused } from './testing/command.ts';
import { MAIN, start } from './testing/process.ts';

describe('rig flash', () => {
  it('wants a port that is there', async () => {
    const { code, message } = await refused(['flash', '/dev/ttyNONE', '--programmer', 'built-in'], 3);
    expect([code, message]).to.deep.equal(['portMissing', 'There is no port /dev/ttyNONE.']);
  });

  it('does not offer to replace what is no port at all, also where that was asked for', async () => {
    for (const more of [[], ['--replace']]) {
      const { code, message, hint } = await refused(['flash', '/dev/null', '--programmer', 'built-in', ...more], 3);
      expect([code, message]).to.deep.equal(['portForeign', '/dev/null is not a serial port.']);
      expect(hint).to.equal('`rig ports` tells which there are.');
    }
  });

  it('says that the board may hold incomplete firmware where it was stopped once writing had begun', async () => {
    if (process.platform === 'win32') return;
    const mega = await megaOnPty();
    try {
      const { child, says, ended } = start(process.execPath, [MAIN, 'flash', mega.path, '--programmer', 'built-in', '--replace']);
      await says('writing ...');
      child.kill('SIGTERM');
      const { exit, err } = await ended;
      expect(exit).to.equal(130);
      expect(err).to.contain('Stopped by SIGTERM.').and.contain('incomplete firmware: flash it again');
    } finally {
      mega.close();
    }
  });

  it('says how to get avrdude where it was asked for and is not there', async () => {
    const { code, message, hint } = await refused(['flash', '/dev/ttyNONE', '--programmer', 'avrdude'], 2, { env: { PATH: '/nowhere' } });
    expect([code, message]).to.deep.equal(['programmerMissing', 'avrdude is not on the PATH.']);
    expect(hint).to.contain('install').and.to.contain('--programmer built-in');
  });

  it('refuses a board id that is none, and a programmer that there is not', async () => {
    for (const id of ['12', 'wxyz1234', '00000000', 'ffffffff']) {
      const { message } = await refused(['flash', '/dev/ttyNONE', '--board-id', id], 2);
      expect(message).to.equal(`--board-id wants eight hexadecimal digits, not "${id}".`);
    }
    const { message } = await refused(['flash', '--programmer', 'jtag'], 2);
    expect(message).to.contain('--programmer is one of "auto", "avrdude", "built-in"');
  });

  it('writes nothing to a board of another kind', async () => {
    if (process.platform === 'win32') return;
    const mega = await megaOnPty('wrong-signature');
    try {
      const clock = hurriedClock(8);
      const { code, message } = await refused(['flash', mega.path, '--programmer', 'built-in'], 3, { clock });
      expect(code).to.equal('wrongBoard');
      expect(message).to.contain('1E950F').and.to.contain('Nothing was written.');
      expect(mega.flash.every((byte) => byte === 0xff)).to.equal(true);
    } finally {
      mega.close();
    }
  });
});
