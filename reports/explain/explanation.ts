/** The shape of an explanation: what a run shows first, what stands behind it, and who may have caused it, each with the evidence. */

import { z } from 'zod';

/** Who may have caused what was seen. `model`: the reference, i.e. how the facts about the unit are read. */
export const SUSPECTS = ['unit', 'rig', 'link', 'model', 'scenario', 'operator'] as const;
export type Suspect = (typeof SUSPECTS)[number];

const suspicion = z.strictObject({
  who: z.enum(SUSPECTS),
  /** Sum of the clues' weights, never negative; 0 where nothing speaks for it. Only the order counts. */
  weight: z.number(),
  /** What speaks for it, one sentence a clue, the heaviest first. */
  evidence: z.array(z.string()),
  /** What speaks against it. */
  against: z.array(z.string()),
});

const divergence = z.strictObject({
  kind: z.string(),
  signal: z.string(),
  text: z.string(),
  /** Scenario time; null where nothing came. */
  at_us: z.number().nullable(),
  rule: z.string().nullable(),
  /** Why the reference expects it, in its own words; null where the trace holds no such edge. */
  why: z.string().nullable(),
  requirement: z.string().nullable(),
  /** The published statement behind the requirement. */
  statement: z.string().nullable(),
  certainty: z.string().nullable(),
  /** What was done last before it. */
  after: z.string().nullable(),
});

const explainedCase = z.strictObject({
  id: z.string(),
  verdict: z.string(),
  blame: z.string().nullable(),
  /** What came first; null where the case has no difference. */
  first: divergence.nullable(),
  /** Likeliest first; empty only where the case passed. */
  suspects: z.array(suspicion),
});

export const explanationShape = z.strictObject({
  run: z.string(),
  simulated: z.boolean().nullable(),
  verdict: z.string(),
  /** One sentence on what is wrong, one on where to look first; null where nothing speaks of the unit, nor of bench or link. */
  diagnosis: z.strictObject({ finding: z.string(), look: z.string(), cases: z.array(z.string()) }).nullable(),
  cases: z.array(explainedCase),
});

export type Suspicion = z.infer<typeof suspicion>;
export type Divergence = z.infer<typeof divergence>;
export type ExplainedCase = z.infer<typeof explainedCase>;
export type Explanation = z.infer<typeof explanationShape>;
