/** How codes become the values a self-test compares: by nominal parts, so that what differs is the board. */

import type { OutputSignal } from '../../scenarios/signals.ts';
import { ADC_CHANNELS, type AdcChannel } from '../fixture/channels.ts';
import { nominalValue } from '../bench/measure.ts';

/** Values by check. Levels are 0 and 1; the reference is its own code, because the others are counted in it. */
export type Values = ReadonlyMap<string, number>;

const CODES = 1_024;
/** Of a whole code: where its step begins and ends. */
const HALF_CODE = 0.5;

/** A code, whole or a mean of whole ones, and that of the reference beside it. */
export const valueOf = (channel: AdcChannel, code: number, reference: number): number =>
  channel === 'reference' ? code : nominalValue(channel, code, reference);

/** The same from the volts themselves: what a converter without steps would read. */
export const exactValueOf = (channel: AdcChannel, volts: number, reference_V: number, avcc_V: number): number => {
  const code = (value: number): number => Math.max(0, Math.min(CODES - HALF_CODE, (value / avcc_V) * CODES) - HALF_CODE);
  return valueOf(channel, code(volts), code(reference_V));
};

/** What steps of the converter add to both sides of a value: one of its own, one of the reference's. */
export const stepsOf = (channel: AdcChannel, value: number): number =>
  channel === 'reference' ? 1 : ADC_CHANNELS[channel].fullScale / CODES + Math.abs(value) / REFERENCE_CODE;
const REFERENCE_CODE = 921;

/** From here on a reading is at the end of its range, on any board: there the converter reads its last codes, and the reference, with AVCC 1 % low, at most so much. */
export const endOf = (channel: AdcChannel): number =>
  channel === 'reference' ? CODES : nominalValue(channel, LAST_CODE, HIGHEST_REFERENCE);
const LAST_CODE = 1_020;
const HIGHEST_REFERENCE = 936;

export const probeChannel = (output: OutputSignal): AdcChannel => `${output}Voltage`;
