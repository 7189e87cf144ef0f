/** What a measurement will be uncertain by, from the bench's own conversion of the codes that a value would give. */

import type { AnalogSignal } from '../../scenarios/signals.ts';
import { OUTPUTS } from '../../scenarios/signals.ts';
import { measure, type Reading, type SampleEvent } from '../bench/measure.ts';
import { BY_SINKS, BY_SUPPLY, CALIBRATED, CALIBRATION_SCHEMA, type Calibration } from '../calibration/calibration.ts';
import { worstDerived } from '../calibration/derived.ts';
import { worstSinkCurrent } from '../calibration/sink-currents.ts';
import { lsb_mV, WORST_METER, WORST_RESIDUAL_LSB } from '../calibration/quality.ts';
import { ADC_CHANNELS, CHANNEL_OF, type AdcChannel, coarseOf, REFERENCE_mV } from '../fixture/channels.ts';

const CODES = 1_024;
const NOMINAL_AVCC_mV = 5_000;
const CONVERSIONS = 4;
const REFERENCE_CODE = Math.round((REFERENCE_mV / NOMINAL_AVCC_mV) * CODES);
/** Source: rig/bench/trace.ts, the burden of each output that is high and how well it is known. */
const BURDEN_Ohm = 100_000;
const BURDEN_ERROR = 0.01;

const codeOf = (channel: AdcChannel, value: number): number =>
  Math.max(0, Math.min(CODES - 1, Math.round((value / ADC_CHANNELS[channel].fullScale) * CODES)));

/** A bench in service: its calibration is as good as `rig calibrate` accepts it (rig/calibration/quality.ts). */
const IN_SERVICE: Calibration = {
  schema: CALIBRATION_SCHEMA,
  board: '00000000',
  method: 'factory',
  made: null,
  expires: null,
  meter: { name: 'none', gain: WORST_METER.gain, offset_mV: WORST_METER.offset_mV },
  supply: { gain: 1, offset_mV: 0, residual_mV: 0 },
  channels: Object.fromEntries(
    CALIBRATED.map((channel) => [channel, { gain: 1, offset_mV: 0, residual_mV: WORST_RESIDUAL_LSB * lsb_mV(channel) }]),
  ) as Calibration['channels'],
  derived: Object.fromEntries([
    ...BY_SUPPLY.map((channel) => [channel, worstDerived(channel, WORST_METER)] as const),
    ...BY_SINKS.map((channel) => [channel, worstSinkCurrent(channel, WORST_METER)] as const),
  ]),
  readings: [],
};

/** Worst case, one side, in the quantity's unit; `saturated` where the value is at the end of the range. */
export function measuringUncertainty(analog: AnalogSignal, value: number, supply_mV: number): Pick<Reading, 'uncertainty' | 'saturated'> {
  const channel = CHANNEL_OF[analog];
  const burden = analog === 'supplyCurrent' ? (OUTPUTS.length * supply_mV * 1000) / BURDEN_Ohm : 0;
  const code = codeOf(channel, value + burden);
  const coarse = coarseOf(channel);
  const event = {
    kind: 'sample',
    channel,
    count: 1,
    sum: code,
    max: code,
    reference: REFERENCE_CODE * CONVERSIONS,
    second: coarse === null ? 0 : codeOf(coarse, value + burden) * CONVERSIONS,
  } as SampleEvent;
  const { uncertainty, saturated } = measure(event, supply_mV / 1000, IN_SERVICE);
  return { uncertainty: uncertainty + burden * BURDEN_ERROR, saturated };
}
