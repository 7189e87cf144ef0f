/** Faults of what the fixture hangs on the unit's outputs: comparators, burdens. */

import type { DriveBit } from '../../fixture/channels.ts';
import { range, spread } from '../../fixture/netlist/part.ts';
import { driveControl } from '../../fixture/netlist/pins.ts';
import type { OutputSignal } from '../../../scenarios/signals.ts';
import { OUTPUTS } from '../../../scenarios/signals.ts';
import { bridge, set } from '../defects/change.ts';
import { breaking, type Fault } from './fault.ts';

const NAMES: Readonly<Record<OutputSignal, string>> = { load: 'LOAD', preAlarm: 'PRE-ALARM', charger: 'CHARGER' };
const inNames = (output: OutputSignal): string => (output === 'preAlarm' ? 'prealarm' : output);

/** What is not connected, on a board that is not quite clean: far above anything of the circuit. */
const OPEN_Ohm = 1e9;
/** Above any voltage a tap can have. */
const NEVER_V = 1_000;

const comparatorFaults = (output: OutputSignal): readonly Fault[] => {
  const ref = `U.${output}.level`;
  const name = `comparator-${inNames(output)}`;
  return [
    breaking('circuit', 'rig', `${name}-stuck-low`, `The comparator of ${NAMES[output]} says "not high" whatever the output does.`, {
      do: 'circuit',
      change: [set(ref, 'floor_V', NEVER_V)],
    }),
    breaking(
      'circuit',
      'rig',
      `${name}-stuck-high`,
      `The comparator of ${NAMES[output]} says "high" from the first microvolts on, whatever the output does.`,
      {
        do: 'circuit',
        // Rises at 2.5 uV on its tap, which the leakage of a bias switch gives, and falls at less than none.
        change: [set(ref, 'ratio', 0), set(ref, 'floor_V', 1e-6), set(ref, 'hysteresis', 3), set(ref, 'blankBelow_V', -NEVER_V)],
      },
    ),
  ];
};

const burdenFaults = (output: OutputSignal): readonly Fault[] => [
  breaking('circuit', 'rig', `burden-${inNames(output)}-open`, `The upper resistor of the burden of ${NAMES[output]} is not connected.`, {
    do: 'circuit',
    change: [set(`R.${output}.upper`, 'resistance_Ohm', spread(OPEN_Ohm, 0))],
  }),
  breaking(
    'circuit',
    'rig',
    `burden-${inNames(output)}-foot-open`,
    `The lower resistor of the burden of ${NAMES[output]} is not connected: nothing divides, and nothing pulls the output down.`,
    { do: 'circuit', change: [set(`R.${output}.lower`, 'resistance_Ohm', spread(OPEN_Ohm, 0))] },
  ),
];

/** The slow one has half a period of 5 ms, as long as it takes the fixture to look for itself; of the fast one not everything can be kept. */
const noise = (output: OutputSignal): readonly Fault[] => [
  breaking(
    'circuit',
    'rig',
    `comparator-${inNames(output)}-chatters`,
    `The comparator of ${NAMES[output]} oscillates at 20 kHz for 60 ms.`,
    {
      do: 'chatter',
      sense: output,
      at_s: [9, 12],
      edges: 1_200,
      rate_Hz: 20_000,
    },
  ),
  breaking(
    'circuit',
    'rig',
    `comparator-${inNames(output)}-noisy`,
    `The comparator of ${NAMES[output]} turns over every 5 ms for six seconds.`,
    { do: 'chatter', sense: output, at_s: [9, 12], edges: 1_200, rate_Hz: 200 },
  ),
];

const biasFaults = (output: OutputSignal): readonly Fault[] => [
  breaking(
    'circuit',
    'rig',
    `bias-${inNames(output)}-stuck-on`,
    `The bias switch of ${NAMES[output]} never opens: the output is pulled up for ever.`,
    {
      do: 'circuit',
      change: [set(`Q.${output}.bias`, 'off_Ohm', spread(5, 0))],
    },
  ),
  breaking(
    'circuit',
    'rig',
    `bias-${inNames(output)}-stuck-off`,
    `The bias switch of ${NAMES[output]} never closes: a floating output is not pulled up.`,
    {
      do: 'circuit',
      change: [set(`Q.${output}.bias`, 'on_Ohm', spread(OPEN_Ohm, 0))],
    },
  ),
];

