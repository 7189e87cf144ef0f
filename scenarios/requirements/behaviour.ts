/** What is stated of the unit's answers to the bank: load, pre-alarm, charge path and chain. */

import { unit } from './requirement.ts';

const LOAD = {
  'LOAD-HEALTHY': unit('LOAD is high while the bank is healthy and the remote is on.', 'O', 'F-LOAD', 'R16'),
  'LOAD-UV': unit('LOAD floats on cell under-voltage after the pre-alarm wait.', 'O', 'F-LOAD F-LOW-CELL', 'R3 R4 R6'),
  'LOAD-RECOVERY': unit(
    'LOAD returns when the low-cell signal clears, every time, without a remote or supply cycle.',
    'I',
    'F-NO-RECONNECT-DELAY A-RECONNECT F-LOAD-RELEASE',
    'R10 R19',
  ),
  'ENTER-SERVICE': unit(
    'Entering service with a low cell: either the pre-alarm wait runs, or LOAD stays floating until the cell recovers.',
    'I',
    'A-NO-WARNING A-WAIT',
    'R12',
  ),
} as const;

const PRE_ALARM = {
  'PRE-UV': unit('PRE-ALARM is floating normally and high on imminent cell under-voltage.', 'O', 'F-PRE-ALARM F-WARNING', 'R6 R16'),
  'PRE-STEADY': unit('PRE-ALARM is steady while it is high, not pulsed.', 'O', 'F-PRE-ALARM', 'R18'),
  'PRE-30S': unit('At least 30 s lie between PRE-ALARM rising and LOAD floating.', 'O', 'F-PRE-30S', 'R3'),
  'PRE-OWN-30S': unit(
    'The unit keeps the 30 s by itself, also where the low cell follows the warning at once.',
    'O*',
    'F-PRE-30S-OWNER A-WAIT',
    'R3',
  ),
  'PRE-LATEST': unit(
    'LOAD floats at the latest 35 s after PRE-ALARM rose, or 2 s after the low-cell signal if that is later.',
    'I',
    'A-WAIT',
    'R4',
  ),
  'PRE-WHOLE-WAIT': unit('Each rise of PRE-ALARM starts a whole wait.', 'I', 'A-WAIT', 'R5'),
  'PRE-NO-WARNING': unit('A low cell without a warning raises PRE-ALARM and starts the wait.', 'I', 'F-STAGE A-NO-WARNING', 'R8'),
  'PRE-OFF-ON-TRIP': unit('PRE-ALARM goes off when LOAD floats.', 'O', 'F-TRIP', 'R9'),
  'PRE-RECOVERY': unit('A bank that recovers before the disconnect ends PRE-ALARM, and LOAD never drops.', 'O', 'F-RECOVER-IN-TIME', 'R6'),
  'PRE-OUT-OF-SERVICE': unit('PRE-ALARM floats while the remote is off or the chain is broken.', 'I', 'A-REMOTE-PRE A-CHAIN', 'R2 R11'),
} as const;

const CHARGE = {
  'CHG-OV': unit('CHARGER is high normally and floats on cell over-voltage.', 'O', 'F-CHARGER F-HIGH-CELL', 'R7'),
  'CHG-TEMP': unit('CHARGER floats on the alarm of a bank that is too hot or too cold.', 'O', 'F-TEMPERATURE', 'R7'),
  'CHG-RECOVERY': unit(
    'CHARGER returns without a reconnect delay when the charge alarm clears.',
    'O*',
    'F-NO-RECONNECT-DELAY F-CHARGE-RELEASE',
    'R7',
  ),
  'CHG-INDEPENDENT': unit(
    'The charge path and the load path do not affect each other.',
    'O*',
    'F-LOW-CELL F-HIGH-CELL F-TEMPERATURE',
    'R7',
  ),
  'CHG-AT-LOW-CELL': unit('Charging stays allowed while a low cell keeps LOAD off.', 'O*', 'F-LOW-CELL', 'R7'),
  'BOTH-ALARMS': unit('A low cell and a charge alarm at the same time act each on its own output.', 'I', 'A-BOTH', 'R7'),
} as const;

const WHOLE = {
  'CHAIN-BREAK': unit('A broken battery chain floats LOAD and CHARGER.', 'O*', 'F-CHAIN A-CHAIN', 'R2'),
  'CHAIN-EITHER-END': unit(
    'Pulling the plug or the socket, at any battery, counts as a broken chain.',
    'O*',
    'F-CHAIN F-CHAIN-UNPLUG',
    'R2',
  ),
  'CHAIN-LOOP': unit(
    'All three poles straight through, as one cable between the two connectors makes them, count as a healthy bank.',
    'O*',
    'F-CHAIN-LOOP A-ROLES',
    'R16',
  ),
  REACTION: unit('The unit reacts to a change of its inputs within 2 s.', 'I', 'A-REACTION', 'R16 R1'),
  'NO-GLITCH': unit('No output changes for 1 ms or more, and no LED for 20 ms or more, without a cause.', 'I', 'A-REACTION', 'R18'),
  'NO-LATCH': unit('Nothing latches and nothing depends on how often it happened before.', 'I', 'F-NO-LATCH', 'R19'),
} as const;

export const BEHAVIOUR = { ...LOAD, ...PRE_ALARM, ...CHARGE, ...WHOLE } as const;
