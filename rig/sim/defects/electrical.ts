/** The electrical defects of the stand-in unit: a wrong value, a missing part or a part too many on its board. */

import { MINUS, range, spread, type Part } from '../../fixture/netlist/part.ts';
import type { Change, ElectricalDefect } from './change.ts';

type Signal = ElectricalDefect['signal'];

const defect = (
  name: string,
  requirement: ElectricalDefect['requirement'],
  signal: Signal,
  summary: string,
  ...change: readonly Change[]
): ElectricalDefect => ({ name, summary, requirement, signal, change });

const remove = (ref: string): Change => ({ do: 'remove', ref });
const set = (ref: string, field: string, value: unknown): Change => ({ do: 'set', ref, field, value });

/** A conducting path that should not be there. */
const bridge = (a: string, b: string, resistance_Ohm: number): Change => ({
  do: 'add',
  part: {
    kind: 'resistor',
    ref: `defect.R.${a}-${b}`,
    role: 'a path that should not be there',
    a,
    b,
    resistance_Ohm: spread(resistance_Ohm, 0),
  },
});

/** A transistor that pulls the output to minus while its stage is off. */
const pullDown = (node: string, pin: string): Change => {
  const part: Part = {
    kind: 'switch',
    ref: `defect.Q.${node}`,
    role: 'pulls the output low while its stage is off',
    style: 'transistor',
    a: node,
    b: MINUS,
    on_Ohm: spread(470, 0),
    off_Ohm: spread(1e9, 0),
    control: { board: 'unit', pin, active: 'low' },
    close_us: range(30, 60),
    open_us: range(30, 60),
    limit_A: null,
    monostable_ms: null,
  };
  return { do: 'add', part };
};

const swapPins = (a: readonly [ref: string, pin: string], b: readonly [ref: string, pin: string]): readonly Change[] => [
  set(a[0], 'pin', { board: 'unit', pin: b[1] }),
  set(b[0], 'pin', { board: 'unit', pin: a[1] }),
];
const POLE_1 = ['unit.X.pole1', 'PD2'] as const;
const POLE_3 = ['unit.X.pole3', 'PD3'] as const;
const POLE_4 = ['unit.X.pole4', 'PD4'] as const;

const OUTPUT_DEFECTS: readonly ElectricalDefect[] = [
  defect('load-stuck-high', 'LOAD-UV', 'load', 'LOAD is bridged to the supply.', bridge('VBAT', 'LOAD', 0.1)),
  defect('load-stuck-floating', 'LOAD-HEALTHY', 'load', 'The output stage of LOAD is missing.', remove('unit.Q.load')),
  defect('prealarm-stuck-high', 'PRE-UV', 'preAlarm', 'PRE-ALARM is bridged to the supply.', bridge('VBAT', 'PRE_ALARM', 0.1)),
  defect('prealarm-missing', 'PRE-UV', 'preAlarm', 'The output stage of PRE-ALARM is missing.', remove('unit.Q.preAlarm')),
  defect('charger-stuck-high', 'CHG-OV', 'charger', 'CHARGER is bridged to the supply.', bridge('VBAT', 'CHARGER', 22)),
  defect('charger-stuck-floating', 'CHG-OV', 'charger', 'The output stage of CHARGER is missing.', remove('unit.Q.charger')),
  defect('load-low-instead-of-floating', 'FLOATING', 'load', 'LOAD is pulled low when it should float.', pullDown('LOAD', 'PB0')),
  defect(
    'prealarm-low-instead-of-floating',
    'FLOATING',
    'preAlarm',
    'PRE-ALARM is pulled low when it should float.',
    pullDown('PRE_ALARM', 'PB2'),
  ),
  defect(
    'charger-low-instead-of-floating',
    'FLOATING',
    'charger',
    'CHARGER is pulled low when it should float.',
    pullDown('CHARGER', 'PB1'),
  ),
  defect('load-leaky', 'FLOATING', 'load', '22 kOhm from LOAD to minus: between floating and low.', bridge('LOAD', MINUS, 22e3)),
  defect(
    'prealarm-leaky',
    'FLOATING',
    'preAlarm',
    '22 kOhm from PRE-ALARM to minus: between floating and low.',
    bridge('PRE_ALARM', MINUS, 22e3),
  ),
  defect(
    'charger-leaky',
    'FLOATING',
    'charger',
    '22 kOhm from CHARGER to minus: between floating and low.',
    bridge('CHARGER', MINUS, 22e3),
  ),
  defect(
    'load-leaks-up',
    'FLOATING',
    'load',
    '300 kOhm from the supply to LOAD: a quarter of the supply when it should float.',
    bridge('VBAT', 'LOAD', 300e3),
  ),
  defect(
    'prealarm-leaks-up',
    'FLOATING',
    'preAlarm',
    '300 kOhm from the supply to PRE-ALARM: a quarter of the supply when it should float.',
    bridge('VBAT', 'PRE_ALARM', 300e3),
  ),
  defect(
    'charger-leaks-up',
    'FLOATING',
    'charger',
    '300 kOhm from the supply to CHARGER: a quarter of the supply when it should float.',
    bridge('VBAT', 'CHARGER', 300e3),
  ),
  defect(
    'load-charger-bridge',
    'CHG-OV',
    'charger',
    '47 kOhm between LOAD and CHARGER: CHARGER stays high while LOAD is.',
    bridge('LOAD', 'CHARGER', 47e3),
  ),
  defect(
    'load-prealarm-bridge',
    'PRE-UV',
    'preAlarm',
    '47 kOhm between LOAD and PRE-ALARM: PRE-ALARM is high while LOAD is.',
    bridge('LOAD', 'PRE_ALARM', 47e3),
  ),
];

