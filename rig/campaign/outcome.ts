/** What a campaign keeps of a case that was run: small enough to keep for ten thousand of them. */

import type { CaseResult, Difference } from '../../reports/judge/result.ts';
import { judgeRun } from '../../reports/judge/run.ts';
import type { Blame, CaseVerdict, Verdict } from '../../scenarios/contracts/blame.ts';
import type { CaseRun } from '../run/case-run.ts';
import { benchFaultsOf } from '../run/run.ts';
import { breach_U } from './breach.ts';

/** A difference that is the unit's. */
export interface Finding {
  readonly rule: string | null;
  readonly requirement: string | null;
  readonly signal: string;
  readonly kind: Difference['kind'];
  readonly consequence: boolean;
  /** How far beyond what is allowed, in multiples of the uncertainty: at least this. */
  readonly breach_U: number;
  readonly text: string;
}

export interface CaseOutcome {
  readonly id: string;
  readonly verdict: CaseVerdict;
  readonly blame: Blame | null;
  readonly reason: string;
  readonly findings: readonly Finding[];
  /** Where the unit showed one of two allowed readings. */
  readonly readings: CaseResult['readings'];
  readonly duration_us: number;
}

/** One unit under a suite. */
export interface UnitOutcome {
  readonly verdict: Verdict;
  readonly blame: Blame | null;
  readonly exit: 0 | 1 | 3;
  /** In the order in which they were run; after a bail fewer than were asked for. */
  readonly cases: readonly CaseOutcome[];
}

/** A unit that chatters makes thousands, and the first few tell all. */
const MOST_FINDINGS = 50;

const findingsOf = ({ result, trace }: CaseRun): readonly Finding[] =>
  result.differences
    .filter(({ blame }) => blame === 'unit')
    .slice(0, MOST_FINDINGS)
    .map((one) => ({
      rule: one.rule,
      requirement: one.requirement,
      signal: one.signal,
      kind: one.kind,
      consequence: one.consequence,
      breach_U: trace === null ? 0 : breach_U(one, trace),
      text: one.text,
    }));

export const caseOutcome = (run: CaseRun): CaseOutcome => {
  const { id, verdict, blame, reason, readings, duration_us } = run.result;
  return { id, verdict, blame, reason, findings: findingsOf(run), readings, duration_us };
};

/** The verdict of the run by the rules of any run: a bench-wide fault beats all, a failed unit beats a broken case. */
export const unitOutcome = (runs: readonly CaseRun[]): UnitOutcome => {
  const { verdict, blame, exit } = judgeRun(
    runs.map(({ result }) => result),
    benchFaultsOf(runs),
  );
  return { verdict, blame, exit, cases: runs.map(caseOutcome) };
};

export const failsUnit = ({ verdict, blame }: Pick<CaseOutcome, 'verdict' | 'blame'>): boolean => verdict === 'fail' && blame === 'unit';