/** Where the bias of two outputs touches, the probe of the one pulls up the other, and an output that is high its neighbour. */
const sharedBias = (one: OutputSignal, other: OutputSignal): Fault =>
  breaking(
    'circuit',
    'rig',
    `bias-${inNames(one)}-${inNames(other)}-shorted`,
    `The bias lines of ${NAMES[one]} and ${NAMES[other]} touch.`,
    {
      do: 'circuit',
      change: [bridge(`${one}Bias`, `${other}Bias`, 1)],
    },
  );

const NEVER_ms = range(1e9, 1e9);

const sinkFaults = (bit: DriveBit, name: string, words: string): readonly Fault[] => [
  breaking(
    'circuit',
    'rig',
    `sink-${name}-stuck-on`,
    `The sink of ${words}, and its monostable, have failed closed: it draws without being asked.`,
    {
      do: 'circuit',
      change: [set(`Q.${bit}`, 'control', { ...driveControl(bit), active: 'low' }), set(`Q.${bit}`, 'monostable_ms', NEVER_ms)],
    },
  ),
  breaking('circuit', 'rig', `sink-${name}-stuck-off`, `The sink of ${words} never draws anything.`, {
    do: 'circuit',
    change: [set(`Q.${bit}`, 'current_A', spread(1e-9, 0))],
  }),
];

const SINK_FAULTS: readonly Fault[] = [
  ...sinkFaults('loadSink', 'load', '1 A on LOAD'),
  ...sinkFaults('preAlarmSink', 'prealarm', '1 A on PRE-ALARM'),
  ...sinkFaults('chargerSink10mA', 'charger-10ma', '10 mA on CHARGER'),
  // Whether the one of 1 mA draws is not asked in the end-of-line case.
  ...sinkFaults('chargerSink1mA', 'charger-1ma', '1 mA on CHARGER').filter(({ name }) => name.endsWith('stuck-on')),
];

const SHORT_FAULTS: readonly Fault[] = [
  breaking('circuit', 'rig', 'charger-short-stuck-off', 'The switch that shorts CHARGER never closes.', {
    do: 'circuit',
    change: [set('Q.chargerShort', 'on_Ohm', spread(OPEN_Ohm, 0))],
  }),
  breaking('circuit', 'rig', 'charger-short-weak', 'The switch that shorts CHARGER has 50 Ohm.', {
    do: 'circuit',
    change: [set('Q.chargerShort', 'on_Ohm', spread(50, 0))],
  }),
  breaking(
    'circuit',
    'rig',
    'charger-short-stuck-on',
    'The switch that shorts CHARGER, and its monostable, have failed closed: CHARGER is shorted for ever.',
    {
      do: 'circuit',
      change: [
        set('Q.chargerShort', 'off_Ohm', spread(0.5, 0)),
        set('Q.chargerShort', 'on_Ohm', spread(0.5, 0)),
        set('Q.chargerShort', 'monostable_ms', NEVER_ms),
      ],
    },
  ),
];

const dropFaults = (output: OutputSignal): readonly Fault[] =>
  (
    [
      ['half', 'has half its gain: a drop of 0.5 V reads 0.25 V', set(`U.${output}.drop`, 'gain', spread(1.25, 0))],
      ['double', 'has twice its gain', set(`U.${output}.drop`, 'gain', spread(5, 0))],
      ['dead', 'gives nothing: every drop reads 0 V', set(`U.${output}.drop`, 'gain', spread(1e-6, 0))],
      ['offset', 'has an offset that takes 0.12 V off every drop', set(`U.${output}.drop`, 'offset_V', range(-0.12, -0.12))],
    ] as const
  ).map(([name, words, change]) =>
    breaking('circuit', 'rig', `drop-${inNames(output)}-${name}`, `The drop amplifier of ${NAMES[output]} ${words}.`, {
      do: 'circuit',
      change: [change],
    }),
  );

export const OUTPUT_FAULTS: readonly Fault[] = [
  ...SINK_FAULTS,
  ...SHORT_FAULTS,
  sharedBias('load', 'preAlarm'),
  sharedBias('preAlarm', 'charger'),
  ...OUTPUTS.flatMap((output) => [
    ...comparatorFaults(output),
    ...noise(output),
    ...burdenFaults(output),
    ...biasFaults(output),
    ...dropFaults(output),
  ]),
];
