/** A pseudo-terminal of the operating system, raw, whose master side we hold: how other programs reach the simulated fixture. Linux and macOS. */

import { closeSync, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { RigError } from '../error.ts';

const O_RDWR = 2;
const O_NOCTTY = process.platform === 'darwin' ? 0x20000 : 0o400;
const TERMIOS_BYTES = 128; // larger than any platform's struct termios

export interface Pty {
  /** What the other program opens. */
  readonly path: string;
  onData: (bytes: Uint8Array) => void;
  write(bytes: Uint8Array): void;
  close(): void;
}

/** Opens a pair and sets it raw. Our own handle on the slave stays open, so that its other users may come and go. */
export const openPty = async (): Promise<Pty> => {
  if (process.platform === 'win32') {
    throw new RigError('portMissing', 'Windows has no pseudo-terminals.', { hint: 'use the in-process simulated bench (--bench sim)' });
  }
  const { default: koffi } = await import('koffi');
  const libc = koffi.load(null);
  const posix_openpt = libc.func('int posix_openpt(int)');
  const grantpt = libc.func('int grantpt(int)');
  const unlockpt = libc.func('int unlockpt(int)');
  const ptsname = libc.func('const char* ptsname(int)');
  const tcgetattr = libc.func('int tcgetattr(int, _Out_ uint8_t*)');
  const cfmakeraw = libc.func('void cfmakeraw(_Inout_ uint8_t*)');
  const tcsetattr = libc.func('int tcsetattr(int, int, const uint8_t*)');

  const master: number = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) !== 0 || unlockpt(master) !== 0) {
    throw new RigError('portMissing', 'The operating system gave no pseudo-terminal.', { hint: 'is /dev/ptmx there and readable?' });
  }
  const path: string = ptsname(master);
  const slave = openSync(path, O_RDWR | O_NOCTTY);
  const termios = Buffer.alloc(TERMIOS_BYTES);
  tcgetattr(slave, termios);
  cfmakeraw(termios);
  tcsetattr(slave, 0, termios);

  const stream = new ReadStream(master);
  const pty: Pty = {
    path,
    onData: () => undefined,
    write: (bytes) => {
      try {
        for (let sent = 0; sent < bytes.length;) sent += writeSync(master, bytes, sent);
      } catch {
        // Nobody reads and the terminal's buffer is full: a real port loses these bytes as well, and the protocol asks again.
      }
    },
    close: () => {
      stream.destroy();
      closeSync(slave);
    },
  };
  stream.on('data', (bytes: Buffer) => pty.onData(bytes));
  stream.on('error', () => undefined); // the other side going away is not our end
  return pty;
};
