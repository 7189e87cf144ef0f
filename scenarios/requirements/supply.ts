/** What is stated of the supply: range, loss and return, start-up and own consumption. */

import { none, unit } from './requirement.ts';

export const SUPPLY = {
  'SUPPLY-RANGE': unit('The unit works from 8 V to 70 V: 12 V, 24 V and 48 V systems.', 'O', 'F-SUPPLY', 'R14'),
  'SUPPLY-DIP': unit('A supply that changes without leaving its range changes nothing else.', 'I', 'F-SUPPLY A-LOW-SUPPLY', 'R14 R18'),
  'SUPPLY-LOW': unit('Below 6.5 V for a second or more nothing is high and both LEDs are dark.', 'I', 'A-LOW-SUPPLY', 'R14'),
  'SUPPLY-SWITCH': unit(
    'A supply that is switched off takes every output along; switched on again, it brings back what the inputs ask, with nobody doing anything.',
    'I',
    'F-SWITCH',
    'R14 R15',
  ),
  'POWER-UP': unit(
    'Within 3 s of the supply passing 8 V each output is as its inputs ask, without having fallen in between.',
    'I',
    'A-START',
    'R15',
  ),
  'CURRENT-ON': unit('Switched on, the unit draws 2.2 mA (accepted 1.1 mA to 3.3 mA).', 'O', 'F-CURRENT-ON A-CURRENT'),
  'CURRENT-LOW-CELL': unit(
    'With LOAD disconnected by a low cell the unit draws 1.2 mA (accepted 0.6 mA to 1.8 mA).',
    'O',
    'F-CURRENT-LOW-CELL A-CURRENT',
  ),
  'CURRENT-OFF': unit('Switched off by the remote the unit draws 1.2 mA (accepted 0.6 mA to 1.8 mA).', 'O', 'F-CURRENT-OFF A-CURRENT'),
  FUSE: none(
    'The supply is to be fused with 0.3 A to 2.5 A, by what LOAD and PRE-ALARM feed.',
    'O',
    'F-FUSE',
    'A demand on whoever installs the unit; the fixture keeps it for itself.',
  ),
} as const;
