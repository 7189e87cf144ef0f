/** Firmware defects of decision: wrong priorities, alarms that latch, recoveries that are missing, rules that nobody asked for. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const logic = firmwareDefects('logic');
const NOT_SHOWN = { endOfLine: false } as const;

export const LOGIC_DEFECTS: readonly FirmwareDefect[] = [
  logic('no-wait-without-warning', 'PRE-NO-WARNING', 'load', 'A low cell that comes without a warning floats LOAD at once.', NOT_SHOWN),
  logic('low-cell-needs-warning', 'PRE-NO-WARNING', 'preAlarm', 'A low cell without a warning does nothing.', NOT_SHOWN),
  logic('charge-alarm-before-low-cell', 'PRE-NO-WARNING', 'preAlarm', 'A low cell is ignored while there is a charge alarm.', NOT_SHOWN),
  logic('prealarm-alone-trips', 'LOAD-UV', 'load', 'A warning that lasts for the whole wait floats LOAD without a low cell.'),
  logic('prealarm-stays-after-trip', 'PRE-OFF-ON-TRIP', 'preAlarm', 'PRE-ALARM stays high after LOAD has floated.'),
  logic('trip-ends-with-new-warning', 'PRE-OFF-ON-TRIP', 'load', 'After a trip a new warning raises LOAD and PRE-ALARM again.', NOT_SHOWN),
  logic('prealarm-on-charge-alarm', 'CHG-INDEPENDENT', 'preAlarm', 'A charge alarm raises PRE-ALARM.'),
  logic('load-never-returns', 'LOAD-RECOVERY', 'load', 'LOAD stays floating after a trip until the supply is cycled.'),
  logic(
    'recovery-needs-remote-cycle',
    'LOAD-RECOVERY',
    'load',
    'LOAD stays floating after a trip until the remote or the supply is cycled.',
  ),
  logic('recovery-waits-for-warning', 'LOAD-RECOVERY', 'load', 'LOAD returns only when the warning has cleared too.'),
  logic('lockout-after-three-trips', 'NO-LATCH', 'load', 'The third trip latches, as in a battery protector.', NOT_SHOWN),
  logic('trip-survives-supply', 'SUPPLY-LOW', 'load', 'A trip is kept in EEPROM and floats LOAD after the supply was away.', NOT_SHOWN),
  logic('charger-ignores-over-temperature', 'CHG-TEMP', 'charger', 'CHARGER stays high when the charge pole opens.'),
  logic('charge-alarm-latches', 'CHG-RECOVERY', 'charger', 'CHARGER stays floating after a charge alarm until the remote is cycled.'),
  logic('charge-alarm-drops-load', 'CHG-INDEPENDENT', 'load', 'A charge alarm floats LOAD as well.'),
  logic('low-cell-drops-charger', 'CHG-INDEPENDENT', 'charger', 'A trip floats CHARGER as well.'),
  logic('charger-off-above-20v', 'SUPPLY-RANGE', 'charger', 'A supply above 20 V is taken for a full bank: CHARGER floats.', {
    endOfLine: false,
    classes: [24, 48],
  }),
  logic('load-off-above-30v', 'SUPPLY-RANGE', 'load', 'A supply above 30 V is taken for a fault: everything is switched off.', {
    endOfLine: false,
    classes: [48],
  }),
  logic(
    'chain-break-ignored',
    'CHAIN-BREAK',
    'load',
    'Three open poles are taken for a low cell with a charge alarm: LOAD stays high for the wait.',
  ),
  logic('broken-chain-keeps-prealarm', 'CHAIN-BREAK', 'preAlarm', 'PRE-ALARM stays high when the chain breaks.', NOT_SHOWN),
  logic('prealarm-survives-remote-off', 'REMOTE-OFF', 'preAlarm', 'PRE-ALARM stays high when the remote switches the unit off.', NOT_SHOWN),
  logic('remote-never-off', 'REMOTE-OFF', 'load', 'Once switched on, the remote does not switch the unit off.'),
  logic(
    'remote-off-ignored-in-prealarm',
    'REMOTE-OFF',
    'load',
    'The remote does not switch the unit off while PRE-ALARM is high.',
    NOT_SHOWN,
  ),
  logic('remote-off-is-final', 'REMOTE-LINK', 'load', 'Switched off for a second, the unit does not come on again.', NOT_SHOWN),
];
