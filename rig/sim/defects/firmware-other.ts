/** Firmware defects of outputs, sensing, LEDs and supply. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const output = firmwareDefects('output');
const sensing = firmwareDefects('sensing');
const led = firmwareDefects('led');
const supply = firmwareDefects('supply');
const NOT_SHOWN = { endOfLine: false } as const;
const FROM_24_V = { endOfLine: false, classes: [24, 48] } as const;
const AT_48_V = { endOfLine: false, classes: [48] } as const;

export const OTHER_DEFECTS: readonly FirmwareDefect[] = [
  output('load-dropout-20ms', 'NO-GLITCH', 'load', 'LOAD drops out for 20 ms every 10 s.'),
  output('prealarm-pulsed', 'PRE-UV', 'preAlarm', 'PRE-ALARM is not steady but pulsed, once a second.'),
  output('charger-retries', 'CHG-OV', 'charger', 'During a charge alarm CHARGER is tried for 5 ms twice a second.'),
  output('outputs-off-at-each-change', 'NO-GLITCH', 'load', 'Whenever an output changes all are off for 8 ms.'),
  sensing('remote-h-ignored', 'REMOTE-H', 'load', 'A high level on remote H does not switch the unit on.'),
  sensing('remote-h-noisy', 'REMOTE-H', 'load', 'Noise of 1.9 V on the reading of remote H: at 3.1 V the unit switches off now and then.'),
  sensing('remote-h-above-20v-ignored', 'REMOTE-H', 'load', 'More than 20 V on remote H is taken for a fault of the wiring.', FROM_24_V),
  sensing('remote-l-below-2v', 'REMOTE-L', 'load', 'Remote L must be pulled below 2 V to switch the unit on.'),
  sensing(
    'remote-l-chatters',
    'REMOTE-L',
    'load',
    'The threshold of remote L lies at 3.4 V and has no hysteresis, and the reading is noisy: at 3.3 V the unit switches on and off.',
  ),
  sensing('adc-channel-late', 'REMOTE-L', 'load', 'The converter reads each time the channel that was asked for before.'),
  sensing('pole4-inverted', 'PRE-UV', 'preAlarm', 'Pole 4 is read the wrong way round: a closed one is a warning.'),
  sensing('poles-read-at-start-only', 'PRE-UV', 'preAlarm', 'The poles are read at power-up and never again.'),
  led('led-red-on-low-cell', 'LED-RED', 'ledRed', 'The red LED is lit for a low cell.'),
  led('led-red-dark-when-broken', 'LED-RED', 'ledRed', 'The red LED is dark when the chain is broken.'),
  led('led-red-lit-when-off', 'LED-RED', 'ledRed', 'The red LED stays lit when the remote is off.', NOT_SHOWN),
  led('led-red-blinks-above-40v', 'LED-RED', 'ledRed', 'Above 40 V the red LED blinks.', AT_48_V),
  led('led-blue-follows-remote', 'LED-BLUE', 'ledBlue', 'The blue LED stays lit after a trip as long as the remote is on.', NOT_SHOWN),
  led('led-blue-blinks-in-prealarm', 'LED-BLUE', 'ledBlue', 'The blue LED blinks during a pre-alarm.'),
  led('led-blue-late', 'LED-BLUE', 'ledBlue', 'The blue LED follows LOAD 3 s later.'),
  led('led-blue-dark-above-20v', 'LED-BLUE', 'ledBlue', 'Above 20 V the blue LED stays dark.', FROM_24_V),
  supply('lockout-at-9v', 'SUPPLY-RANGE', 'load', 'The unit reads its supply 1.5 V too low: it locks out at 8.7 V instead of below 8 V.', {
    endOfLine: false,
    classes: [12],
  }),
  supply('lockout-above-60v', 'SUPPLY-RANGE', 'load', 'The unit locks out above 60 V.', AT_48_V),
  supply('supply-code-8-bits', 'SUPPLY-RANGE', 'load', 'The reading of the supply is kept in 8 bits: 25.6 V count as 5.5 V.', {
    endOfLine: false,
    classes: [24],
  }),
  supply(
    'falling-supply-locks-out',
    'SUPPLY-RANGE',
    'load',
    'A supply that falls by 3 V within its range switches the unit off for 5 s.',
    NOT_SHOWN,
  ),
  supply('start-up-pulse', 'POWER-UP', 'load', 'LOAD is pulsed for 100 ms before the inputs have been read.'),
  supply('watchdog-bites', 'NO-GLITCH', 'load', 'The watchdog is fed only when a pole changes: after 8 s of peace the unit restarts.'),
];
