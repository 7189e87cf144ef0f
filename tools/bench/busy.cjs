// Loaded before a program: tells in the end how much processor time all of its threads took.
'use strict';

if (require('node:worker_threads').isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    process.stderr.write(`busy ${(user + system) / 1e6}\n`);
  });
