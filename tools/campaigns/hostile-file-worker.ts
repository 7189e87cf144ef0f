/** A worker thread of the campaign of hostile files: so many of them a message, from a seed on; only what went wrong and the sums come back. */

import { parentPort } from 'node:worker_threads';
import { tryFile } from './hostile-file.ts';
import type { HostileBatch, HostileSum } from './hostile-files.ts';

parentPort?.on('message', ({ first, count }: HostileBatch) => {
  const outcomes = Array.from({ length: count }, (_, index) => tryFile(first + index));
  const sum: HostileSum = {
    files: outcomes.length,
    refused: outcomes.filter(({ issues, cases }) => issues > 0 && cases === 0).length,
    cases: outcomes.reduce((all, { cases }) => all + cases, 0),
    slowest: outcomes.reduce((slowest, one) => (one.busy_ms > slowest.busy_ms ? one : slowest)),
    wrong: outcomes.filter(({ wrong }) => wrong !== null),
  };
  parentPort?.postMessage(sum, []);
});
