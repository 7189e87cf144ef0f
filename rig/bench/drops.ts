/** Looks at the drop amplifiers before a case at a supply under which no output can be on: each then has to read what the dividers of supply and output are apart, nearly its whole range. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { OUTPUTS, type OutputSignal, TERMINALS } from '../../scenarios/signals.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import { type AdcChannel } from '../fixture/channels.ts';
import type { Command } from '../link/command-window.ts';
import type { Conversation } from '../link/conversation.ts';
import { converterCode } from './encode-drives.ts';
import { measure, type Reading } from './measure.ts';
import { runShortCase } from './short-case.ts';

/** Less than any controller starts at, and less than the 2 V of a drop amplifier, whatever its gain is off by. */
export const LOOK_mV = 1_500;
/** The supply gets there in half a millisecond; what hangs on a unit's supply is charged by 30 mA. */
const SETTLES_ms = 25;
const EACH_ms = 3;
/** A window may begin so much late, and must not be into the end of the supply. */
const LATE_ms = 6;
/** After it the supply is driven to 0 V: the case that follows begins from there. */
const GONE_ms = 15;
const PATIENCE_ms = 3_000;
/** The unit's current flows through 10 Ohm of shunt and a contact between the divider of the supply and the amplifier: with more than this nothing is told. */
const QUIET_uA = 1_000;
const WAY_Ohm = 21;
const FLOOR_CODE = 3;

const SET_ID = 0xfed0;
const FIRST_ID = 0xfed1;
const OFF_ID = 0xfede;
const END_ID = 0xfedf;

const CHANNELS: readonly AdcChannel[] = [
  'supplyCurrentLow',
  'supplyVoltageFine',
  ...OUTPUTS.flatMap((output): AdcChannel[] => [`${output}VoltageFine`, `${output}Drop`]),
];

export interface DropReading {
  readonly output: OutputSignal;
  /** Between these it lies. */
  readonly voltage_mV: readonly [least: number, most: number];
  readonly drop: Reading;
}

export interface RestReadings {
  readonly supply: Reading;
  readonly current: Reading;
  readonly outputs: readonly DropReading[];
}

const volts = (mV: number): string => `${(mV / 1_000).toFixed(3)} V`;
const lookAt = (output: OutputSignal): string =>
  `Look at U.${output}.drop, its resistors, the burden R.${output}.upper and R.${output}.lower beside it, and the sense contacts of batteryPlus and ${output}.`;

/** Null where every amplifier agrees with the dividers, else the fault: no drop that such an amplifier reads says anything of a unit. */
export const dropFault = ({ supply, current, outputs }: RestReadings): RigError | null => {
  const most_uA = current.saturated ? Infinity : current.value + current.uncertainty;
  // A unit that draws much at a voltage at which none works is for the case to show.
  if (supply.saturated || most_uA > QUIET_uA) return null;
  const way_mV = (WAY_Ohm * Math.max(0, most_uA)) / 1_000;
  const bad = outputs.filter(({ voltage_mV: [least_mV, most_mV], drop }) => {
    const low = !drop.saturated && !(drop.value + drop.uncertainty >= supply.value - supply.uncertainty - way_mV - most_mV);
    return low || drop.value - drop.uncertainty > supply.value + supply.uncertainty - least_mV;
  });
  const [first] = bad;
  if (first === undefined) return null;
  const { output, drop } = first;
  const told = drop.saturated ? 'the end of its range' : volts(drop.value);
  const text = `The drop amplifier of ${TERMINALS[output]} reads ${told} at a supply of ${volts(supply.value)}, under which every output is off and lies near 0 V.`;
  const hint =
    bad.length === outputs.length
      ? `All of them are off: look first whether the supply reaches the unit, at R.shunt.high and R.shunt.low.`
      : lookAt(output);
  return new RigError('dropBad', text, { hint });
};

interface With {
  readonly calibration: Calibration | null;
  readonly dividers: Dividers;
}

/** All three, in a short case of their own. Throws RigError `dropBad`, and the faults of link and fixture. */
export const measureDrops = async (conversation: Conversation, clock: Clock, { calibration, dividers }: With): Promise<void> => {
  const sample = await runShortCase({
    conversation,
    clock,
    what: 'a look at the drop amplifiers',
    patience_ms: PATIENCE_ms,
    commands: ({ at, after }) => [
      supplyTo(SET_ID, at(0), LOOK_mV),
      ...CHANNELS.map((channel, index): Command => ({
        kind: 'sample',
        id: FIRST_ID + index,
        when: at(SETTLES_ms + EACH_ms * index),
        channel,
        count: 16,
      })),
      supplyTo(OFF_ID, at(SETTLES_ms + EACH_ms * CHANNELS.length + LATE_ms), 0),
      { kind: 'end', id: END_ID, when: after(OFF_ID, GONE_ms) },
    ],
  });
  const read = (channel: AdcChannel): Reading =>
    measure(sample(FIRST_ID + CHANNELS.indexOf(channel)), LOOK_mV / 1_000, calibration, dividers);
  const between = (channel: AdcChannel): readonly [number, number] => {
    const { value, uncertainty, saturated } = read(channel);
    const { sum, count } = sample(FIRST_ID + CHANNELS.indexOf(channel));
    // At the lower end of its range a converter says "no more than"; no output lies below minus.
    return [sum / count < FLOOR_CODE ? 0 : Math.max(0, value - uncertainty), saturated ? Infinity : Math.max(0, value + uncertainty)];
  };
  const fault = dropFault({
    supply: read('supplyVoltageFine'),
    current: read('supplyCurrentLow'),
    outputs: OUTPUTS.map((output) => ({ output, voltage_mV: between(`${output}VoltageFine`), drop: read(`${output}Drop`) })),
  });
  if (fault !== null) throw fault;
};

const supplyTo = (id: number, when: Extract<Command, { readonly kind: 'set' }>['when'], mV: number): Command => ({
  kind: 'set',
  id,
  when,
  mask: 0,
  value: 0,
  codes: [{ converter: 'supply', code: converterCode('supply', mV, null) }],
});
