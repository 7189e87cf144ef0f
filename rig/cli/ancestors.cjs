'use strict';
// Which processes started this one on somebody's behalf, so that it can tell when they are gone: its parent, and under npm the npx behind npm's shell.

const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');

/** Null where the system does not say. */
const parentOf = (pid) => {
  try {
    // The name stands in brackets and may hold anything; the state and the parent follow the last one.
    if (process.platform === 'linux') return Number(/.*\) \S+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))[1]);
    if (process.platform === 'win32') return null;
    return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return null;
  }
};

const isThere = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === 'EPERM';
  }
};

/** A question to ask again and again: is one of them gone? */
exports.watchAncestors = () => {
  const parent = process.ppid;
  // npm forwards no signals, and its shell outlives it.
  const npm = process.env.npm_command === undefined ? null : parentOf(parent);
  return () => process.ppid !== parent || (npm !== null && npm > 1 && !isThere(npm));
};
