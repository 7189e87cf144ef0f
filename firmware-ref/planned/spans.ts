/** Allowed levels over time from everything a signal can get to. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { CiteId } from '../rules/cites.ts';
import type { Levels, SpanList } from '../spans.ts';
import { ordered } from './order.ts';

/** A level that may hold from one instant to another. */
export interface Holding {
  readonly high: boolean;
  readonly from_us: number;
  readonly to_us: number;
  readonly cite: CiteId;
}

export interface Stretch {
  readonly from_us: number;
  readonly levels: Levels;
  readonly cite: CiteId;
}

const begin = ({ from_us }: Holding): number => from_us;
const end = ({ to_us }: Holding): number => to_us;

/** In order of time, neighbours different. */
export function stretchesOf(holdings: readonly Holding[]): readonly Stretch[] {
  const begins = ordered(holdings, begin);
  const ends = ordered(holdings, end);
  let begun = 0;
  let ended = 0;
  let high = 0;
  let low = 0;
  let cite: CiteId = 'unjudged';
  let was: Levels | 0 = 0;
  const stretches: Stretch[] = [];
  while (ended < ends.length) {
    const end_us = ends[ended]!.to_us;
    const from_us = begun < begins.length ? Math.min(begins[begun]!.from_us, end_us) : end_us;
    // Beginnings first: what ends where another begins leaves no gap.
    for (; begun < begins.length && begins[begun]!.from_us === from_us; begun++) {
      const of = begins[begun]!;
      if (of.high) high++;
      else low++;
      cite = of.cite;
    }
    for (; ended < ends.length && ends[ended]!.to_us === from_us; ended++) {
      if (ends[ended]!.high) high--;
      else low--;
    }
    const levels = ((high > 0 ? 2 : 0) | (low > 0 ? 1 : 0)) as Levels | 0;
    if (levels !== 0 && was !== levels) stretches.push({ from_us, levels, cite });
    if (levels !== 0) was = levels;
  }
  return stretches;
}

/** Of a signal, all that begins by the end of the case; the list itself cuts at its begin. */
export function addSpans(spans: SpanList, signal: SenseSignal, stretches: readonly Stretch[], end_us: number): void {
  for (const { from_us, levels, cite } of stretches) {
    if (from_us <= end_us) spans.set(signal, from_us, levels, cite);
  }
}

/** Which levels are allowed at an instant, from the left and from the right. */
export function around(
  stretches: readonly Stretch[],
  from_us: number,
  to_us: number,
): { readonly before: Levels | 0; readonly after: Levels | 0 } {
  let before: Levels | 0 = 0;
  let after: Levels | 0 = 0;
  // They are in order of time.
  for (let at = stretches.length - 1; at >= 0 && (before === 0 || after === 0); at--) {
    const one = stretches[at]!;
    if (after === 0 && one.from_us <= to_us) after = one.levels;
    if (one.from_us < from_us) before = one.levels;
  }
  return { before, after };
}
