/** When outputs that may float are looked at again and again, so that a comparator which says "high" by itself, for moments only, is caught at it. */

import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import { type AnalogSignal, OUTPUTS } from '../../scenarios/signals.ts';

/** No multiple of anything that oscillates evenly: 200 Hz is met in ten phases, one after the other. */
const EVERY_us = 603_000;
/** Of a case that lasts for hours: then more seldom. */
const MOST = 200;

export interface FloatLook {
  readonly analogs: readonly AnalogSignal[];
  readonly from_us: number;
}

/** From the one instant to the other. An output that has to be high is probed by the fixture itself where it is said not to be. */
export const floatLooks = ({ allowed }: Prediction, from_us: number, to_us: number): readonly FloatLook[] => {
  const spans = allowed.filter(({ levels }) => levels.some((level) => level !== 'high'));
  const every_us = Math.max(EVERY_us, (to_us - from_us) / MOST);
  const looks: FloatLook[] = [];
  for (let at_us = from_us + every_us; at_us < to_us; at_us += every_us) {
    const floating = OUTPUTS.filter((output) => spans.some((one) => one.signal === output && one.from_us <= at_us && one.to_us >= at_us));
    if (floating.length > 0) looks.push({ analogs: floating.map((output): AnalogSignal => `${output}Voltage`), from_us: at_us });
  }
  return looks;
};
