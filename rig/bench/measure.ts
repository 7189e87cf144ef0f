/** Converter codes to quantities with their worst-case uncertainty: by the board's calibration, or one budget per channel from the tolerances of the netlist. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import type { Calibration, Correction, DerivedCorrection } from '../calibration/calibration.ts';
import { dividerShare, DIVIDERS_AS_BUILT } from '../calibration/dividers.ts';
import { ADC_CHANNELS, type AdcChannel, coarseOf, REFERENCE_mV } from '../fixture/channels.ts';
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

/** Both resistors at their ends; a fine range also has its amplifier, whose offset counts 16-fold. */
const divider: Budget = { gain: 0.0095, offset: 0, perVolt: 0 };
const fine: Budget = { gain: 0.0115, offset: 16, perVolt: 0 };
const senseDivider: Budget = { gain: 0.01, offset: 0, perVolt: 0 };
const drop: Budget = { gain: 0.005, offset: 3, perVolt: 0.1 };
const shunt: Budget = { gain: 0.004, offset: 2, perVolt: 0.1 };
const light: Budget = { gain: 0.2, offset: 150, perVolt: 0 };

export const BUDGETS: Readonly<Record<AdcChannel, Budget>> = {
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
  supplyVoltageFine: fine,
  loadVoltageFine: fine,
  preAlarmVoltageFine: fine,
  chargerVoltageFine: fine,
  // Both contacts and both switches in series: what the switches have above or below their 0.2 Ohm, and the amplifier's offset.
  contact: { gain: 0.015, offset: 300, perVolt: 0 },
  sinkCurrent: { gain: 0.008, offset: 20, perVolt: 0 },
  sinkCurrentLow: { gain: 0.008, offset: 20, perVolt: 0 },
};

const CODES = 1_024;
/** Absolute accuracy of the converter, quantisation included. Source: ATmega2560 datasheet, ADC characteristics (2 LSB typical for each of its errors). */
const CONVERTER_LSB = 2.5;
/** Initial error of the precision reference; what temperature and a year can add to it. */
const REFERENCE_ERROR = 0.001;
const REFERENCE_DRIFT = 0.0001;
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

/** The value a code stands for by nominal parts. A code stands for the middle of its step; dividing by the reference's code takes AVCC out. */
export const nominalValue = (channel: AdcChannel, code: number, referenceCode: number): number =>
  ((code + 0.5) / (referenceCode + 0.5)) * (REFERENCE_mV / PIN_FULL_SCALE_mV) * ADC_CHANNELS[channel].fullScale;

const NOMINAL_REFERENCE_CODE = (REFERENCE_mV / PIN_FULL_SCALE_mV) * CODES;

/** Worst-case error of a value read through a channel, in its unit: by the tolerances of the parts alone. */
export const uncertaintyOf = (channel: AdcChannel, value: number, supply_V: number, referenceCode = NOMINAL_REFERENCE_CODE): number => {
  const { gain, offset, perVolt } = BUDGETS[channel];
  const lsb = ADC_CHANNELS[channel].fullScale / CODES;
  return CONVERTER_LSB * lsb + value * (gain + REFERENCE_ERROR + CONVERTER_LSB / referenceCode) + offset + perVolt * supply_V;
};

const correctionOf = (channel: AdcChannel, calibration: Calibration | null): Correction | undefined =>
  (calibration?.channels as Readonly<Partial<Record<AdcChannel, Correction>>> | undefined)?.[channel];

const derivedOf = (channel: AdcChannel, calibration: Calibration | null): DerivedCorrection | undefined => {
  const derived: Readonly<Partial<Record<AdcChannel, DerivedCorrection>>> | undefined = calibration?.derived;
  return derived?.[channel];
};

interface With {
  readonly supply_V: number;
  readonly calibration: Calibration | null;
  readonly dividers: Dividers;
}

const reading = (channel: AdcChannel, code: number, referenceCode: number, { supply_V, calibration, dividers }: With): Reading => {
  const nominal = nominalValue(channel, code, referenceCode);
  const saturated = code >= SATURATED_CODE;
  const derived = derivedOf(channel, calibration);
  if (derived !== undefined) {
    const value = derived.gain * nominal + derived.offset;
    const relative = derived.truth.gain + REFERENCE_DRIFT + 1 / referenceCode;
    const common = BUDGETS[channel].perVolt * supply_V;
    return { value, uncertainty: derived.residual + derived.truth.offset + Math.abs(value) * relative + common, saturated };
  }
  const correction = correctionOf(channel, calibration);
  if (correction === undefined || calibration === null) {
    const share = dividerShare(channel, dividers);
    return { value: share * nominal, uncertainty: share * uncertaintyOf(channel, nominal, supply_V, referenceCode), saturated };
  }
  const value = correction.gain * nominal + correction.offset_mV;
  // AVCC is known by the reference's code, then and now within half a step each.
  const relative = calibration.meter.gain + REFERENCE_DRIFT + 1 / referenceCode;
  return { value, uncertainty: correction.residual_mV + calibration.meter.offset_mV + Math.abs(value) * relative, saturated };
};

/** A sample event as a reading. Where a fine range is at its end, the coarser one of the same window is taken. */
export const measure = (
  event: SampleEvent,
  supply_V: number,
  calibration: Calibration | null,
  dividers: Dividers = DIVIDERS_AS_BUILT,
): Reading => ranges(event, supply_V, calibration, dividers)[0];

/** The same, and behind it what the other range read, where there is one: the coarse one, or the fine one that is at its end. */
export const ranges = (
  { channel, count, sum, max, reference, second }: SampleEvent,
  supply_V: number,
  calibration: Calibration | null,
  dividers: Dividers = DIVIDERS_AS_BUILT,
): readonly [Reading, Reading?] => {
  const given = { supply_V, calibration, dividers };
  const referenceCode = reference / REFERENCE_CONVERSIONS;
  const direct = reading(channel, sum / count, referenceCode, given);
  const fine = { ...direct, saturated: direct.saturated || max >= SATURATED_CODE };
  const coarse = coarseOf(channel);
  if (coarse === null) return [fine];
  const wide = reading(coarse, second / REFERENCE_CONVERSIONS, referenceCode, given);
  return max >= SATURATED_CODE ? [wide, fine] : [fine, wide];
};

/** Voltage in front of a divider for a single code; `avcc_mV` is 5 V where no reference was converted nearby. */
export const dividerVoltage_mV = (code: number, avcc_mV: number, divider: number): number => (code / CODES) * avcc_mV * divider;

/** AVCC as a sample's reference codes show it. */
export const avccOf_mV = ({ reference }: SampleEvent): number => (REFERENCE_mV * CODES) / (reference / REFERENCE_CONVERSIONS + 0.5);
