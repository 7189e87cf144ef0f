/** Faults of the circuit between Mega and unit: light sensors, contacts, supply, switches, reference. */

import { LEDS, type LedSignal, TERMINALS, TERMINAL_NAMES, type Terminal } from '../../../scenarios/signals.ts';
import { range, spread } from '../../fixture/netlist/part.ts';
import { set } from '../defects/change.ts';
import { OUTPUT_FAULTS } from './circuit-outputs.ts';
import { breaking, type Fault } from './fault.ts';

const OPEN_Ohm = 1e9;
const COLOURS: Readonly<Record<LedSignal, string>> = { ledBlue: 'blue', ledRed: 'red' };

const sensorFaults = (led: LedSignal): readonly Fault[] => [
  breaking(
    'circuit',
    'rig',
    `sensor-${COLOURS[led]}-dead`,
    `The light sensor over the ${COLOURS[led]} LED has died: it gives nothing, lit or dark.`,
    {
      do: 'circuit',
      change: [set(`U.${led}`, 'light', 'nothing'), set(`U.${led}`, 'lit_V', spread(0, 0)), set(`U.${led}`, 'dark_V', range(0, 0))],
    },
  ),
  breaking(
    'circuit',
    'rig',
    `sensor-${COLOURS[led]}-stuck-lit`,
    `The light sensor over the ${COLOURS[led]} LED gives full voltage, lit or dark.`,
    {
      do: 'circuit',
      change: [set(`U.${led}`, 'dark_V', range(3, 3))],
    },
  ),
];

const words = (terminal: Terminal): string => terminal.replace(/[A-Z]|\d/g, (one) => `-${one.toLowerCase()}`);

const contactFaults = (terminal: Terminal): readonly Fault[] => [
  breaking(
    'circuit',
    'rig',
    `contact-${words(terminal)}-open`,
    `The contact that carries the current of ${TERMINALS[terminal]} does not touch.`,
    {
      do: 'circuit',
      change: [set(`P.${terminal}.force`, 'resistance_Ohm', spread(OPEN_Ohm, 0))],
    },
  ),
];

const SUPPLY_FAULTS: readonly Fault[] = [
  breaking('circuit', 'rig', 'supply-sags', 'The supply has 2 kOhm in its output: it sags by some volts under the unit.', {
    do: 'circuit',
    change: [set('U.supply', 'output_Ohm', 2_000)],
  }),
  breaking('circuit', 'rig', 'supply-foldback-weak', 'The supply limits at 1 mA.', {
    do: 'circuit',
    change: [
      set('U.supply', 'source_A', spread(0.001, 0.05)),
      set('U.supply', 'strong', { source_A: spread(0.001, 0.05), control: { board: 'fixture', pin: 'PC7', active: 'high' } }),
    ],
  }),
  breaking('circuit', 'rig', 'supply-fuse-blown', 'The fuse of the supply has blown.', {
    do: 'circuit',
    change: [set('R.shunt.high', 'resistance_Ohm', spread(OPEN_Ohm, 0))],
  }),
  breaking('circuit', 'rig', 'reference-high', 'The precision reference is 3 % high, so that every voltage reads 3 % low.', {
    do: 'circuit',
    change: [set('U.reference', 'voltage_V', spread(4.635, 0))],
  }),
  breaking('circuit', 'rig', 'reference-low', 'The precision reference is 3 % low, so that every voltage reads 3 % high.', {
    do: 'circuit',
    change: [set('U.reference', 'voltage_V', spread(4.365, 0))],
  }),
];

export const CIRCUIT_FAULTS: readonly Fault[] = [
  ...OUTPUT_FAULTS,
  ...LEDS.flatMap(sensorFaults),
  ...TERMINAL_NAMES.filter((terminal) => terminal !== 'batteryMinus').flatMap(contactFaults),
  ...SUPPLY_FAULTS,
];
