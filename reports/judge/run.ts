/** The verdict of a whole run and its exit code, from the results of its cases and the faults of the bench as a whole. */

import type { Blame, CaseVerdict, Verdict } from '../../scenarios/contracts/blame.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { identity } from './frame.ts';
import type { CaseResult } from './result.ts';

/** Something wrong with the bench as a whole: `broken` makes every case of the run worthless (restart, link), `inconclusive` keeps it from passing (calibration). */
export interface BenchFault {
  /** Of the closed list of RigError codes. */
  readonly code: string;
  /** Absent: broken. */
  readonly verdict?: 'broken' | 'inconclusive';
  readonly blame: Blame;
  readonly text: string;
}

export type Counts = Readonly<Record<CaseVerdict, number>>;
/** 0 passed, 1 a unit failed, 3 nothing can be said. */
export type RunExit = 0 | 1 | 3;

export interface RunVerdict {
  readonly verdict: Verdict;
  readonly blame: Blame | null;
  readonly exit: RunExit;
  readonly counts: Counts;
  /** One sentence. */
  readonly reason: string;
}

const ORDER: readonly CaseVerdict[] = ['pass', 'inconclusive', 'fail', 'broken', 'notRun'];

/** Source of the order: ARCHITECTURE.md, section 6: a bench-wide fault beats a failed unit, a failed unit beats a broken case. */
export function judgeRun(results: readonly CaseResult[], benchFaults: readonly BenchFault[]): RunVerdict {
  const count = (verdict: CaseVerdict): number => results.filter((one) => one.verdict === verdict).length;
  const counts = Object.fromEntries(ORDER.map((verdict) => [verdict, count(verdict)])) as Counts;
  const bench = benchFaults.find((one) => one.verdict !== 'inconclusive') ?? benchFaults[0];
  if (bench !== undefined) {
    const verdict = counts.broken > 0 ? 'broken' : (bench.verdict ?? 'broken');
    return { verdict, blame: bench.blame, exit: 3, counts, reason: bench.text };
  }
  const first = (wanted: (one: CaseResult) => boolean, verdict: Verdict, exit: RunExit): RunVerdict | null => {
    const found = results.find(wanted);
    return found === undefined ? null : { verdict, blame: found.blame ?? 'rig', exit, counts, reason: `${found.id}: ${found.reason}` };
  };
  return (
    first((one) => one.verdict === 'fail' && one.blame === 'unit', 'fail', 1) ??
    first((one) => one.verdict === 'broken' || one.verdict === 'fail', 'broken', 3) ??
    first((one) => one.verdict !== 'pass', 'inconclusive', 3) ??
    (results.length === 0
      ? { verdict: 'inconclusive', blame: 'scenario', exit: 3, counts, reason: 'No case was run.' }
      : { verdict: 'pass', blame: null, exit: 0, counts, reason: `Every case passed (${results.length}).` })
  );
}

/** A case without a judged trace: never started, or ended by a fault of rig or link before there was a trace. */
export const unjudged = (
  testCase: Case,
  verdict: 'broken' | 'notRun',
  blame: Blame | null,
  reason: string,
  mode: 'unit' | 'reference' = 'unit',
): CaseResult => ({
  ...identity(testCase),
  mode,
  verdict,
  blame,
  reason,
  duration_us: 0,
  differences: [],
  expectations: [],
  measurements: [],
  notMeasured: [],
  marginal: [],
  faults:
    verdict === 'broken'
      ? [
          {
            blame: blame ?? 'rig',
            text: reason,
          },
        ]
      : [],
  glitches: [],
  readings: [],
});
