/** Firmware defects of decision: wrong priorities, alarms that latch, recoveries that are missing. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const logic = firmwareDefects('logic');

export const LOGIC_DEFECTS: readonly FirmwareDefect[] = [
  logic('no-wait-without-warning', 'PRE-NO-WARNING', 'load', 'A low cell that comes without a warning floats LOAD at once.', {
    endOfLine: false,
  }),
  logic('prealarm-alone-trips', 'LOAD-UV', 'load', 'A warning that lasts for the whole wait floats LOAD without a low cell.'),
  logic('prealarm-stays-after-trip', 'PRE-OFF-ON-TRIP', 'preAlarm', 'PRE-ALARM stays high after LOAD has floated.'),
  logic('load-never-returns', 'LOAD-RECOVERY', 'load', 'LOAD stays floating after a trip until the supply is cycled.'),
  logic(
    'recovery-needs-remote-cycle',
    'LOAD-RECOVERY',
    'load',
    'LOAD stays floating after a trip until the remote or the supply is cycled.',
  ),
  logic('lockout-after-three-trips', 'NO-LATCH', 'load', 'The third trip latches, as in a battery protector.', { endOfLine: false }),
  logic('charger-ignores-over-temperature', 'CHG-TEMP', 'charger', 'CHARGER stays high when the charge pole opens.'),
  logic('charge-alarm-drops-load', 'CHG-INDEPENDENT', 'load', 'A charge alarm floats LOAD as well.'),
  logic(
    'chain-break-ignored',
    'CHAIN-BREAK',
    'load',
    'Three open poles are taken for a low cell with a charge alarm: LOAD stays high for the wait.',
  ),
  logic('prealarm-survives-remote-off', 'REMOTE-OFF', 'preAlarm', 'PRE-ALARM stays high when the remote switches the unit off.', {
    endOfLine: false,
  }),
];
