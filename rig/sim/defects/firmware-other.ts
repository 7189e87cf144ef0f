/** Firmware defects of outputs, sensing, LEDs and supply. */

import { type FirmwareDefect, firmwareDefects } from './firmware-defect.ts';

const output = firmwareDefects('output');
const sensing = firmwareDefects('sensing');
const led = firmwareDefects('led');
const supply = firmwareDefects('supply');

export const OTHER_DEFECTS: readonly FirmwareDefect[] = [
  output('load-dropout-20ms', 'NO-GLITCH', 'load', 'LOAD drops out for 20 ms every 10 s.'),
  sensing('remote-h-ignored', 'REMOTE-H', 'load', 'A high level on remote H does not switch the unit on.'),
  sensing('remote-l-below-2v', 'REMOTE-L', 'load', 'Remote L must be pulled below 2 V to switch the unit on.'),
  led('led-red-on-low-cell', 'LED-RED', 'ledRed', 'The red LED is lit for a low cell.'),
  led('led-blue-follows-remote', 'LED-BLUE', 'ledBlue', 'The blue LED stays lit after a trip as long as the remote is on.', {
    endOfLine: false,
  }),
  supply('lockout-at-9v', 'SUPPLY-RANGE', 'load', 'The supply lock-out lies at 9 V instead of below 8 V.', {
    endOfLine: false,
    classes: [12],
  }),
  supply('start-up-pulse', 'POWER-UP', 'load', 'LOAD is pulsed for 100 ms before the inputs have been read.'),
];
