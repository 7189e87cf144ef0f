/** How good a calibration has to be, and whether one is: within 0.2 % of each range, stated uncertainty included. */

import { ADC_CHANNELS, type AdcChannel, REFERENCE_mV } from '../fixture/channels.ts';
import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { dividerShare, DIVIDERS_AS_BUILT } from './dividers.ts';
import { CALIBRATED, LARGEST_GAIN_ERROR, type Calibration } from './calibration.ts';

const CODES = 1_024;
const PIN_FULL_SCALE_mV = 5_000;

export const RANGE_SHARE = 0.002;
/** A meter of 5 1/2 digits. */
export const WORST_METER = { gain: 0.00015, offset_mV: 1 } as const;
/** Half a step is what a perfect converter leaves; the rest is its curve. */
export const WORST_RESIDUAL_LSB = 0.6;
const LARGEST_OFFSET_LSB = 5;

export const range_mV = (channel: AdcChannel, dividers: Dividers): number =>
  ADC_CHANNELS[channel].fullScale * dividerShare(channel, dividers);
export const lsb_mV = (channel: AdcChannel, dividers = DIVIDERS_AS_BUILT): number => range_mV(channel, dividers) / CODES;

/** What is wrong with a calibration, one sentence each; empty = it may be used. */
export const qualityFaults = (
  { channels, meter }: Pick<Calibration, 'channels' | 'meter'>,
  dividers: Dividers = DIVIDERS_AS_BUILT,
): readonly string[] =>
  CALIBRATED.flatMap((channel): string[] => {
    const correction = channels[channel];
    if (correction === undefined) return [`${channel} was not calibrated`];
    const { offset_mV, residual_mV } = correction;
    const divided = dividerShare(channel, dividers);
    const gain = correction.gain / divided;
    if (
      Math.abs(gain - 1) > LARGEST_GAIN_ERROR ||
      Math.abs(offset_mV) > LARGEST_OFFSET_LSB * lsb_mV(channel, dividers) + OFFSET_OF_AMPLIFIER_mV * divided
    )
      return [`${channel} is off by ${((gain - 1) * 100).toFixed(2)} % and ${offset_mV.toFixed(0)} mV, more than its parts allow`];
    const share = worstShare(range_mV(channel, dividers), residual_mV, meter);
    return share <= RANGE_SHARE
      ? []
      : [`${channel} is good to ${(share * 100).toFixed(2)} % of its range only (residual ${residual_mV.toFixed(1)} mV)`];
  });

const OFFSET_OF_AMPLIFIER_mV = 16;
const REFERENCE_CODE = (REFERENCE_mV / PIN_FULL_SCALE_mV) * CODES;
const REFERENCE_DRIFT = 0.0001;

/** Stated uncertainty at the end of a range, as a share of it. Source of the terms: rig/bench/measure.ts. */
const worstShare = (range: number, residual_mV: number, meter: Calibration['meter']): number =>
  (residual_mV + meter.offset_mV + range * (meter.gain + REFERENCE_DRIFT + 1 / REFERENCE_CODE)) / range;
