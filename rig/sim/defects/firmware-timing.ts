/** Firmware defects of time: waits and delays too short or too long, timers that are not reset or start over, bounces taken for changes, races. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const timing = firmwareDefects('timing');

export const TIMING_DEFECTS: readonly FirmwareDefect[] = [
  timing('wait-25s', 'PRE-30S', 'load', 'LOAD floats 25 s after PRE-ALARM rose.'),
  timing('wait-40s', 'PRE-LATEST', 'load', 'LOAD floats only 40 s after PRE-ALARM rose.'),
  timing('wait-not-restarted', 'PRE-WHOLE-WAIT', 'load', 'A second pre-alarm gets credit for the time since an earlier one.', {
    endOfLine: false,
  }),
  timing(
    'wait-runs-on-when-off',
    'PRE-WHOLE-WAIT',
    'load',
    'A wait that the remote or a broken chain has ended runs on when the unit is back in service.',
    { endOfLine: false },
  ),
  timing(
    'no-wait-after-recovery',
    'PRE-WHOLE-WAIT',
    'load',
    'After a recovery with the warning still there the next low cell floats LOAD without a wait.',
    { endOfLine: false },
  ),
  timing('charger-returns-after-3s', 'CHG-RECOVERY', 'charger', 'CHARGER returns 3 s after the charge alarm has cleared.'),
  timing('slow-charger', 'REACTION', 'charger', 'CHARGER floats only 5 s after the charge pole opened.'),
  timing('start-up-4s', 'POWER-UP', 'load', 'The outputs come on 4 s after power-up.'),
];
