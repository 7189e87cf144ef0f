/** How the fixture is told when: by an absolute instant wherever one is known before the run, else by the nearest step before. */

import { scenarioTime } from '../contracts/clocks.ts';
import type { When } from '../contracts/timeline.ts';
import type { Instant } from '../language/instants.ts';
import { formatQuantity } from '../language/quantity.ts';
import type { Path } from '../language/scenario.ts';
import { FIXTURE_WAIT_us } from '../language/shape-words.ts';
import { stepId } from './draft.ts';
import type { Draft } from './draft.ts';

/**
 * The last step before an instant that an edge decides. Hanging on the nearest one, and not on the edge's own step, lets a long chain
 * stream through the fixture's small ring: it need not hold what is far ahead, nor remember what is long past.
 */
const parentOf = ({ base, offset_us }: Instant, steps: readonly Instant[]): number | null => {
  if (base === null) return null;
  const before = steps.findLastIndex((step) => step.base === base && step.offset_us < offset_us);
  return Math.max(before, base);
};

/** The `when` of an instant; refuses one that is farther from its parent than the fixture can count. */
export const whenOf = (draft: Draft, instant: Instant, steps: readonly Instant[], path: Path): When => {
  const parent = parentOf(instant, steps);
  if (parent === null) return { kind: 'at', at_us: scenarioTime(instant.offset_us) };
  const delay_us = instant.offset_us - (steps[parent]?.offset_us ?? 0);
  if (delay_us > FIXTURE_WAIT_us) {
    const message = `this comes ${formatQuantity(delay_us, 'time')} after the step before it, the fixture counts at most ${formatQuantity(FIXTURE_WAIT_us, 'time')} from an edge`;
    draft.refuse('too-long', path, message, 'put a step with a name between');
  }
  return { kind: 'afterEntry', entry: stepId(draft.scenario, parent), delay_us };
};
