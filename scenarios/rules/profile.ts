/** Rules on profiles of units. */

import { rule } from './rule.ts';

export const PROFILE = {
  'not-a-profile': rule('A file is given as a profile and is something else.', 'a profile starts with `profile:`; `rig learn` writes one'),
  'not-a-date': rule('A date of a profile is no date.', 'write year, month and day, e.g. 2026-11-29'),
  'pole-combinations': rule(
    'The table of a profile lacks a combination of poles, or has one twice.',
    'all eight of poles 1, 3 and 4, each once',
  ),
  'loosens-official': rule('A profile allows more than an official limit of the unit does.', 'learn it anew from a unit that is good'),
  'no-good-unit': rule('The table of a profile shows what no good unit does.', 'learn it anew from a unit that is good'),
} as const;
