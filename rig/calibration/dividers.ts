/** What a bench with other dividers than the fixture's own makes of a voltage. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { DIVIDER_AS_BUILT as AS_BUILT } from '../../scenarios/language/bench/shape.ts';
import type { AdcChannel } from '../fixture/channels.ts';

export const DIVIDERS_AS_BUILT: Dividers = { supply: AS_BUILT, load: AS_BUILT, preAlarm: AS_BUILT, charger: AS_BUILT };

/** How much more a code of a channel means on a bench with these dividers. */
export const dividerShare = (channel: AdcChannel, dividers: Dividers): number => {
  const divided = /^(supply|load|preAlarm|charger)Voltage/.exec(channel)?.[1] as keyof Dividers | undefined;
  return divided === undefined ? 1 : dividers[divided] / AS_BUILT;
};
