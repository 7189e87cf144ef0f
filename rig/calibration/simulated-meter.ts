/** A multimeter of 5 1/2 digits as the simulation has it: each one a little off, within what its maker states. */

import type { Calibration } from './calibration.ts';
import { randomStream } from '../sim/random.ts';

export const SIMULATED_METER: Calibration['meter'] = { name: 'simulated, 5 1/2 digits, 0.015 % + 1 mV', gain: 0.00015, offset_mV: 1 };
const DIGIT_mV = 0.1;

/** What the meter of this seed shows for a voltage, in mV. */
export const simulatedMeter = (seed: number): ((volts: number) => number) => {
  const random = randomStream(seed, 'multimeter');
  const gain = 1 + random.between(-1, 1) * SIMULATED_METER.gain;
  const offset_mV = random.between(-1, 1) * (SIMULATED_METER.offset_mV - DIGIT_mV);
  return (volts) => Math.round((volts * 1000 * gain + offset_mV) / DIGIT_mV) * DIGIT_mV;
};
