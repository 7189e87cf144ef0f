/** The defects of the stand-in unit that are real firmware mistakes: what each does wrong, the requirement it breaks, and its image. */

import type { RequirementId } from '../../../scenarios/requirements.ts';
import type { SenseSignal } from '../../../scenarios/signals.ts';

export interface FirmwareDefect {
  readonly name: string;
  /** What the unit does wrong, in one sentence. */
  readonly summary: string;
  /** The requirement it breaks first. */
  readonly requirement: RequirementId;
  /** The signal on which it shows. */
  readonly signal: SenseSignal;
  /** Unified diff against the good unit's sources, from the repository's root. */
  readonly patch: string;
  /** Built image, from the repository's root. */
  readonly image: string;
}

const defect = (name: string, requirement: RequirementId, signal: SenseSignal, summary: string): FirmwareDefect => ({
  name,
  summary,
  requirement,
  signal,
  patch: `rig/sim/defects/firmware/${name}.patch`,
  image: `rig/sim/defects/firmware/${name}.hex`,
});

export const FIRMWARE_DEFECTS: readonly FirmwareDefect[] = [
  defect('wait-25s', 'PRE-30S', 'load', 'LOAD floats 25 s after PRE-ALARM rose.'),
  defect('wait-40s', 'PRE-LATEST', 'load', 'LOAD floats only 40 s after PRE-ALARM rose.'),
  defect('wait-not-restarted', 'PRE-WHOLE-WAIT', 'load', 'A second pre-alarm gets credit for the time since an earlier one.'),
  defect(
    'wait-runs-on-when-off',
    'PRE-WHOLE-WAIT',
    'load',
    'A wait that the remote or a broken chain has ended runs on when the unit is back in service.',
  ),
  defect(
    'no-wait-after-recovery',
    'PRE-WHOLE-WAIT',
    'load',
    'After a recovery with the warning still there the next low cell floats LOAD without a wait.',
  ),
  defect('no-wait-without-warning', 'PRE-NO-WARNING', 'load', 'A low cell that comes without a warning floats LOAD at once.'),
  defect('prealarm-alone-trips', 'LOAD-UV', 'load', 'A warning that lasts for the whole wait floats LOAD without a low cell.'),
  defect('prealarm-stays-after-trip', 'PRE-OFF-ON-TRIP', 'preAlarm', 'PRE-ALARM stays high after LOAD has floated.'),
  defect('load-never-returns', 'LOAD-RECOVERY', 'load', 'LOAD stays floating after a trip until the supply is cycled.'),
  defect(
    'recovery-needs-remote-cycle',
    'LOAD-RECOVERY',
    'load',
    'LOAD stays floating after a trip until the remote or the supply is cycled.',
  ),
  defect('lockout-after-three-trips', 'NO-LATCH', 'load', 'The third trip latches, as in a battery protector.'),
  defect('charger-ignores-over-temperature', 'CHG-TEMP', 'charger', 'CHARGER stays high when the charge pole opens.'),
  defect('charger-returns-after-3s', 'CHG-RECOVERY', 'charger', 'CHARGER returns 3 s after the charge alarm has cleared.'),
  defect('slow-charger', 'REACTION', 'charger', 'CHARGER floats only 5 s after the charge pole opened.'),
  defect('charge-alarm-drops-load', 'CHG-INDEPENDENT', 'load', 'A charge alarm floats LOAD as well.'),
  defect(
    'chain-break-ignored',
    'CHAIN-BREAK',
    'load',
    'Three open poles are taken for a low cell with a charge alarm: LOAD stays high for the wait.',
  ),
  defect('prealarm-survives-remote-off', 'REMOTE-OFF', 'preAlarm', 'PRE-ALARM stays high when the remote switches the unit off.'),
  defect('remote-h-ignored', 'REMOTE-H', 'load', 'A high level on remote H does not switch the unit on.'),
  defect('remote-l-below-2v', 'REMOTE-L', 'load', 'Remote L must be pulled below 2 V to switch the unit on.'),
  defect('lockout-at-9v', 'SUPPLY-RANGE', 'load', 'The supply lock-out lies at 9 V instead of below 8 V.'),
  defect('start-up-4s', 'POWER-UP', 'load', 'The outputs come on 4 s after power-up.'),
  defect('start-up-pulse', 'POWER-UP', 'load', 'LOAD is pulsed for 100 ms before the inputs have been read.'),
  defect('load-dropout-20ms', 'NO-GLITCH', 'load', 'LOAD drops out for 20 ms every 10 s.'),
  defect('led-red-on-low-cell', 'LED-RED', 'ledRed', 'The red LED is lit for a low cell.'),
  defect('led-blue-follows-remote', 'LED-BLUE', 'ledBlue', 'The blue LED stays lit after a trip as long as the remote is on.'),
];
