/** Allowed levels over time from everything a signal can get to. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { CiteId } from '../rules/cites.ts';
import type { Levels, SpanList } from '../spans.ts';

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

/** In order of time, neighbours different. */
export function stretchesOf(holdings: readonly Holding[]): readonly Stretch[] {
  const turns: { at_us: number; step: 1 | -1; of: Holding }[] = [];
  for (const of of holdings) turns.push({ at_us: of.from_us, step: 1, of }, { at_us: of.to_us, step: -1, of });
  // Beginnings first: what ends where another begins leaves no gap.
  turns.sort((a, b) => a.at_us - b.at_us || b.step - a.step);
  let [high, low] = [0, 0];
  let cite: CiteId = 'unjudged';
  const stretches: Stretch[] = [];
  for (let index = 0; index < turns.length; index++) {
    const { at_us, step, of } = turns[index]!;
    if (of.high) high += step;
    else low += step;
    if (step === 1) cite = of.cite;
    if (turns[index + 1]?.at_us === at_us) continue;
    const levels = ((high > 0 ? 2 : 0) | (low > 0 ? 1 : 0)) as Levels | 0;
    if (levels !== 0 && stretches.at(-1)?.levels !== levels) stretches.push({ from_us: at_us, levels, cite });
  }
  return stretches;
}

export function addSpans(spans: SpanList, signal: SenseSignal, stretches: readonly Stretch[], begin_us: number, end_us: number): void {
  for (const { from_us, levels, cite } of stretches) {
    if (from_us <= end_us) spans.set(signal, Math.max(from_us, begin_us), levels, cite);
  }
}

/** Which levels are allowed at an instant, from the left and from the right. */
export function around(
  stretches: readonly Stretch[],
  from_us: number,
  to_us: number,
): { readonly before: Levels | 0; readonly after: Levels | 0 } {
  const before = stretches.findLast((one) => one.from_us < from_us)?.levels ?? 0;
  const after = stretches.findLast((one) => one.from_us <= to_us)?.levels ?? 0;
  return { before, after };
}
