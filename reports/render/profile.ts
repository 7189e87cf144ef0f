/** Which of a unit's limits and readings came from its profile, in words for the terminal and the page. */

import { seconds } from '../judge/wording.ts';
import type { RunRecord } from '../record.ts';

type Profile = NonNullable<RunRecord['profile']>;

/** What a person calls a limit. */
const NAMES: Readonly<Record<string, string>> = {
  reaction_us: 'reaction at most',
  startUp_us: 'start-up at most',
  waitLeast_us: 'wait at least',
  waitMost_us: 'wait at most',
  tripTogether_us: 'LOAD and PRE-ALARM fall within',
};

export const profileHead = ({ name, file, hardware, goldenUnit, learned, expires, fault }: Profile): string =>
  fault === null
    ? `${name} (${file}), of golden unit ${goldenUnit}, hardware ${hardware}, learned ${learned}, expires ${expires}`
    : `${name} (${file}) did not count: ${fault}`;

/** One sentence a limit or reading. */
export const profileLimits = ({ limits, readings }: Profile): readonly string[] => [
  ...limits.map(
    ({ parameter, value, reference }) => `${NAMES[parameter] ?? parameter} ${seconds(value)} (reference ${seconds(reference)})`,
  ),
  ...readings.map(({ ruling, shown }) => `${ruling}: ${shown}`),
];
