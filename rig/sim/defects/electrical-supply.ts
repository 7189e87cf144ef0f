/** Electrical defects of supply, consumption and LEDs. */

import { MINUS, spread } from '../../fixture/netlist/part.ts';
import { breakdown, bridge, type ElectricalDefect, inFamily, onPin, remove, set } from './change.ts';

const supply = inFamily('supply');
const led = inFamily('led');

export const SUPPLY_DEFECTS: readonly ElectricalDefect[] = [
  supply('supply-current-high', 'CURRENT-OFF', 'supplyCurrent', 'The unit draws 2.3 mA also when it is off.', [
    set('unit.I.standby', 'current_A', spread(0.0023, 0.02)),
  ]),
  supply('supply-current-low', 'CURRENT-OFF', 'supplyCurrent', 'The unit draws 0.3 mA when it is off: a part of it is not supplied.', [
    set('unit.I.standby', 'current_A', spread(0.0003, 0.02)),
  ]),
  supply('supply-current-on-high', 'CURRENT-ON', 'supplyCurrent', 'The unit draws 4.2 mA when it is on.', [
    set('unit.I.load', 'current_A', spread(0.003, 0.02)),
  ]),
  supply('load-driver-always-fed', 'CURRENT-LOW-CELL', 'supplyCurrent', 'The driver of LOAD draws its 1 mA also while LOAD floats.', [
    set('unit.I.load', 'control', null),
  ]),
  supply(
    'suppressor-18v',
    'CURRENT-ON',
    'supplyCurrent',
    'The suppressor across the supply conducts from 18 V on: some milliamperes more from 24 V up.',
    [breakdown('VBAT', MINUS, 18, 3_000)],
    { endOfLine: false, classes: [24, 48] },
  ),
  supply(
    'suppressor-36v',
    'CURRENT-ON',
    'supplyCurrent',
    'The suppressor across the supply conducts from 36 V on: 5 mA more at 48 V.',
    [breakdown('VBAT', MINUS, 36, 3_000)],
    { endOfLine: false, classes: [48] },
  ),
  supply(
    'reset-at-9v',
    'SUPPLY-RANGE',
    'load',
    'The supervisor holds the controller below 8.8 V and releases it at 9 V.',
    [set('unit.U.reset', 'release_V', spread(9, 0.005)), set('unit.U.reset', 'hold_V', spread(8.8, 0.005))],
    { endOfLine: false, classes: [12] },
  ),
  supply(
    'reset-at-20v',
    'SUPPLY-RANGE',
    'load',
    'The supervisor is one for 24 V systems: it releases the controller at 20 V.',
    [set('unit.U.reset', 'release_V', spread(20, 0.005)), set('unit.U.reset', 'hold_V', spread(19, 0.005))],
    { classes: [12] },
  ),
  supply(
    'supply-sense-low',
    'SUPPLY-RANGE',
    'load',
    'The unit reads its supply a sixth too low: 8 V count as 6.7 V.',
    [set('unit.R.vbat.upper', 'resistance_Ohm', spread(3.64e6, 0.005))],
    { endOfLine: false, classes: [12] },
  ),
  supply(
    'reference-high',
    'SUPPLY-RANGE',
    'load',
    'The 5 V rail has 5.9 V, and the controller measures against it: 8.2 V count as 6.9 V.',
    [set('unit.U.5V', 'voltage_V', spread(5.9, 0.005))],
    { endOfLine: false, classes: [12] },
  ),
  supply('supply-shorted', 'SUPPLY-RANGE', 'load', '0.5 Ohm across the supply terminals: the fixture limits and the unit never starts.', [
    bridge('VBAT', MINUS, 0.5),
  ]),
];

export const LED_DEFECTS: readonly ElectricalDefect[] = [
  led('led-blue-dead', 'LED-BLUE', 'ledBlue', 'The blue LED is missing.', [remove('unit.D.blue')]),
  led('led-red-dead', 'LED-RED', 'ledRed', 'The red LED is missing.', [remove('unit.D.red')]),
  led('leds-swapped', 'LED-BLUE', 'ledBlue', "Blue and red LED sit in each other's place.", [
    set('unit.D.blue', 'light', 'red'),
    set('unit.D.red', 'light', 'blue'),
  ]),
  led('led-blue-inverted', 'LED-BLUE', 'ledBlue', 'The blue LED hangs on the supply: it is lit when it should be dark.', [
    onPin('unit.D.blue', 'control', 'PB3', 'low'),
  ]),
  led('led-red-inverted', 'LED-RED', 'ledRed', 'The red LED hangs on the supply: it is lit when it should be dark.', [
    onPin('unit.D.red', 'control', 'PB4', 'low'),
  ]),
  led('led-blue-on-charger', 'LED-BLUE', 'ledBlue', 'The blue LED hangs on the driver of CHARGER: a charge alarm darkens it.', [
    onPin('unit.D.blue', 'control', 'PB1', 'high'),
  ]),
  led('led-red-on-prealarm', 'LED-RED', 'ledRed', 'The red LED hangs on the driver of PRE-ALARM: a warning lights it.', [
    onPin('unit.D.red', 'control', 'PB2', 'high'),
  ]),
];
