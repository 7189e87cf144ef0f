/** A pseudo-terminal of the operating system whose master side we hold: how other programs reach the simulated fixture. Linux and macOS. */

import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { RigError } from '../error.ts';

const O_RDWR = 2;
const O_NOCTTY = process.platform === 'darwin' ? 0x20000 : 0o400;
const F_GETFL = 3;
const F_SETFL = 4;
const TERMIOS_BYTES = 128; // larger than any platform's struct termios
/** How often the master is looked at: as often as USB frames come. */
const LOOK_ms = 1;
const CHUNK_bytes = 4096;
/** What Linux' cfgetospeed calls the rates from 115 200 up; lower ones and other systems' are given as they are. */
const SPEEDS: Readonly<Record<number, number>> = { 0x1002: 115_200, 0x1003: 230_400, 0x1004: 460_800, 0x1005: 500_000, 0x1008: 1_000_000 };

export interface Pty {
  /** What the other program opens. */
  readonly path: string;
  onData: (bytes: Uint8Array) => void;
  /** Somebody opened the terminal that nobody had open: what a board knows by its DTR line. */
  onOpen: () => void;
  /** The last one closed it. */
  onClose: () => void;
  /** The rate the other side has set, in baud; null where the system's code for it is not known. */
  baudRate(): number | null;
  /** Gives how many of them the terminal took. */
  write(bytes: Uint8Array): number;
  close(): void;
}

interface Libc {
  readonly posix_openpt: (flags: number) => number;
  readonly grantpt: (fd: number) => number;
  readonly unlockpt: (fd: number) => number;
  readonly ptsname: (fd: number) => string;
  readonly tcgetattr: (fd: number, termios: Buffer) => number;
  readonly tcsetattr: (fd: number, when: number, termios: Buffer) => number;
  readonly cfmakeraw: (termios: Buffer) => void;
  readonly cfgetospeed: (termios: Buffer) => number;
  readonly fcntl: (fd: number, command: number, type: string, argument: number) => number;
}

const loadLibc = async (): Promise<Libc> => {
  const { default: koffi } = await import('koffi');
  const library = koffi.load(null);
  return {
    posix_openpt: library.func('int posix_openpt(int)'),
    grantpt: library.func('int grantpt(int)'),
    unlockpt: library.func('int unlockpt(int)'),
    ptsname: library.func('const char* ptsname(int)'),
    tcgetattr: library.func('int tcgetattr(int, _Out_ uint8_t*)'),
    tcsetattr: library.func('int tcsetattr(int, int, const uint8_t*)'),
    cfmakeraw: library.func('void cfmakeraw(_Inout_ uint8_t*)'),
    cfgetospeed: library.func('unsigned long cfgetospeed(const uint8_t*)'),
    fcntl: library.func('int fcntl(int, int, ...)'),
  };
};

/** Opens a pair and sets it raw. We hold no slave ourselves: only so does the master learn when the last user of the other side has gone. */
export const openPty = async (): Promise<Pty> => {
  if (process.platform === 'win32') {
    throw new RigError('portMissing', 'Windows has no pseudo-terminals.', { hint: 'use the in-process simulated bench (--bench sim)' });
  }
  const libc = await loadLibc();
  const master = libc.posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || libc.grantpt(master) !== 0 || libc.unlockpt(master) !== 0) {
    throw new RigError('portMissing', 'The operating system gave no pseudo-terminal.', { hint: 'is /dev/ptmx there and readable?' });
  }
  libc.fcntl(master, F_SETFL, 'int', libc.fcntl(master, F_GETFL, 'int', 0) | constants.O_NONBLOCK);
  const path = libc.ptsname(master);
  const termios = Buffer.alloc(TERMIOS_BYTES);
  const slave = openSync(path, O_RDWR | O_NOCTTY);
  libc.tcgetattr(slave, termios);
  libc.cfmakeraw(termios);
  libc.tcsetattr(slave, 0, termios);
  closeSync(slave);
  const pty = new MasterSide(master, path, libc);
  void pty.watch();
  return pty;
};

class MasterSide implements Pty {
  readonly path: string;
  onData: (bytes: Uint8Array) => void = () => undefined;
  onOpen: () => void = () => undefined;
  onClose: () => void = () => undefined;
  readonly #master: number;
  readonly #libc: Libc;
  readonly #chunk = Buffer.alloc(CHUNK_bytes);
  #users = false;
  #closed = false;

  constructor(master: number, path: string, libc: Libc) {
    this.#master = master;
    this.path = path;
    this.#libc = libc;
  }

  baudRate(): number | null {
    const termios = Buffer.alloc(TERMIOS_BYTES);
    if (this.#libc.tcgetattr(this.#master, termios) !== 0) return null;
    const code = this.#libc.cfgetospeed(termios);
    return process.platform === 'linux' ? (SPEEDS[code] ?? null) : code;
  }

  write(bytes: Uint8Array): number {
    if (!this.#users) return 0; // a port that nobody has open sends nothing on
    let sent = 0;
    try {
      while (sent < bytes.length) sent += writeSync(this.#master, bytes, sent);
    } catch {
      // Nobody reads and the terminal's buffer is full: a real port loses these bytes as well, and the protocol asks again.
    }
    return sent;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#master);
  }

  async watch(): Promise<void> {
    while (!this.#closed) {
      const { users, bytes } = this.#look();
      if (users && !this.#users) {
        this.#users = true;
        this.onOpen();
      }
      if (bytes !== null) this.onData(bytes);
      if (!users && this.#users) {
        this.#users = false;
        this.onClose();
      }
      if (bytes === null) await delay(LOOK_ms);
    }
  }

  /** What there is to read. A master whose other side nobody has open says so by an error (Linux) or an end of file (macOS). */
  #look(): { readonly users: boolean; readonly bytes: Uint8Array | null } {
    try {
      const count = readSync(this.#master, this.#chunk);
      return count === 0 ? { users: false, bytes: null } : { users: true, bytes: Uint8Array.from(this.#chunk.subarray(0, count)) };
    } catch (cause) {
      return { users: (cause as NodeJS.ErrnoException).code === 'EAGAIN', bytes: null };
    }
  }
}
