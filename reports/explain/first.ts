/** The first divergence of a case: the earliest difference that is no consequence, with the rule, the statement and the step behind it. */

import { REQUIREMENTS } from '../../scenarios/requirements.ts';
import { requirementCertainty, entryText } from '../judge/wording.ts';
import type { Difference } from '../judge/result.ts';
import type { RecordedAttempt, RecordedCase } from '../record.ts';
import { predictedOf } from '../render/difference-text.ts';
import { folded } from '../render/grouping.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Divergence } from './explanation.ts';

export interface Told {
  readonly recorded: RecordedCase;
  readonly last: RecordedAttempt;
}

/** When a difference shows: its edge, or the instant by which it should have come. */
export const shownAt_us = ({ got, expected }: Difference): number => got?.at_us ?? expected.latest_us ?? expected.earliest_us ?? Infinity;

/** Those that stand for themselves, in order of time; all of them where each follows from another. */
export function ownDifferences({ last }: Told): readonly Difference[] {
  return folded(last.result.differences).own.toSorted((a, b) => shownAt_us(a) - shownAt_us(b));
}

const STIMULI = new Set(['set', 'ramp', 'pulse']);

/** The last thing the bench did to the unit before an instant; null before the first. */
export function lastStep({ recorded, last }: Told, at_us: number): TimelineEntry | null {
  const done = (last.trace?.stimuli ?? [])
    .filter(({ outcome, done_us }) => outcome === 'done' && done_us !== null && done_us <= at_us)
    .toSorted((a, b) => (b.done_us ?? 0) - (a.done_us ?? 0));
  for (const { entry } of done) {
    const found = recorded.case.timeline.entries.find(({ id }) => id === entry);
    if (found !== undefined && STIMULI.has(found.do.kind)) return found as unknown as TimelineEntry;
  }
  return null;
}

const statements: Readonly<Record<string, { readonly text: string }>> = REQUIREMENTS;

/** Why the reference expected something else, in its own words. */
function whyOf(difference: Difference, { last }: Told): string | null {
  const unexplained = last.prediction?.unexplained.find(
    ({ signal, at_us }) => signal === difference.signal && at_us === (difference.got?.at_us ?? null),
  );
  return predictedOf(difference, last)?.why ?? unexplained?.why ?? null;
}

export function firstDivergence(told: Told): Divergence | null {
  const [first] = ownDifferences(told);
  if (first === undefined) return null;
  const { kind, signal, text, got, rule, requirement } = first;
  const step = lastStep(told, got?.at_us ?? first.expected.earliest_us ?? Infinity);
  return {
    kind,
    signal,
    text,
    at_us: got?.at_us ?? null,
    rule,
    why: whyOf(first, told),
    requirement,
    statement: requirement === null ? null : (statements[requirement]?.text ?? null),
    certainty: first.certainty ?? requirementCertainty(requirement),
    after: step === null ? null : entryText(step),
  };
}
