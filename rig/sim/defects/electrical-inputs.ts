/** Electrical defects of the inputs: poles exchanged, bridged, dead or slow, remote terminals read wrongly. */

import { MINUS, spread } from '../../fixture/netlist/part.ts';
import { POLES } from '../../fixture/netlist/inputs.ts';
import type { Exceptions } from './defect.ts';
import { breakdown, bridge, type Change, type ElectricalDefect, inFamily, onPin, remove, set, shorting } from './change.ts';

const sensing = inFamily('sensing');
const timing = inFamily('timing');

const swapped = (a: readonly [number, string], b: readonly [number, string]): readonly Change[] => [
  onPin(`unit.X.pole${a[0]}`, 'pin', b[1]),
  onPin(`unit.X.pole${b[0]}`, 'pin', a[1]),
];
const POLE_1 = [1, 'PD2'] as const;
const POLE_3 = [3, 'PD3'] as const;
const POLE_4 = [4, 'PD4'] as const;

const BY_HAND: Exceptions = { endOfLine: false, byHand: true };

export const INPUT_DEFECTS: readonly ElectricalDefect[] = [
  sensing('poles-1-3-swapped', 'LOAD-UV', 'load', 'The senses of pole 1 and pole 3 are exchanged.', swapped(POLE_1, POLE_3)),
  sensing('poles-1-4-swapped', 'PRE-UV', 'load', 'The senses of pole 1 and pole 4 are exchanged.', swapped(POLE_1, POLE_4)),
  sensing('poles-3-4-swapped', 'CHG-OV', 'charger', 'The senses of pole 3 and pole 4 are exchanged.', swapped(POLE_3, POLE_4)),
  sensing('pole1-input-dead', 'LOAD-UV', 'load', 'Pole 1 is shorted to minus: a low cell is never seen.', [bridge('M8_MALE_1', MINUS, 10)]),
  sensing('pole3-input-dead', 'CHG-OV', 'charger', 'Pole 3 is shorted to minus: a charge alarm is never seen.', [
    bridge('M8_MALE_3', MINUS, 10),
  ]),
  sensing('pole4-input-dead', 'PRE-UV', 'preAlarm', 'Pole 4 is shorted to minus: a warning is never seen.', [
    bridge('M8_MALE_4', MINUS, 10),
  ]),
  sensing('pole1-return-open', 'PRE-UV', 'preAlarm', 'The return of pole 1 is open: a low cell is seen always.', [
    set('unit.R.pole1.return', 'resistance_Ohm', spread(1e9, 0)),
  ]),
  sensing('pole3-return-open', 'CHG-OV', 'charger', 'The return of pole 3 is open: a charge alarm is seen always.', [
    set('unit.R.pole3.return', 'resistance_Ohm', spread(1e9, 0)),
  ]),
  sensing('pole4-return-open', 'PRE-UV', 'preAlarm', 'The return of pole 4 is open: a warning is seen always.', [
    set('unit.R.pole4.return', 'resistance_Ohm', spread(1e9, 0)),
  ]),
  sensing(
    'male-end-bridges-itself',
    'CHAIN-EITHER-END',
    'load',
    'A shorting connector is fitted at the male end: it joins its poles to the other end once its plug is out, so that a pull there is not seen.',
    POLES.map((pole) => shorting('male', `M8_MALE_${pole}`, `M8_FEMALE_${pole}`)),
    BY_HAND,
  ),
  sensing(
    'female-end-bridges-itself',
    'CHAIN-EITHER-END',
    'load',
    'A shorting connector is fitted at the female end: it joins its poles to the other end once its plug is out, so that a pull there is not seen.',
    POLES.map((pole) => shorting('female', `M8_MALE_${pole}`, `M8_FEMALE_${pole}`)),
    BY_HAND,
  ),
  sensing(
    'female-end-shorts-pole1',
    'CHAIN-EITHER-END',
    'load',
    'With its plug out the female connector grounds pole 1 of the other end: a pull there reads as a warning, and LOAD stays.',
    [shorting('female', 'M8_MALE_1', MINUS)],
    BY_HAND,
  ),
  sensing(
    'pole3-return-raised',
    'CHG-OV',
    'charger',
    'The return of pole 3 has 2 kOhm, and a suppressor conducts into it from 30 V on: at 48 V a closed pole reads open.',
    [set('unit.R.pole3.return', 'resistance_Ohm', spread(2_000, 0.01)), breakdown('VBAT', 'M8_FEMALE_3', 30, 10e3)],
    { endOfLine: false, classes: [48] },
  ),
  sensing(
    'poles-1-4-bridged',
    'PRE-UV',
    'preAlarm',
    'Poles 1 and 4 are bridged: neither a warning nor a low cell is seen without the other.',
    [bridge('M8_MALE_1', 'M8_MALE_4', 10)],
  ),
  sensing(
    'poles-3-4-bridged',
    'PRE-UV',
    'preAlarm',
    'Poles 3 and 4 are bridged: neither a charge alarm nor a warning is seen without the other.',
    [bridge('M8_MALE_3', 'M8_MALE_4', 10)],
  ),
  sensing('remote-h-open', 'REMOTE-H', 'load', 'The sense of remote H is open: driving H does not switch the unit on.', [
    remove('unit.R.h.upper'),
  ]),
  sensing(
    'remote-h-divider-low',
    'REMOTE-H',
    'load',
    'The divider of remote H gives a sixth instead of a quarter: H switches on from 3.75 V only.',
    [set('unit.R.h.upper', 'resistance_Ohm', spread(5e6, 0.005))],
  ),
  sensing(
    'remote-l-sense-open',
    'REMOTE-L',
    'load',
    'The sense of remote L reads 5 V always: neither minus on L nor a link switches the unit on.',
    [remove('unit.R.l.upper'), set('unit.R.l.lower', 'b', 'unit.5V')],
  ),
  sensing(
    'remote-l-divider-high',
    'REMOTE-L',
    'load',
    'The divider of remote L gives a third instead of a quarter: L has to fall below 3.1 V.',
    [set('unit.R.l.upper', 'resistance_Ohm', spread(2e6, 0.005))],
  ),
  sensing('remote-l-divider-low', 'REMOTE-OFF', 'load', 'The divider of remote L gives too little: an open L reads as one pulled low.', [
    set('unit.R.l.upper', 'resistance_Ohm', spread(4.5e6, 0.005)),
  ]),
  sensing(
    'remote-l-pull-up-missing',
    'REMOTE-OFF',
    'load',
    'The pull-up of remote L is missing: the unit is on with nothing on the remote.',
    [remove('unit.R.l.pullUp')],
  ),
  sensing('remote-h-leaks-up', 'REMOTE-OFF', 'load', '10 kOhm from the supply to remote H: the unit is on with nothing on the remote.', [
    bridge('VBAT', 'REMOTE_H', 10e3),
  ]),
  sensing(
    'remote-l-follows-load',
    'REMOTE-LINK',
    'load',
    'LOAD couples into the sense of remote L: from 24 V up the unit switches itself off and on again.',
    [bridge('LOAD', 'unit.lTap', 60e6)],
    { endOfLine: false, classes: [24, 48] },
  ),
  timing('pole3-filter-slow', 'CHG-OV', 'charger', 'The filter of pole 3 has 330 uF: a charge alarm is seen 2.4 s late.', [
    set('unit.C.pole3', 'capacitance_F', spread(330e-6, 0.01)),
  ]),
];
