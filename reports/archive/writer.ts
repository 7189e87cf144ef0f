/** Which process writes a journal, and whether that process is still there. */

import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Writer } from './journal.ts';

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Source: proc_pid_stat(5); field 22 is when it started, and the name in field 2 may hold blanks and brackets. */
const beganOf = (pid: number): string | null => {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : (stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null);
};
const bootOf = (): string | null => read('/proc/sys/kernel/random/boot_id')?.trim() ?? null;

export const thisWriter = (): Writer => ({ host: hostname(), pid: process.pid, boot: bootOf(), began: beganOf(process.pid) });

const isThere = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // A process of somebody else is there all the same.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** `elsewhere`: on another machine, of which nothing can be known from here. */
export const stateOf = (writer: Writer): 'alive' | 'gone' | 'elsewhere' => {
  if (writer.host !== hostname()) return 'elsewhere';
  if (writer.boot !== null && writer.boot !== bootOf()) return 'gone';
  if (!isThere(writer.pid)) return 'gone';
  const began = beganOf(writer.pid);
  // The number is somebody else's by now.
  return writer.began !== null && began !== null && began !== writer.began ? 'gone' : 'alive';
};
