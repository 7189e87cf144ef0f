import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { SerialPort } from 'serialport';
import { openPty } from './pty.ts';

/** Until something has come about, at most a second. */
const until = async (what: () => boolean): Promise<void> => {
  for (let look = 0; look < 500 && !what(); look += 1) await delay(2);
  expect(what()).to.equal(true);
};

describe('a pseudo-terminal', () => {
  if (process.platform === 'win32') return;

  it('tells when the other side is opened, at which rate, and when its last user has gone', async () => {
    const pty = await openPty();
    const log: string[] = [];
    pty.onOpen = () => log.push('open');
    pty.onClose = () => log.push('close');
    let heard = '';
    pty.onData = (bytes) => (heard += Buffer.from(bytes).toString('latin1'));
    try {
      for (const [round, baudRate] of [115_200, 500_000].entries()) {
        const port = new SerialPort({ path: pty.path, baudRate });
        await new Promise((resolve) => port.on('open', resolve));
        port.write('\u0004raw\r\n');
        await until(() => heard === '\u0004raw\r\n'.repeat(round + 1));
        expect(pty.baudRate()).to.equal(baudRate);
        await new Promise<void>((resolve) => port.close(() => resolve()));
        await until(() => log.length === 2 * (round + 1)); // not `the last is 'close'`: the round before ended so as well
      }
      expect(log).to.deep.equal(['open', 'close', 'open', 'close']);
    } finally {
      pty.close();
    }
  });

  it('keeps nothing for who opens it later: a port that nobody has open says nothing', async () => {
    const pty = await openPty();
    try {
      pty.write(Buffer.from('early'));
      const opened = new Promise<void>((resolve) => (pty.onOpen = resolve));
      const slave = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
      await opened;
      expect(() => readSync(slave, Buffer.alloc(16))).to.throw(/EAGAIN/);
      writeSync(slave, 'x\n');
      closeSync(slave);
    } finally {
      pty.close();
    }
  });
});
