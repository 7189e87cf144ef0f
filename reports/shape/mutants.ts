/** The shape of what `rig mutate --generated` prints: mechanical mutants of the stand-in, and what became of each. */

import { z } from 'zod';

const row = z.strictObject({
  /** Where and what, in the sources of the stand-in. */
  id: z.string(),
  kind: z.enum(['constant', 'condition', 'statement']),
  file: z.string(),
  line: z.number().int(),
  fate: z.enum(['killed', 'equivalent', 'surviving', 'notCompiled']),
  /** The case that failed it, and what it said first. */
  by: z.strictObject({ case: z.string(), text: z.string() }).nullable(),
  /** Why no suite can kill it. Of a killed one: why it was thought so, which then is wrong, or the unit was blamed without a cause. */
  reason: z.string().nullable(),
  /** Of its run; null where it was not run. */
  verdict: z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']).nullable(),
});

export const mutantsDocument = z.strictObject({
  schema: z.literal('bms-rig/mutants/1'),
  exit: z.union([z.literal(0), z.literal(1)]),
  simulated: z.literal(true),
  seed: z.number().int(),
  cases: z.array(z.string()),
  /** Those that compile. */
  total: z.number().int(),
  notCompiled: z.number().int(),
  killed: z.number().int(),
  equivalent: z.number().int(),
  surviving: z.number().int(),
  /** Of the total. */
  survivingShare: z.number(),
  mutants: z.array(row),
});
export type MutantsDocument = z.infer<typeof mutantsDocument>;
export type MutantRow = MutantsDocument['mutants'][number];
