/** Converter codes to quantities with their worst-case uncertainty: one budget per channel, from the tolerances of the netlist. */

import { ADC_CHANNELS, type AdcChannel, REFERENCE_mV } from '../fixture/channels.ts';
import type { FixtureEvent } from '../wire/messages.ts';

export type SampleEvent = Extract<FixtureEvent, { readonly kind: 'sample' }>;

/** Worst case of one channel beside what the converter and the reference add. Source: rig/fixture/netlist, both resistors of a divider at their ends. */
interface Budget {
  /** Of the value. */
  readonly gain: number;
  /** In the channel's unit. */
  readonly offset: number;
  /** In the channel's unit per volt of supply: common mode of the amplifiers (80 dB drops, 120 dB currents over 10 Ohm). */
  readonly perVolt: number;
}

const divider: Budget = { gain: 0.002, offset: 0, perVolt: 0 };
const senseDivider: Budget = { gain: 0.01, offset: 0, perVolt: 0 };
const drop: Budget = { gain: 0.005, offset: 3, perVolt: 0.1 };
const shunt: Budget = { gain: 0.004, offset: 2, perVolt: 0.1 };
const light: Budget = { gain: 0.2, offset: 150, perVolt: 0 };

const BUDGETS: Readonly<Record<AdcChannel, Budget>> = {
  supplyVoltage: divider,
  loadVoltage: divider,
  preAlarmVoltage: divider,
  chargerVoltage: divider,
  loadDrop: drop,
  preAlarmDrop: drop,
  chargerDrop: drop,
  supplyCurrentLow: shunt,
  supplyCurrentMid: shunt,
  supplyCurrentHigh: { gain: 0.008, offset: 200, perVolt: 10 },
  reference: { gain: 0, offset: 0, perVolt: 0 },
  remoteHVoltage: senseDivider,
  remoteLVoltage: senseDivider,
  ledBlueBrightness: light,
  ledRedBrightness: light,
};

const CODES = 1_024;
/** Absolute accuracy of the converter, quantisation included. Source: ATmega2560 datasheet, ADC characteristics (typ. 2 LSB). */
const CONVERTER_LSB = 2;
/** Initial error of the precision reference. */
const REFERENCE_ERROR = 0.0005;
const PIN_FULL_SCALE_mV = 5_000;
/** From this code on an amplifier may be at its rail. */
const SATURATED_CODE = 1_010;
const REFERENCE_CONVERSIONS = 4;

export interface Reading {
  readonly value: number;
  /** One side, worst case, same unit. */
  readonly uncertainty: number;
  /** The reading is at the end of its range: the value may be anything above. */
  readonly saturated: boolean;
}

const NOMINAL_REFERENCE_CODE = (REFERENCE_mV / PIN_FULL_SCALE_mV) * CODES;

/** Worst-case error of a value read through a channel, in its unit. */
export const uncertaintyOf = (channel: AdcChannel, value: number, supply_V: number, referenceCode = NOMINAL_REFERENCE_CODE): number => {
  const { fullScale } = ADC_CHANNELS[channel];
  const { gain, offset, perVolt } = BUDGETS[channel];
  return (fullScale * CONVERTER_LSB) / CODES + value * (gain + REFERENCE_ERROR + 1 / referenceCode) + offset + perVolt * supply_V;
};

const reading = (channel: AdcChannel, code: number, referenceCode: number, supply_V: number): Reading => {
  const { fullScale } = ADC_CHANNELS[channel];
  // A code stands for the middle of its step; dividing by the reference's code takes AVCC out.
  const value = ((code + 0.5) / (referenceCode + 0.5)) * (REFERENCE_mV / PIN_FULL_SCALE_mV) * fullScale;
  return {
    value,
    uncertainty: uncertaintyOf(channel, value, supply_V, referenceCode),
    saturated: code >= SATURATED_CODE,
  };
};

/** A sample event as a reading. The low range of the supply current falls over to the mid range, converted in the same window, where it is at its end. */
export const measure = ({ channel, count, sum, max, reference, second }: SampleEvent, supply_V: number): Reading => {
  const referenceCode = reference / REFERENCE_CONVERSIONS;
  if (channel === 'supplyCurrentLow' && max >= SATURATED_CODE)
    return reading('supplyCurrentMid', second / REFERENCE_CONVERSIONS, referenceCode, supply_V);
  const direct = reading(channel, sum / count, referenceCode, supply_V);
  return { ...direct, saturated: direct.saturated || max >= SATURATED_CODE };
};

/** Voltage behind a 16 : 1 divider for a single code; `avcc_mV` is 5 V where no reference was converted nearby. */
export const dividerVoltage_mV = (code: number, avcc_mV: number): number =>
  (code / CODES) * ADC_CHANNELS.supplyVoltage.fullScale * (avcc_mV / PIN_FULL_SCALE_mV);

/** AVCC as a sample's reference codes show it. */
export const avccOf_mV = ({ reference }: SampleEvent): number => (REFERENCE_mV * CODES) / (reference / REFERENCE_CONVERSIONS + 0.5);
