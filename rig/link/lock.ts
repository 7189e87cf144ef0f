/** Who uses a port: one small file per port in the temporary folder, so that a second user is told by whom it is held. */

import { createHash } from 'node:crypto';
import { linkSync, readFileSync, realpathSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { RigError } from '../error.ts';

/** What a process writes into its lock. */
export interface LockOwner {
  readonly pid: number;
  readonly user: string;
  readonly command: string;
}

export interface LockHolder extends LockOwner {
  /** When it took the lock, ISO 8601: the time of the file. */
  readonly since: string;
}

/** What a lock needs to know of the machine; handed in so that a test can play several processes. */
export interface LockSurroundings {
  readonly folder: string;
  readonly self: LockOwner;
  readonly isAlive: (pid: number) => boolean;
}

export interface PortLock {
  readonly file: string;
  release(): void;
}

const describeHolder = (holder: LockHolder): string => `pid ${holder.pid} (${holder.user}, ${holder.command}) since ${holder.since}`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's process, but alive
  }
};

export const lockSurroundings = (): LockSurroundings => ({
  folder: tmpdir(),
  self: {
    pid: process.pid,
    user: userInfo().username,
    command: [basename(process.argv[1] ?? 'node'), ...process.argv.slice(2)].join(' ').slice(0, 120),
  },
  isAlive,
});

/** The lock file of a port. Two names of one device (a link under /dev/serial/by-id) share it. */
export const lockFileOf = (path: string, folder: string): string => {
  let real = path;
  try {
    real = realpathSync(path);
  } catch {
    // a port that is no file: COM3, or a device that is not there
  }
  return join(folder, `bms-rig-${createHash('sha256').update(real).digest('hex').slice(0, 16)}.lock`);
};

const readHolder = (file: string): LockHolder | null => {
  try {
    const { pid, user, command } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return typeof pid === 'number'
      ? { pid, user: String(user), command: String(command), since: statSync(file).mtime.toISOString() }
      : null;
  } catch {
    return null;
  }
};

/** Who holds the port now, or null. A holder that has died does not hold it. */
export const holderOf = (path: string, surroundings: LockSurroundings = lockSurroundings()): LockHolder | null => {
  const holder = readHolder(lockFileOf(path, surroundings.folder));
  return holder !== null && surroundings.isAlive(holder.pid) ? holder : null;
};

const busy = (path: string, holder: LockHolder | null): RigError =>
  new RigError(
    'portBusy',
    `${path} is in use by ${holder === null ? 'another process that is just opening it' : describeHolder(holder)}.`,
    {
      hint: 'Let the other run end, or stop that process.',
      blame: 'operator',
    },
  );

/** Puts a dead holder's file out of the way. Renaming first makes sure that it is not a live one's, taken in the meantime. */
const removeStale = (file: string, surroundings: LockSurroundings): void => {
  const aside = `${file}.${surroundings.self.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another process was quicker
  }
  const holder = readHolder(aside);
  if (holder !== null && surroundings.isAlive(holder.pid)) linkSync(aside, file);
  unlinkSync(aside);
};

/** Takes the port for this process. Throws RigError `portBusy`, which names the holder. */
export const acquireLock = (path: string, surroundings: LockSurroundings = lockSurroundings()): PortLock => {
  const { folder, self } = surroundings;
  const file = lockFileOf(path, folder);
  const draft = `${file}.${self.pid}`;
  // Written aside and linked: the name appears in one step and with its contents (O_EXCL alone would show an empty file first).
  writeFileSync(draft, JSON.stringify(self));
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        linkSync(draft, file);
        return { file, release: () => releaseIfOurs(file, self) };
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
      }
      const holder = readHolder(file);
      if (holder !== null && surroundings.isAlive(holder.pid)) throw busy(path, holder);
      removeStale(file, surroundings);
    }
    throw busy(path, readHolder(file));
  } finally {
    unlinkSync(draft);
  }
};

const releaseIfOurs = (file: string, self: LockOwner): void => {
  if (readHolder(file)?.pid === self.pid) unlinkSync(file);
};
