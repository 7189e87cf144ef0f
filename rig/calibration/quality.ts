/** How good a calibration has to be, and whether one is: within 0.2 % of each range, stated uncertainty included. */

import { ADC_CHANNELS, type AdcChannel, REFERENCE_mV } from '../fixture/channels.ts';
import { CALIBRATED, type Calibration, type CalibratedChannel } from './calibration.ts';

const CODES = 1_024;
const PIN_FULL_SCALE_mV = 5_000;

export const RANGE_SHARE = 0.002;
/** A meter of 5 1/2 digits. */
export const WORST_METER = { gain: 0.00015, offset_mV: 1 } as const;
/** Half a step is what a perfect converter leaves; the rest is its curve. */
export const WORST_RESIDUAL_LSB = 0.6;
/** How far a board may be off before it is broken rather than uncalibrated. Source: rig/bench/measure.ts, the budget of a fine range. */
export const LARGEST_GAIN_ERROR = 0.025;
const LARGEST_OFFSET_LSB = 5;

export const lsb_mV = (channel: AdcChannel): number => ADC_CHANNELS[channel].fullScale / CODES;

/** What is wrong with a calibration, one sentence each; empty = it may be used. */
export const qualityFaults = ({ channels, meter }: Pick<Calibration, 'channels' | 'meter'>): readonly string[] =>
  CALIBRATED.flatMap((channel): string[] => {
    const correction = channels[channel];
    if (correction === undefined) return [`${channel} was not calibrated`];
    const { gain, offset_mV, residual_mV } = correction;
    if (Math.abs(gain - 1) > LARGEST_GAIN_ERROR || Math.abs(offset_mV) > LARGEST_OFFSET_LSB * lsb_mV(channel) + OFFSET_OF_AMPLIFIER_mV)
      return [`${channel} is off by ${((gain - 1) * 100).toFixed(2)} % and ${offset_mV.toFixed(0)} mV, more than its parts allow`];
    const share = worstShare(channel, residual_mV, meter);
    return share <= RANGE_SHARE
      ? []
      : [`${channel} is good to ${(share * 100).toFixed(2)} % of its range only (residual ${residual_mV.toFixed(1)} mV)`];
  });

const OFFSET_OF_AMPLIFIER_mV = 16;
const REFERENCE_CODE = (REFERENCE_mV / PIN_FULL_SCALE_mV) * CODES;
const REFERENCE_DRIFT = 0.0001;

/** Stated uncertainty at the end of a range, as a share of it. Source of the terms: rig/bench/measure.ts. */
const worstShare = (channel: CalibratedChannel, residual_mV: number, meter: Calibration['meter']): number => {
  const range_mV = ADC_CHANNELS[channel].fullScale;
  return (residual_mV + meter.offset_mV + range_mV * (meter.gain + REFERENCE_DRIFT + 1 / REFERENCE_CODE)) / range_mV;
};
