/** When a short of CHARGER is looked at so that it can be confirmed: what flows through it and what it leaves, soon after it closes and before it opens. */

import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { AnalogSignal } from '../../scenarios/signals.ts';
import { EACH_us, windowBehind } from './window-behind.ts';

/** Switched, and the limit of a unit settled. */
const AFTER_BEGIN_us = 4_000;
const BEFORE_END_us = 4_000;
/** The current first and last, because the output may be a unit's that tries again and again: what it is at cannot flow later only. */
const LOOKED_AT: readonly AnalogSignal[] = ['sinkCurrent', 'chargerVoltage', 'sinkCurrent'];
const TAKES_us = (LOOKED_AT.length - 1) * EACH_us;

/** Instants after the short closes at which a look begins. */
const begins_us = (for_us: number): readonly number[] => {
  const last_us = for_us - BEFORE_END_us - TAKES_us;
  if (last_us < AFTER_BEGIN_us) return [];
  return last_us < 2 * AFTER_BEGIN_us + TAKES_us ? [last_us] : [AFTER_BEGIN_us, last_us];
};

/** `confirm-short-<n>-<m>-<entry>`: look n, its window m. */
export const shortLooks = (entries: readonly TimelineEntry[]): readonly TimelineEntry[] =>
  entries.flatMap((entry) => {
    const { id, do: action } = entry;
    if (action.kind !== 'pulse' || !action.changes.some(({ signal, value }) => signal === 'chargerShort' && value === 'on')) return [];
    return begins_us(action.for_us).flatMap((begin_us, nth) =>
      LOOKED_AT.map((analog, window) =>
        windowBehind(entry, begin_us + window * EACH_us, `confirm-short-${nth + 1}-${window + 1}-${id}`, analog),
      ),
    );
  });
