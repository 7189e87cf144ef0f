/** Faults of what the fixture hangs on the unit's outputs: comparators, burdens. */

import { spread } from '../../fixture/netlist/part.ts';
import type { OutputSignal } from '../../../scenarios/signals.ts';
import { OUTPUTS } from '../../../scenarios/signals.ts';
import { set } from '../defects/change.ts';
import { breaking, type Fault } from './fault.ts';

const NAMES: Readonly<Record<OutputSignal, string>> = { load: 'LOAD', preAlarm: 'PRE-ALARM', charger: 'CHARGER' };
const inNames = (output: OutputSignal): string => (output === 'preAlarm' ? 'prealarm' : output);

/** What is not connected, on a board that is not quite clean: far above anything of the circuit. At 1 GOhm the circuit's solver loses a unit's start-up on some seeds. */
const OPEN_Ohm = 1e8;
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

export const OUTPUT_FAULTS: readonly Fault[] = OUTPUTS.flatMap((output) => [
  ...comparatorFaults(output),
  ...noise(output),
  ...burdenFaults(output),
]);
