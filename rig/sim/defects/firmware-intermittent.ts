/** Firmware defects that act at one occurrence in twenty, drawn by a register that starts where the unit's timer stood. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const intermittent = firmwareDefects('intermittent');
/** One pass has a few occurrences. */
const SELDOM = { endOfLine: false, oneIn: 20 } as const;

export const INTERMITTENT_DEFECTS: readonly FirmwareDefect[] = [
  intermittent(
    'charger-misses-change-1-in-20',
    'CHG-OV',
    'charger',
    'One in 20 changes of the charge pole does not reach CHARGER.',
    SELDOM,
  ),
  intermittent('remote-off-missed-1-in-20', 'REMOTE-OFF', 'load', 'One in 20 times the remote does not switch the unit off.', SELDOM),
  intermittent('prealarm-missed-1-in-20', 'PRE-UV', 'preAlarm', 'One in 20 warnings does not raise PRE-ALARM.', SELDOM),
  intermittent('led-red-missed-1-in-20', 'LED-RED', 'ledRed', 'One in 20 times the red LED stays dark.', SELDOM),
  intermittent('load-drops-out-1-in-20', 'NO-GLITCH', 'load', 'One in 20 changes of CHARGER makes LOAD drop out for 10 ms.', SELDOM),
  intermittent(
    'load-drops-out-above-20v-1-in-20',
    'NO-GLITCH',
    'load',
    'Above 20 V one in 20 changes of CHARGER makes LOAD drop out for 10 ms.',
    { ...SELDOM, classes: [24, 48] },
  ),
  intermittent(
    'charger-misses-change-above-40v-1-in-20',
    'CHG-OV',
    'charger',
    'Above 40 V one in 20 changes of the charge pole does not reach CHARGER.',
    { ...SELDOM, classes: [48] },
  ),
];
