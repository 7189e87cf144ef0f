/** Faults of the ways by which the fixture measures currents: the shunts of the supply current, their bypass, and amplifiers. */

import { spread } from '../../fixture/netlist/part.ts';
import { set } from '../defects/change.ts';
import { breaking, type Fault } from './fault.ts';

const OPEN_Ohm = 1e9;

export const CURRENT_FAULTS: readonly Fault[] = [
  breaking('circuit', 'rig', 'bypass-stuck-on', "The bypass of the supply current's shunt never opens: no consumption is seen.", {
    do: 'circuit',
    change: [set('Q.shuntBypass', 'off_Ohm', spread(0.02, 0))],
  }),
  breaking(
    'circuit',
    'rig',
    'bypass-stuck-off',
    "The bypass of the supply current's shunt never closes: 1 A through 10 Ohm puts the unit out.",
    {
      do: 'circuit',
      change: [set('Q.shuntBypass', 'on_Ohm', spread(OPEN_Ohm, 0))],
    },
  ),
  breaking(
    'circuit',
    'rig',
    'bypass-worn',
    "The bypass of the supply current's shunt has 0.3 Ohm instead of 0.02 Ohm: it leaves too much in the shunt.",
    {
      do: 'circuit',
      change: [set('Q.shuntBypass', 'on_Ohm', spread(0.3, 0))],
    },
  ),
  breaking('circuit', 'rig', 'current-amplifier-dead', 'The amplifier of the low range of the supply current gives nothing.', {
    do: 'circuit',
    change: [set('U.supplyCurrentLow', 'gain', spread(1e-6, 0))],
  }),
  breaking('circuit', 'rig', 'current-amplifier-low', 'The amplifier of the low range of the supply current has a third of its gain.', {
    do: 'circuit',
    change: [set('U.supplyCurrentLow', 'gain', spread(33, 0))],
  }),
  breaking('circuit', 'rig', 'current-amplifier-high', 'The amplifier of the low range of the supply current has three times its gain.', {
    do: 'circuit',
    change: [set('U.supplyCurrentLow', 'gain', spread(300, 0))],
  }),
  breaking('circuit', 'rig', 'current-amplifier-mid-low', 'The amplifier of the mid range of the supply current has half its gain.', {
    do: 'circuit',
    change: [set('U.supplyCurrentMid', 'gain', spread(4.1667, 0))],
  }),
  breaking('circuit', 'rig', 'current-amplifier-ampere-low', 'The amplifier of the high range of the supply current has 0.9 of its gain.', {
    do: 'circuit',
    change: [set('U.supplyCurrentHigh', 'gain', spread(37.5, 0))],
  }),
  breaking(
    'circuit',
    'rig',
    'current-shunt-high',
    'The shunt of the supply current has 12 Ohm instead of 10 Ohm: both its ranges read a fifth too much.',
    {
      do: 'circuit',
      change: [set('R.shunt.low', 'resistance_Ohm', spread(12, 0))],
    },
  ),
];
