/** Which windows show whether the supply current is what it is measured to be: beside what a sink draws and once it draws no more. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { AnalogSignal, DriveSignal } from '../../scenarios/signals.ts';
import { EACH_us, windowBehind } from './window-behind.ts';

/** A pulse as the compiler makes them is 20 ms long and is measured 8 ms in; a window takes 1.8 ms, and what the sink draws is looked at 8 ms before its end. */
const LEAST_PULSE_us = 20_000;

interface During {
  readonly name: string;
  readonly analog: AnalogSignal;
  /** Of the pulse; behind its end where it is negative. */
  readonly beforeEnd_us: number;
}

/** Behind the bypass both ranges of the shunt see a fiftieth of the current; a sink of CHARGER needs no bypass, and its current goes through the shunt. */
const AMPERE: readonly During[] = [
  { name: 'bypassed', analog: 'supplyCurrent', beforeEnd_us: 16_000 },
  { name: 'supply', analog: 'supplyCurrentHigh', beforeEnd_us: 14_000 },
  // The bypass is open again.
  { name: 'after', analog: 'supplyCurrent', beforeEnd_us: -3_000 },
];
const DURING: Partial<Readonly<Record<DriveSignal, readonly During[]>>> = {
  loadSink: AMPERE,
  preAlarmSink: AMPERE,
  chargerSink: [
    { name: 'supply', analog: 'supplyCurrent', beforeEnd_us: 14_000 },
    { name: 'after', analog: 'supplyCurrent', beforeEnd_us: -1_000 },
  ],
};

/** For each pulse of a sink long enough: `confirm-sink-<id>-supply`, and of one of 1 A `confirm-sink-<id>-bypassed`. */
export const supplyLooks = ({ entries, endBounds_us }: Case['timeline']): readonly TimelineEntry[] =>
  entries.flatMap((entry) => {
    const { id, do: action } = entry;
    if (action.kind !== 'pulse' || action.for_us < LEAST_PULSE_us) return [];
    const { for_us } = action;
    return action.changes
      .flatMap(({ signal }) => DURING[signal] ?? [])
      .map(({ name, analog, beforeEnd_us }) => windowBehind(entry, for_us - beforeEnd_us, `confirm-sink-${id}-${name}`, analog))
      .filter(({ bounds_us: [earliest] }) => earliest <= endBounds_us[0] - EACH_us);
  });
