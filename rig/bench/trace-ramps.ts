/** Ramps as executed: the line that each drive followed at the unit's terminal, and how far off it the terminal may have been. */

import type { Timeline } from '../../scenarios/contracts/timeline.ts';
import type { Ramp, Stimulus } from '../../scenarios/contracts/trace.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { CONVERTER } from '../fixture/channels.ts';

type Driven = Ramp['signal'];

/** Worst case of a drive by its parts: of the value, and a constant. Source: rig/fixture/netlist (supply.ts, inputs.ts); ELECTRICS.md, "Supply" and "Remote". */
const PARTS: Readonly<Record<Driven, { readonly gain: number; readonly offset_mV: number }>> = {
  supply: { gain: 0.003, offset_mV: 10 },
  remoteH: { gain: 0.002, offset_mV: 3 },
  remoteL: { gain: 0.002, offset_mV: 3 },
};
/** The shunts of 10.1 Ohm lie between the converter and the unit, which draws less than 5 mA with nothing attached, its burdens included. */
const BEHIND_SHUNTS_mV = 51;
const CODES = 2 ** 16;
/** A ramp moves in steps of a millisecond, or of one code where that takes longer; one shorter than 20 ms has 20 of them (encode-timeline.ts). */
const STEP_us = 1_000;
const LEAST_STEPS = 20;

/** Worst case of a drive at a voltage, one side; the supply as well as a calibration knows it. */
export const driveUncertainty_mV = (signal: Driven, value_mV: number, calibration: Calibration | null): number => {
  const code_mV = CONVERTER[signal].fullScale_mV / CODES;
  if (signal === 'supply' && calibration !== null) {
    const { supply, meter } = calibration;
    return supply.residual_mV + meter.offset_mV + value_mV * meter.gain + code_mV + BEHIND_SHUNTS_mV;
  }
  const { gain, offset_mV } = PARTS[signal];
  return value_mV * gain + offset_mV + code_mV + (signal === 'supply' ? BEHIND_SHUNTS_mV : 0);
};

/** How far the steps of a ramp are from a straight line. */
export const stepOf_mV = (signal: Driven, from_mV: number, to_mV: number, over_us: number): number =>
  Math.max(CONVERTER[signal].fullScale_mV / CODES, Math.abs(to_mV - from_mV) / Math.max(LEAST_STEPS, over_us / STEP_us));

/** One for each ramp that was begun and ended. */
export const traceRamps = (timeline: Timeline, stimuli: readonly Stimulus[], calibration: Calibration | null): readonly Ramp[] =>
  timeline.entries.flatMap(({ id, do: action }): Ramp[] => {
    const stimulus = stimuli.find(({ entry }) => entry === id);
    if (action.kind !== 'ramp' || stimulus?.outcome !== 'done' || stimulus.done_us === null || stimulus.ended_us === null) return [];
    const { signal, from_mV, to_mV, over_us } = action;
    const uncertainty_mV =
      Math.max(driveUncertainty_mV(signal, from_mV, calibration), driveUncertainty_mV(signal, to_mV, calibration)) +
      stepOf_mV(signal, from_mV, to_mV, over_us);
    return [
      {
        entry: id,
        signal,
        from_us: stimulus.done_us,
        to_us: stimulus.ended_us,
        from_mV,
        to_mV,
        uncertainty_mV,
        uncertainty_us: stimulus.uncertainty_us,
      },
    ];
  });