const ANALOG_DEFECTS: readonly ElectricalDefect[] = [
  defect('load-high-drop', 'LOAD-DROP', 'loadDrop', 'LOAD loses 0.5 V at 1 A.', set('unit.Q.load', 'on_Ohm', spread(0.5, 0.02))),
  defect('load-weak', 'LOAD-DROP', 'loadDrop', 'LOAD gives 0.3 A and no more.', set('unit.Q.load', 'limit_A', spread(0.3, 0.02))),
  defect(
    'prealarm-high-drop',
    'PRE-DROP',
    'preAlarmDrop',
    'PRE-ALARM loses 0.5 V at 1 A.',
    set('unit.Q.preAlarm', 'on_Ohm', spread(0.5, 0.02)),
  ),
  defect('charger-high-drop', 'CHG-DROP', 'chargerDrop', 'CHARGER loses 1 V at 10 mA.', set('unit.Q.charger', 'on_Ohm', spread(100, 0.02))),
  defect(
    'charger-weak',
    'CHG-DROP',
    'chargerDrop',
    'CHARGER gives 5 mA and no more.',
    set('unit.Q.charger', 'limit_A', spread(0.005, 0.02)),
  ),
  defect(
    'supply-current-high',
    'CURRENT-OFF',
    'supplyCurrent',
    'The unit draws 2.3 mA also when it is off.',
    set('unit.I.standby', 'current_A', spread(0.0023, 0.02)),
  ),
  defect(
    'supply-current-on-high',
    'CURRENT-ON',
    'supplyCurrent',
    'The unit draws 4.2 mA when it is on.',
    set('unit.I.load', 'current_A', spread(0.003, 0.02)),
  ),
  defect(
    'load-driver-always-fed',
    'CURRENT-LOW-CELL',
    'supplyCurrent',
    'The driver of LOAD draws its 1 mA also while LOAD floats.',
    set('unit.I.load', 'control', null),
  ),
];

