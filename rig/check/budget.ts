/** What a measurement will be uncertain by, from the bench's own conversion of the codes that a value would give. */

import type { AnalogSignal } from '../../scenarios/signals.ts';
import { OUTPUTS } from '../../scenarios/signals.ts';
import { measure, type Reading, type SampleEvent } from '../bench/measure.ts';
import { ADC_CHANNELS, CHANNEL_OF, type AdcChannel, REFERENCE_mV } from '../fixture/channels.ts';

const CODES = 1_024;
const NOMINAL_AVCC_mV = 5_000;
const CONVERSIONS = 4;
const REFERENCE_CODE = Math.round((REFERENCE_mV / NOMINAL_AVCC_mV) * CODES);
/** Source: rig/bench/trace.ts, the burden of each output that is high and how well it is known. */
const BURDEN_Ohm = 100_000;
const BURDEN_ERROR = 0.01;

const codeOf = (channel: AdcChannel, value: number): number =>
  Math.max(0, Math.min(CODES - 1, Math.round((value / ADC_CHANNELS[channel].fullScale) * CODES)));

/** Worst case, one side, in the quantity's unit; `saturated` where the value is at the end of the range. */
export function measuringUncertainty(analog: AnalogSignal, value: number, supply_mV: number): Pick<Reading, 'uncertainty' | 'saturated'> {
  const channel = CHANNEL_OF[analog];
  const burden = analog === 'supplyCurrent' ? (OUTPUTS.length * supply_mV * 1000) / BURDEN_Ohm : 0;
  const code = codeOf(channel, value + burden);
  const event = {
    kind: 'sample',
    channel,
    count: 1,
    sum: code,
    max: code,
    reference: REFERENCE_CODE * CONVERSIONS,
    second: codeOf('supplyCurrentMid', value + burden) * CONVERSIONS,
  } as SampleEvent;
  const { uncertainty, saturated } = measure(event, supply_mV / 1000);
  return { uncertainty: uncertainty + burden * BURDEN_ERROR, saturated };
}
