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

/** What an edge rests on; `trip`: on the end of a wait with a low cell. */
export interface Reason {
  readonly segment: Segment;
  readonly alone: boolean;
  readonly trip: boolean;
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

function sinceOf({ segment, alone, trip }: Reason, wait: Wait | null): Since | null {
  if (trip) return tripSince(segment, wait);
  const { cause, cause_us, tolerance_us, from_us } = segment;
  return alone || cause === null ? null : { at_us: from_us[0], cause, cause_us, tolerance_us };
}

/** The first of all reasons; null where one of them is not bound to any instant. */
export function earliestSince(reasons: readonly Reason[], wait: Wait | null = null): Since | null {
  let first: Since | null = null;
  for (const reason of reasons) {
    const one = sinceOf(reason, wait);
    if (one === null) return null;
    if (first === null || one.at_us < first.at_us) first = one;
  }
  return first;
}
