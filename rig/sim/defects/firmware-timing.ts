/** Firmware defects of time: waits and delays too short or too long, timers that are not reset or start over, bounces taken for changes, races. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const timing = firmwareDefects('timing');
const NOT_SHOWN = { endOfLine: false } as const;

const WAIT_DEFECTS: readonly FirmwareDefect[] = [
  timing('wait-25s', 'PRE-30S', 'load', 'LOAD floats 25 s after PRE-ALARM rose.'),
  timing('wait-one-percent-short', 'PRE-30S', 'load', 'LOAD floats 29.7 s after PRE-ALARM rose.'),
  timing('wait-40s', 'PRE-LATEST', 'load', 'Sweeps of 64 ms are counted as 50 ms: LOAD floats only 40 s after PRE-ALARM rose.'),
  timing('wait-wraps-at-16-bits', 'PRE-30S', 'load', 'The time of the wait is kept in 16 bits: it is over after 1.6 s.'),
  timing('wait-counts-from-low-cell', 'PRE-LATEST', 'load', 'The wait counts from the low cell and not from the rise of PRE-ALARM.'),
  timing('wait-restarts-on-charge-alarm', 'PRE-LATEST', 'load', 'Each change of the charge pole starts the wait anew.'),
  timing('wait-not-restarted', 'PRE-WHOLE-WAIT', 'load', 'A second pre-alarm gets credit for the time since an earlier one.', NOT_SHOWN),
  timing(
    'wait-runs-on-when-off',
    'PRE-WHOLE-WAIT',
    'load',
    'A wait that the remote or a broken chain has ended runs on when the unit is back in service.',
    NOT_SHOWN,
  ),
  timing(
    'no-wait-after-recovery',
    'PRE-WHOLE-WAIT',
    'load',
    'After a recovery with the warning still there the next low cell floats LOAD without a wait.',
    NOT_SHOWN,
  ),
  timing('wait-flag-not-cleared', 'PRE-WHOLE-WAIT', 'load', 'Once a wait is over, every later low cell floats LOAD at once.', NOT_SHOWN),
  timing('wait-doubles-after-trip', 'PRE-LATEST', 'load', 'After a trip the next wait lasts 62 s.', NOT_SHOWN),
  timing('wait-longer-above-20v', 'PRE-LATEST', 'load', 'Above 20 V the wait lasts 39 s.', { endOfLine: false, classes: [24, 48] }),
  timing(
    'race-low-cell-with-warning',
    'PRE-WHOLE-WAIT',
    'load',
    'A low cell that comes together with its warning starts no wait.',
    NOT_SHOWN,
  ),
];

const DELAY_DEFECTS: readonly FirmwareDefect[] = [
  timing('charger-returns-after-3s', 'CHG-RECOVERY', 'charger', 'CHARGER returns 3 s after the charge alarm has cleared.'),
  timing('slow-charger', 'REACTION', 'charger', 'CHARGER floats only 5 s after the charge pole opened.'),
  timing('load-returns-after-3s', 'LOAD-RECOVERY', 'load', 'LOAD returns 3 s after the low cell has cleared.'),
  timing('prealarm-slow', 'PRE-UV', 'preAlarm', 'PRE-ALARM rises 2.5 s after the warning.', NOT_SHOWN),
  timing('prealarm-outlasts-trip', 'PRE-OFF-ON-TRIP', 'preAlarm', 'PRE-ALARM falls a second after LOAD.'),
  timing('remote-off-slow', 'REMOTE-OFF', 'load', 'The remote has to be off for 2.6 s before the unit is.'),
  timing('start-up-4s', 'POWER-UP', 'load', 'The outputs come on 4 s after power-up.'),
  timing('charger-late-at-start-up', 'POWER-UP', 'charger', 'CHARGER comes on 4 s after power-up.'),
  timing('debounce-per-battery', 'REACTION', 'charger', 'Poles are debounced 0.7 s for each battery in series: 2.8 s at 48 V.', {
    endOfLine: false,
    classes: [48],
  }),
  timing('bounce-restarts-wait', 'PRE-LATEST', 'load', 'A bounce of a pole, too short to count, starts the wait anew.', NOT_SHOWN),
  timing(
    'bounce-latches-charge-alarm',
    'CHG-RECOVERY',
    'charger',
    'A bounce of the charge pole, too short to count, floats CHARGER until a pole changes.',
    NOT_SHOWN,
  ),
  timing(
    'race-remote-with-poles',
    'REACTION',
    'load',
    'Switched on just after the poles have changed, the unit acts on the poles before the change.',
    NOT_SHOWN,
  ),
];

export const TIMING_DEFECTS: readonly FirmwareDefect[] = [...WAIT_DEFECTS, ...DELAY_DEFECTS];
