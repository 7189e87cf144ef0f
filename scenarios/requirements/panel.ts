/** What is stated of the remote terminals and of the two LEDs. */

import { unit } from './requirement.ts';

export const PANEL = {
  'REMOTE-OFF': unit('Remote off floats LOAD and CHARGER.', 'O', 'F-REMOTE-OFF', 'R11 R13'),
  'REMOTE-FITTED': unit(
    'With nothing on the remote terminals the unit stays off from the start.',
    'O*',
    'F-REMOTE-NONE F-REMOTE-PINS',
    'R13',
  ),
  'REMOTE-LINK': unit('A link or a closed switch between L and H switches the unit on.', 'O', 'F-REMOTE-LINK F-REMOTE-PINS', 'R13'),
  'REMOTE-L': unit('L below 3.5 V switches the unit on.', 'O', 'F-REMOTE-L A-REMOTE', 'R13'),
  'REMOTE-H': unit('H above 2.9 V and up to the battery voltage switches the unit on.', 'O', 'F-REMOTE-H A-REMOTE', 'R13'),
  'LED-BLUE': unit('The blue LED is lit while LOAD is high.', 'R', 'F-LED-BLUE', 'R17'),
  'LED-RED': unit('The red LED is lit while the charger is disconnected by the bank or by a broken chain.', 'R', 'F-LED-RED A-LED', 'R17'),
  'LED-DARK': unit('Both LEDs are dark while the unit is switched off or without supply.', 'I', 'A-LED', 'R11 R14 R17'),
  'LED-STEADY': unit('Both LEDs are steady; neither blinks.', 'I', 'F-LED-BLUE F-LED-RED', 'R17 R18'),
} as const;
