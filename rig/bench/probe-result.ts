/** What a probe says of an output: high, floating, low or leaky, from three voltages. */

import type { ProbeLevel } from '../../scenarios/signals.ts';

/** Limits of ELECTRICS.md, "Outputs". */
export const FLOATING_OFF_BELOW_mV = 1_000;
export const FLOATING_ON_ABOVE = 0.8;
const LOW_ON_BELOW = 0.5;
const HIGH_OFF_ABOVE = 0.5;

/** `biasOff_mV` and `biasOn_mV` are the output's voltage without and with 10 kOhm to the unit's own supply; burden 100 kOhm. */
export const probeResult = (biasOff_mV: number, biasOn_mV: number, supply_mV: number): ProbeLevel => {
  if (biasOff_mV > Math.max(HIGH_OFF_ABOVE * supply_mV, FLOATING_OFF_BELOW_mV)) return 'high';
  if (biasOff_mV < FLOATING_OFF_BELOW_mV && biasOn_mV > FLOATING_ON_ABOVE * supply_mV) return 'floating';
  return biasOn_mV < LOW_ON_BELOW * supply_mV ? 'low' : 'leaky';
};
