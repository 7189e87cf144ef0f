/** Whom doubts come from where the fixture's clock was never really known: the link that held up or swapped the answers it is known by. */

import type { Trace } from '../../scenarios/contracts/trace.ts';
import { fault, type Findings } from './findings.ts';
import type { ExpectationResult } from './result.ts';

/** A resonator is 0.5 % off at the most (BENCH.md), so that a fit known no better than to this has told nothing. */
const UNKNOWN_ppm = 5_000;

/**
 * A case that cannot be decided and whose clock is not known is broken by the link. What was decided all the same stays decided: each decision carries the bound
 * already.
 */
export function withLostClock(findings: Findings, { clock }: Trace, expectations: readonly Pick<ExpectationResult, 'outcome'>[]): Findings {
  const { faults, differences, marginal, notMeasured } = findings;
  const isOpen = marginal.length + notMeasured.length > 0;
  const isDecided =
    faults.length > 0 || differences.some(({ blame }) => blame === 'unit') || expectations.some(({ outcome }) => outcome === 'broken');
  if (!(clock.bound_ppm > UNKNOWN_ppm) || isDecided || !isOpen) return findings;
  const percent = (clock.bound_ppm / 10_000).toFixed(1);
  const text = `The fixture's clock is known only to +-${percent} %: its answers (${clock.samples} of them) were held up or came in another order, so that too little of the case can be decided.`;
  return { ...findings, faults: [fault('link', text)] };
}
