/** What a unit's profile adds to its verdict: another reading than the golden unit's is a difference, and a profile that does not count lets nothing pass. */

import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import { doubt, type Findings } from './findings.ts';
import type { Difference } from './result.ts';
import { basis, FROM_PROFILE, requirementCertainty } from './wording.ts';

/** The output that shows a reading, and what it is a reading of. */
const OF: Readonly<Record<string, { readonly signal: string; readonly requirement: RequirementId }>> = {
  R8: { signal: 'preAlarm', requirement: 'PRE-NO-WARNING' },
  R10: { signal: 'preAlarm', requirement: 'PRE-RECOVERY' },
  R12: { signal: 'load', requirement: 'ENTER-SERVICE' },
};

const otherReading = (ruling: string, shown: string, expected: string, golden: string): Difference => {
  const { signal = 'load', requirement = null } = OF[ruling] ?? {};
  const certainty = requirementCertainty(requirement);
  return {
    kind: 'otherReading',
    signal,
    expected: { level: null, earliest_us: null, latest_us: null },
    got: null,
    off_us: null,
    measured: null,
    rule: ruling,
    requirement,
    certainty,
    blame: 'unit',
    consequence: false,
    text: `The unit ${FROM_PROFILE}: ${shown}; on the golden unit ${golden}: ${expected}${basis(ruling, requirement, null)}.`,
  };
};

/** Nothing without a profile. */
export function judgeProfile({ profile, readings }: Prediction): Partial<Findings> {
  if (profile === undefined) return {};
  if (profile.fault !== null) return { notMeasured: [doubt('profile', null, profile.fault, 'operator')] };
  const differences = profile.readings.flatMap((expected) =>
    readings
      .filter(({ ruling, shown }) => ruling === expected.ruling && shown !== expected.shown)
      .map(({ ruling, shown }) => otherReading(ruling, shown, expected.shown, profile.goldenUnit)),
  );
  return { differences };
}
