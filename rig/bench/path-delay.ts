/** How long after a change at the unit's terminal, or of its light, the fixture's pin follows at the worst: from the parts of the circuit that lie between. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { isOutput, type SenseLevel, type SenseSignal } from '../../scenarios/signals.ts';
import { SENSE_PINS } from '../fixture/channels.ts';
import { FIXTURE_NETLIST } from '../fixture/netlist/fixture.ts';
import { findPart, partsOf } from '../fixture/netlist/netlist.ts';
import type { PartOf, Spread } from '../fixture/netlist/part.ts';

const most = ({ nominal, tolerance }: Spread): number => nominal * (1 + tolerance);

const part = <K extends 'resistor' | 'capacitor' | 'comparator'>(kind: K, ref: string): PartOf<K> => {
  const found = findPart(FIXTURE_NETLIST, ref);
  if (found?.kind !== kind) throw new Error(`the netlist has no ${kind} ${ref}`);
  return found as PartOf<K>;
};

/** From the light to the pin. */
const sensorMost_us = (signal: SenseSignal): number => {
  const { pin } = SENSE_PINS[signal];
  const found = partsOf(FIXTURE_NETLIST, 'lightSensor').find((sensor) => sensor.pin.pin === pin);
  if (found === undefined) throw new Error(`the netlist has no sensor of ${signal}`);
  return found.response_us.max;
};

/**
 * An output that the unit drives is there at once. One that it has let go of falls as fast as the burden takes the charge out of cable and stage, down to where the
 * comparator changes; the larger the divider of this bench, the larger the burden.
 */
export const pathMost_us = (signal: SenseSignal, level: SenseLevel, dividers: Dividers): number => {
  if (!isOutput(signal)) return sensorMost_us(signal);
  const { ratio, hysteresis, response_us } = part('comparator', `U.${signal}.level`);
  if (level === 'high') return response_us.max;
  const burden_Ohm = most(part('resistor', `R.${signal}.lower`).resistance_Ohm) * dividers[signal];
  const charge_s = burden_Ohm * most(part('capacitor', `C.${signal}`).capacitance_F);
  // The four resistors of the two dividers shift the threshold by 2 % of it at most.
  const threshold = ratio * (1 - hysteresis / 2) * 0.98;
  return charge_s * 1e6 * Math.log(1 / threshold) + response_us.max;
};
