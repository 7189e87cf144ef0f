/** Which difference comes first: the one to look at, because the others may only follow from it. */

import { OUTPUTS, type SenseSignal } from '../../scenarios/signals.ts';
import type { Difference } from './result.ts';

/** What a LED shows (R17): where both differ, the output is what is wrong. */
const SHOWS: Partial<Record<string, SenseSignal>> = { ledBlue: 'load', ledRed: 'charger' };

/** What an output and others do within this they do at once: one decision of the unit's. */
const AT_ONCE_us = 5_000;

/** When the unit left what is allowed: for a late or missing edge when its time was over, not when it came after all. */
export function divergence_us({ kind, got, expected }: Difference): number {
  const due_us = expected.latest_us ?? Infinity;
  if (kind === 'missing' || kind === 'noEdge') return due_us;
  return kind === 'late' ? Math.min(due_us, got?.at_us ?? Infinity) : (got?.at_us ?? due_us);
}

/** A drop across an output that was not high is no finding of its own where the output already differs. */
const isDropOf = ({ kind, signal }: Difference, others: readonly Difference[]): boolean =>
  kind === 'outOfLimit' && others.some((one) => signal === `${one.signal}Drop`);

const isOutput = ({ signal }: Difference): boolean => (OUTPUTS as readonly string[]).includes(signal);
const isExcursion = ({ kind }: Difference): boolean => kind === 'pulse' || kind === 'dropOut';

/** What a difference's place depends on besides itself. */
export interface Surroundings {
  /** Whether an output was not high at an instant. */
  readonly notHigh: (output: string, at_us: number) => boolean;
  /** Whether an edge to the level that a difference shows was due at its instant. */
  readonly wasDue: (difference: Difference) => boolean;
}

/**
 * In order of time, those that follow from others last. A LED's difference stands behind that of the output it shows. What went as it should and then came back
 * left what is allowed when it came back; where another output did so at once, it went with that.
 */
export function inOrder(differences: readonly Difference[], { notHigh, wasDue }: Surroundings): readonly Difference[] {
  const marked = differences.map((one) => {
    const output = one.signal.replace(/Drop$/, '');
    return isDropOf(one, differences) && notHigh(output, one.got?.at_us ?? 0) ? { ...one, consequence: true } : one;
  });
  const ended_us = (one: Difference): number => {
    const end_us = divergence_us(one) + (one.off_us ?? 0);
    const together = marked
      .filter((other) => !isExcursion(other) && !other.consequence && other.signal !== one.signal && isOutput(other))
      .map(divergence_us)
      .filter((at_us) => Math.abs(at_us - end_us) <= AT_ONCE_us);
    return Math.max(end_us, ...together.map((at_us) => at_us + 1));
  };
  const time_us = (one: Difference): number => {
    if (isExcursion(one) && wasDue(one)) return ended_us(one);
    const shown = SHOWS[one.signal];
    const outputs = marked.filter(({ signal, consequence }) => signal === shown && !consequence).map(divergence_us);
    return outputs.length === 0 ? divergence_us(one) : Math.max(divergence_us(one), Math.min(...outputs) + 1);
  };
  return marked.toSorted((a, b) => Number(a.consequence) - Number(b.consequence) || time_us(a) - time_us(b));
}
