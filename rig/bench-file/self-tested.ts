/** When a self-test of a board still counts: what `rig selftest` stored beside the bench file, by board id. */

import { readFileSync } from 'node:fs';
import { selfTestDocument, type SelfTestDocument } from '../../reports/shape/self-test.ts';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import { dateOf, later, wallTimeOf } from '../calendar.ts';
import { besideFile } from './load.ts';
import { LAST_CHECK } from '../selftest/watchdog.ts';
import type { VerifiedWith } from './verification.ts';

export const selfTestName = (board: string): string => `${board}.selftest.json`;

/** Where `rig selftest` puts the result of this bench, unless it is told otherwise. */
export const selfTestFile = (file: BenchFile): string => besideFile(file, selfTestName(file.board));

/** Null where there is none, or what is there is none. */
export const readSelfTest = (target: string): SelfTestDocument | null => {
  try {
    const parsed = selfTestDocument.safeParse(JSON.parse(readFileSync(target, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

const whyNot = (
  { limits: { selfTest_us } }: BenchFile,
  found: SelfTestDocument | null,
  run: VerifiedWith,
  netlist: string,
): string | null => {
  if (found === null) return 'has no self-test';
  if (found.board !== run.board) return `has the self-test of board ${found.board}`;
  if (found.simulated !== run.simulated) return `was self-tested on a ${found.simulated ? 'simulated' : 'real'} board, and this is another`;
  const failed = found.checks.filter(({ ok }) => !ok).length;
  if (!found.passed || found.ended !== null || failed > 0)
    return `failed its self-test on ${found.made} (${failed} of ${found.checks.length} checks)`;
  // What stands last in a self-test: one of an earlier version has not asked for it.
  if (!found.checks.some(({ id }) => id === LAST_CHECK)) return 'has a self-test that did not look at everything';
  if (found.build !== run.firmware) return 'has other firmware than at its self-test';
  if (found.netlist !== netlist) return 'was self-tested by other ranges than this version has';
  const made = wallTimeOf(found.made);
  if (!(made <= run.now)) return `has a self-test dated in the future (${dateOf(made)})`;
  return run.now < later(made, selfTest_us / 1000) ? null : `was self-tested at ${found.made}, which is too long ago`;
};

/** Why this board may not judge units, one sentence; null where it may. `netlist`: of the ranges that count today. */
export const selfTestFault = (file: BenchFile, run: VerifiedWith, netlist: string): string | null => {
  const why = whyNot(file, readSelfTest(selfTestFile(file)), run, netlist);
  return why === null ? null : `Bench ${file.name} ${why}, so no unit can pass on it: put the test plug in and run \`rig selftest\`.`;
};
