/** Which runs are attempts at a unit: those that said something about it. What rig, link or operator spoilt before that is none, and is not held against the unit. */

import type { RunRecord } from '../record.ts';
import type { CaseResult } from './result.ts';

const accuses = ({ differences, measurements }: CaseResult): boolean =>
  differences.some(({ blame }) => blame === 'unit') || measurements.some(({ outcome }) => outcome === 'marginal' || outcome === 'fail');

/**
 * A run counts if it passed, failed, or left the unit in doubt; and a spoilt one too where any attempt of any case showed a difference of the unit: a plug that is
 * pulled after a fall of LOAD that came too early must not make that unseen. Runs on the reference, and those that
 * verify a bench, are never attempts.
 */
export const countsForUnit = ({
  mode,
  purpose,
  verdict,
  blame,
  cases,
}: Pick<RunRecord, 'mode' | 'purpose' | 'verdict' | 'blame' | 'cases'>): boolean =>
  mode === 'unit' &&
  purpose === 'test' &&
  (verdict === 'pass' || blame === 'unit' || cases.some(({ attempts }) => attempts.some(({ result }) => accuses(result))));