const INPUT_DEFECTS: readonly ElectricalDefect[] = [
  defect('poles-1-3-swapped', 'LOAD-UV', 'load', 'The senses of pole 1 and pole 3 are exchanged.', ...swapPins(POLE_1, POLE_3)),
  defect('poles-1-4-swapped', 'PRE-UV', 'load', 'The senses of pole 1 and pole 4 are exchanged.', ...swapPins(POLE_1, POLE_4)),
  defect('poles-3-4-swapped', 'CHG-OV', 'charger', 'The senses of pole 3 and pole 4 are exchanged.', ...swapPins(POLE_3, POLE_4)),
  defect('pole1-input-dead', 'LOAD-UV', 'load', 'Pole 1 is shorted to minus: a low cell is never seen.', bridge('M8_MALE_1', MINUS, 10)),
  defect(
    'pole3-input-dead',
    'CHG-OV',
    'charger',
    'Pole 3 is shorted to minus: a charge alarm is never seen.',
    bridge('M8_MALE_3', MINUS, 10),
  ),
  defect('pole4-input-dead', 'PRE-UV', 'preAlarm', 'Pole 4 is shorted to minus: a warning is never seen.', bridge('M8_MALE_4', MINUS, 10)),
  defect(
    'pole1-return-open',
    'LOAD-HEALTHY',
    'load',
    'The return of pole 1 is open: a low cell is seen always.',
    set('unit.R.pole1.return', 'resistance_Ohm', spread(1e9, 0)),
  ),
  defect(
    'pole3-return-open',
    'CHG-OV',
    'charger',
    'The return of pole 3 is open: a charge alarm is seen always.',
    set('unit.R.pole3.return', 'resistance_Ohm', spread(1e9, 0)),
  ),
  defect(
    'pole4-return-open',
    'PRE-UV',
    'preAlarm',
    'The return of pole 4 is open: a warning is seen always.',
    set('unit.R.pole4.return', 'resistance_Ohm', spread(1e9, 0)),
  ),
  defect(
    'poles-1-4-bridged',
    'PRE-UV',
    'preAlarm',
    'Poles 1 and 4 are bridged: neither a warning nor a low cell is seen without the other.',
    bridge('M8_MALE_1', 'M8_MALE_4', 10),
  ),
  defect(
    'remote-h-open',
    'REMOTE-H',
    'load',
    'The sense of remote H is open: driving H does not switch the unit on.',
    remove('unit.R.h.upper'),
  ),
  defect(
    'remote-l-sense-open',
    'REMOTE-L',
    'load',
    'The sense of remote L reads 5 V always: neither minus on L nor a link switches the unit on.',
    remove('unit.R.l.upper'),
    set('unit.R.l.lower', 'b', 'unit.5V'),
  ),
  defect(
    'remote-l-pull-up-missing',
    'REMOTE-OFF',
    'load',
    'The pull-up of remote L is missing: the unit is on with nothing on the remote.',
    remove('unit.R.l.pullUp'),
  ),
  defect(
    'remote-h-leaks-up',
    'REMOTE-OFF',
    'load',
    '10 kOhm from the supply to remote H: the unit is on with nothing on the remote.',
    bridge('VBAT', 'REMOTE_H', 10e3),
  ),
  defect(
    'reset-at-9v',
    'SUPPLY-RANGE',
    'load',
    'The supervisor holds the controller below 8.8 V and releases it at 9 V.',
    set('unit.U.reset', 'release_V', spread(9, 0.005)),
    set('unit.U.reset', 'hold_V', spread(8.8, 0.005)),
  ),
  defect(
    'supply-sense-low',
    'SUPPLY-RANGE',
    'load',
    'The unit reads its supply a sixth too low: 8 V count as 6.7 V.',
    set('unit.R.vbat.upper', 'resistance_Ohm', spread(3.64e6, 0.005)),
  ),
  defect(
    'supply-shorted',
    'SUPPLY-RANGE',
    'load',
    '0.5 Ohm across the supply terminals: the fixture limits and the unit never starts.',
    bridge('VBAT', MINUS, 0.5),
  ),
];

const LED_DEFECTS: readonly ElectricalDefect[] = [
  defect('led-blue-dead', 'LED-BLUE', 'ledBlue', 'The blue LED is missing.', remove('unit.D.blue')),
  defect('led-red-dead', 'LED-RED', 'ledRed', 'The red LED is missing.', remove('unit.D.red')),
  defect(
    'leds-swapped',
    'LED-BLUE',
    'ledBlue',
    "Blue and red LED sit in each other's place.",
    set('unit.D.blue', 'light', 'red'),
    set('unit.D.red', 'light', 'blue'),
  ),
  defect(
    'led-blue-inverted',
    'LED-BLUE',
    'ledBlue',
    'The blue LED hangs on the supply: it is lit when it should be dark.',
    set('unit.D.blue', 'control', { board: 'unit', pin: 'PB3', active: 'low' }),
  ),
  defect(
    'led-red-inverted',
    'LED-RED',
    'ledRed',
    'The red LED hangs on the supply: it is lit when it should be dark.',
    set('unit.D.red', 'control', { board: 'unit', pin: 'PB4', active: 'low' }),
  ),
];

export const ELECTRICAL_DEFECTS: readonly ElectricalDefect[] = [...OUTPUT_DEFECTS, ...ANALOG_DEFECTS, ...INPUT_DEFECTS, ...LED_DEFECTS];
