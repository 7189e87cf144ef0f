/** Which difference comes first: the one to look at, because the others may only follow from it. */

import type { SenseSignal } from '../../scenarios/signals.ts';
import type { Difference } from './result.ts';

/** What a LED shows (R17): where both differ, the output is what is wrong. */
const SHOWS: Partial<Record<string, SenseSignal>> = { ledBlue: 'load', ledRed: 'charger' };

/** When the unit left what is allowed: for a late or missing edge when its time was over, not when it came after all. */
export function divergence_us({ kind, got, expected }: Difference): number {
  const due_us = expected.latest_us ?? Infinity;
  if (kind === 'missing' || kind === 'noEdge') return due_us;
  return kind === 'late' ? Math.min(due_us, got?.at_us ?? Infinity) : (got?.at_us ?? due_us);
}

/** A drop across an output that was not high is no finding of its own where the output already differs. */
const isDropOf = ({ kind, signal }: Difference, others: readonly Difference[]): boolean =>
  kind === 'outOfLimit' && others.some((one) => signal === `${one.signal}Drop`);

/**
 * In order of time, those that follow from others last. `notHigh` tells whether an output was not high at an instant; a LED's difference stands behind that
 * of the output it shows.
 */
export function inOrder(differences: readonly Difference[], notHigh: (output: string, at_us: number) => boolean): readonly Difference[] {
  const marked = differences.map((one) => {
    const output = one.signal.replace(/Drop$/, '');
    return isDropOf(one, differences) && notHigh(output, one.got?.at_us ?? 0) ? { ...one, consequence: true } : one;
  });
  const time_us = (one: Difference): number => {
    const shown = SHOWS[one.signal];
    const outputs = marked.filter(({ signal, consequence }) => signal === shown && !consequence).map(divergence_us);
    return outputs.length === 0 ? divergence_us(one) : Math.max(divergence_us(one), Math.min(...outputs) + 1);
  };
  return marked.toSorted((a, b) => Number(a.consequence) - Number(b.consequence) || time_us(a) - time_us(b));
}
