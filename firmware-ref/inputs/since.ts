/** Since when an edge of LOAD can have had its reason: the blue LED, which has the same reason, cannot show it before (R17). */

import type { CauseRef } from '../../scenarios/contracts/prediction.ts';
import type { Wait } from '../rules/rule.ts';
import type { Segment } from './segments.ts';

/** The earliest instant, and the cause that it is counted from with that cause's own instant. */
export interface Since {
  readonly at_us: number;
  readonly cause: CauseRef;
  readonly cause_us: number;
  readonly tolerance_us: number;
}

/** What an edge rests on. */
export interface Reason {
  readonly segment: Segment;
  readonly alone: boolean;
}

/** A trip needs a low cell and a wait; which of them came later is its reason. */
function tripSince({ pole1_us, pole1Entry, tolerance_us }: Segment, wait: Wait | null): Since | null {
  const [at_us] = pole1_us;
  const low: Since | null =
    pole1Entry === null ? null : { at_us, cause: { kind: 'entry', entry: pole1Entry }, cause_us: at_us, tolerance_us };
  if (wait === null || wait.ref === null) return low;
  const rise: Since = { at_us: Math.min(wait.from_us, wait.ref_us), cause: wait.ref, cause_us: wait.ref_us, tolerance_us };
  return low === null || rise.at_us > low.at_us ? rise : low;
}

/** The first of all reasons; null where one of them is not bound to any instant. `isTrip`: whether one rests on the end of a wait with a low cell. */
export function earliestSince<R extends Reason>(
  reasons: readonly R[],
  isTrip: (reason: R) => boolean,
  wait: Wait | null = null,
): Since | null {
  let first: Since | null = null;
  for (const reason of reasons) {
    const { segment, alone } = reason;
    if (isTrip(reason)) {
      const trip = tripSince(segment, wait);
      if (trip === null) return null;
      if (first === null || trip.at_us < first.at_us) first = trip;
      continue;
    }
    const { cause, cause_us, tolerance_us } = segment;
    const at_us = segment.from_us[0];
    if (alone || cause === null) return null;
    if (first === null || at_us < first.at_us) first = { at_us, cause, cause_us, tolerance_us };
  }
  return first;
}
