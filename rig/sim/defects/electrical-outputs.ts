/** Electrical defects of the output stages: stuck, missing, leaking, weak, slow, or fed from elsewhere. */

import { MINUS, spread } from '../../fixture/netlist/part.ts';
import { breakdown, bridge, capacitor, type Change, type ElectricalDefect, inFamily, pullDown, remove, set } from './change.ts';
import type { Exceptions } from './defect.ts';

const ofOutput = inFamily('output');

/** One change is enough for an output stage. */
const output = (
  name: string,
  requirement: ElectricalDefect['requirement'],
  signal: ElectricalDefect['signal'],
  summary: string,
  change: Change,
  exceptions?: Exceptions,
): ElectricalDefect => ofOutput(name, requirement, signal, summary, [change], exceptions);

export const OUTPUT_DEFECTS: readonly ElectricalDefect[] = [
  output('load-stuck-high', 'LOAD-UV', 'load', 'LOAD is bridged to the supply.', bridge('VBAT', 'LOAD', 0.1)),
  output('load-stuck-floating', 'LOAD-HEALTHY', 'load', 'The output stage of LOAD is missing.', remove('unit.Q.load')),
  output('prealarm-stuck-high', 'PRE-UV', 'preAlarm', 'PRE-ALARM is bridged to the supply.', bridge('VBAT', 'PRE_ALARM', 0.1)),
  output('prealarm-missing', 'PRE-UV', 'preAlarm', 'The output stage of PRE-ALARM is missing.', remove('unit.Q.preAlarm')),
  output('charger-stuck-high', 'CHG-OV', 'charger', 'CHARGER is bridged to the supply.', bridge('VBAT', 'CHARGER', 22)),
  output('charger-stuck-floating', 'CHG-OV', 'charger', 'The output stage of CHARGER is missing.', remove('unit.Q.charger')),
  output('load-low-instead-of-floating', 'FLOATING', 'load', 'LOAD is pulled low when it should float.', pullDown('LOAD', 'PB0')),
  output(
    'prealarm-low-instead-of-floating',
    'FLOATING',
    'preAlarm',
    'PRE-ALARM is pulled low when it should float.',
    pullDown('PRE_ALARM', 'PB2'),
  ),
  output(
    'charger-low-instead-of-floating',
    'FLOATING',
    'charger',
    'CHARGER is pulled low when it should float.',
    pullDown('CHARGER', 'PB1'),
  ),
  output('load-leaky', 'FLOATING', 'load', '22 kOhm from LOAD to minus: between floating and low.', bridge('LOAD', MINUS, 22e3)),
  output(
    'prealarm-leaky',
    'FLOATING',
    'preAlarm',
    '22 kOhm from PRE-ALARM to minus: between floating and low.',
    bridge('PRE_ALARM', MINUS, 22e3),
  ),
  output(
    'charger-leaky',
    'FLOATING',
    'charger',
    '22 kOhm from CHARGER to minus: between floating and low.',
    bridge('CHARGER', MINUS, 22e3),
  ),
  output(
    'load-leaks-up',
    'FLOATING',
    'load',
    '300 kOhm from the supply to LOAD: a quarter of the supply when it should float.',
    bridge('VBAT', 'LOAD', 300e3),
  ),
  output(
    'prealarm-leaks-up',
    'FLOATING',
    'preAlarm',
    '300 kOhm from the supply to PRE-ALARM: a quarter of the supply when it should float.',
    bridge('VBAT', 'PRE_ALARM', 300e3),
  ),
  output(
    'charger-leaks-up',
    'FLOATING',
    'charger',
    '300 kOhm from the supply to CHARGER: a quarter of the supply when it should float.',
    bridge('VBAT', 'CHARGER', 300e3),
  ),
  output(
    'prealarm-leaks-up-above-30v',
    'FLOATING',
    'preAlarm',
    'The output stage of PRE-ALARM breaks down at 30 V: more than a third of a 48 V supply when it should float.',
    breakdown('VBAT', 'PRE_ALARM', 30, 20e3),
    { endOfLine: false, classes: [48] },
  ),
  output(
    'load-clamp-18v',
    'FLOATING',
    'load',
    'The suppressor of LOAD conducts from 18 V on: pulled up it stays below a 24 V supply.',
    breakdown('LOAD', MINUS, 18, 470),
    { endOfLine: false, classes: [24, 48] },
  ),
  output(
    'charger-clamp-33v',
    'FLOATING',
    'charger',
    'The suppressor of CHARGER conducts from 33 V on: pulled up it stays below a 48 V supply, and high it is held there.',
    breakdown('CHARGER', MINUS, 33, 100),
    { endOfLine: false, classes: [48] },
  ),
  output(
    'load-charger-bridge',
    'CHG-OV',
    'charger',
    '47 kOhm between LOAD and CHARGER: CHARGER stays high while LOAD is.',
    bridge('LOAD', 'CHARGER', 47e3),
  ),
  output(
    'load-prealarm-bridge',
    'PRE-UV',
    'preAlarm',
    '47 kOhm between LOAD and PRE-ALARM: PRE-ALARM is high while LOAD is.',
    bridge('LOAD', 'PRE_ALARM', 47e3),
  ),
  output(
    'charger-prealarm-bridge',
    'PRE-UV',
    'preAlarm',
    '47 kOhm between CHARGER and PRE-ALARM: PRE-ALARM is high while CHARGER is.',
    bridge('CHARGER', 'PRE_ALARM', 47e3),
  ),
  output('load-high-drop', 'LOAD-DROP', 'loadDrop', 'LOAD loses 0.5 V at 1 A.', set('unit.Q.load', 'on_Ohm', spread(0.5, 0.02))),
  output('load-weak', 'LOAD-DROP', 'loadDrop', 'LOAD gives 0.3 A and no more.', set('unit.Q.load', 'limit_A', spread(0.3, 0.02))),
  output(
    'prealarm-high-drop',
    'PRE-DROP',
    'preAlarmDrop',
    'PRE-ALARM loses 0.5 V at 1 A.',
    set('unit.Q.preAlarm', 'on_Ohm', spread(0.5, 0.02)),
  ),
  output(
    'prealarm-weak',
    'PRE-DROP',
    'preAlarmDrop',
    'PRE-ALARM gives 0.3 A and no more.',
    set('unit.Q.preAlarm', 'limit_A', spread(0.3, 0.02)),
  ),
  output('charger-high-drop', 'CHG-DROP', 'chargerDrop', 'CHARGER loses 1 V at 10 mA.', set('unit.Q.charger', 'on_Ohm', spread(100, 0.02))),
  output(
    'charger-weak',
    'CHG-DROP',
    'chargerDrop',
    'CHARGER gives 5 mA and no more.',
    set('unit.Q.charger', 'limit_A', spread(0.005, 0.02)),
  ),
  ofOutput('charger-unlimited', 'CHG-SHORT', 'load', 'CHARGER has no limit: shorted it pulls down the supply, and the unit starts anew.', [
    set('unit.Q.charger', 'limit_A', spread(20, 0.02)),
    set('unit.Q.charger', 'on_Ohm', spread(0.5, 0.02)),
  ]),
  output('load-slow-edge', 'FLOATING', 'load', '10 uF hang on LOAD: it takes 0.7 s to fall.', capacitor('LOAD', 10e-6)),
  output('charger-slow-edge', 'FLOATING', 'charger', '33 uF hang on CHARGER: it takes more than 2 s to fall.', capacitor('CHARGER', 33e-6)),
];
