/** The shape of the coverage document: requirements against the cases that show them, and what of the reference no case exercises. */

import { z } from 'zod';

const shown = z.strictObject({
  case: z.string(),
  file: z.string(),
  /** What of the case, as predicted, carries the requirement; empty where nothing does. */
  by: z.array(z.string()),
  /** Volts of the supply at which it is shown. */
  supplies_V: z.array(z.number()),
  /** A defect that breaks the requirement and that this case has caught; null where there is none. */
  caught: z.string().nullable(),
  proven: z.boolean(),
});

const requirement = z.strictObject({
  id: z.string(),
  text: z.string(),
  shownBy: z.enum(['unit', 'rig', 'none']),
  certainty: z.string(),
  source: z.array(z.string()),
  rulings: z.array(z.string()),
  /** Of those no test shows: why. */
  why: z.string(),
  /** `proven` on a unit, `shown` by the rig's own bank, `open` where it should be either and is not, `none` where no test can. */
  status: z.enum(['proven', 'shown', 'open', 'none']),
  scenarios: z.array(shown),
});

const tally = z.strictObject({ hit: z.number().int(), total: z.number().int(), missing: z.array(z.string()) });

export const coverageDocument = z.strictObject({
  schema: z.literal('bms-rig/coverage/1'),
  exit: z.union([z.literal(0), z.literal(2)]),
  cases: z.number().int(),
  requirements: z.array(requirement),
  /** Of the requirements that a unit shows: proven ones of all. */
  proven: tally,
  transitions: tally,
  bounds: tally,
});

export type CoverageDocument = z.infer<typeof coverageDocument>;
export type RequirementCoverage = CoverageDocument['requirements'][number];
export type ShownByCase = RequirementCoverage['scenarios'][number];
export type Tally = CoverageDocument['transitions'];
