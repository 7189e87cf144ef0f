/** Faults of the circuit between Mega and unit: light sensors, contacts, supply, switches, reference. */

import { LEDS, type LedSignal, TERMINALS, TERMINAL_NAMES, type Terminal } from '../../../scenarios/signals.ts';
import { type MeasuredSwitch, SWITCH_LINES } from '../../fixture/channels.ts';
import { type Part, range, spread } from '../../fixture/netlist/part.ts';
import { forceNode, TERMINAL_NODES } from '../../fixture/netlist/terminals.ts';
import { remove, set } from '../defects/change.ts';
import { CURRENT_FAULTS } from './circuit-currents.ts';
import { OUTPUT_FAULTS } from './circuit-outputs.ts';
import { REMOTE_FAULTS } from './circuit-remote.ts';
import { SMALL_FAULTS } from './circuit-small.ts';
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

const words = (name: Terminal | MeasuredSwitch): string => name.replace(/[A-Z]|\d/g, (one) => `-${one.toLowerCase()}`);

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

/** High long enough in the end-of-line case that a look falls into the time in which the contact is open: its sense contact shows the difference. */
const BESIDE_THEIR_SENSE: readonly Terminal[] = ['load', 'preAlarm'];

/** A contact is a resistor that stays: in its place a switch that is closed until something bumps the fixture. */
const loosening = (terminal: Terminal): readonly Fault[] => {
  const ref = `P.${terminal}.force`;
  const control = 'bump';
  const part: Part = {
    kind: 'switch',
    ref,
    role: `touches ${TERMINALS[terminal]} until it is bumped`,
    style: 'transistor',
    a: forceNode(terminal),
    b: TERMINAL_NODES[terminal],
    on_Ohm: spread(0.05, 0),
    off_Ohm: spread(OPEN_Ohm, 0),
    control: { board: 'fixture', pin: control, active: 'low' },
    close_us: range(20, 20),
    open_us: range(20, 20),
    limit_A: null,
    monostable_ms: null,
  };
  return [
    breaking(
      'circuit',
      'rig',
      `contact-${words(terminal)}-opens`,
      `The contact that carries the current of ${TERMINALS[terminal]} opens while the case runs, and stays so.`,
      { do: 'circuit', change: [remove(ref), { do: 'add', part }] },
      { do: 'throw', control, at_s: [9, 12] },
    ),
    ...(BESIDE_THEIR_SENSE.includes(terminal)
      ? [
          breaking(
            'circuit',
            'rig',
            `contact-${words(terminal)}-opens-for-a-while`,
            `The contact that carries the current of ${TERMINALS[terminal]} opens for 3 s while the case runs, and touches again.`,
            { do: 'circuit', change: [remove(ref), { do: 'add', part }] },
            { do: 'throw', control, at_s: [9, 12], for_s: 3 },
          ),
        ]
      : []),
  ];
};

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

const switchFaults = (bit: MeasuredSwitch): readonly Fault[] => [
  breaking('circuit', 'rig', `switch-${words(bit)}-stuck-open`, `The switch K.${bit} never closes.`, {
    do: 'circuit',
    change: [set(`K.${bit}`, 'on_Ohm', spread(OPEN_Ohm, 0))],
  }),
  breaking('circuit', 'rig', `switch-${words(bit)}-stuck-closed`, `The switch K.${bit} never opens.`, {
    do: 'circuit',
    change: [set(`K.${bit}`, 'off_Ohm', spread(10, 0)), set(`K.${bit}`, 'on_Ohm', spread(10, 0))],
  }),
];

export const CIRCUIT_FAULTS: readonly Fault[] = [
  ...OUTPUT_FAULTS,
  ...REMOTE_FAULTS,
  ...(Object.keys(SWITCH_LINES) as MeasuredSwitch[]).flatMap(switchFaults),
  ...LEDS.flatMap(sensorFaults),
  ...TERMINAL_NAMES.flatMap((terminal) => [...contactFaults(terminal), ...(terminal === 'batteryMinus' ? [] : loosening(terminal))]),
  ...SUPPLY_FAULTS,
  ...CURRENT_FAULTS,
  ...SMALL_FAULTS,
];
