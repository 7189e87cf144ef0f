/** The shape of what `rig mutate --boundary` prints: for each number of the reference a unit just outside it and one just inside. */

import { z } from 'zod';
import { recordShape } from '../record.ts';

const side = z.strictObject({
  /** The unit's own number, in the parameter's unit. */
  value: z.number(),
  /** Where the run shows it in numbers: how far beyond the limit, in multiples of the uncertainty; negative = inside. */
  beyond_U: z.number().nullable(),
  verdict: z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']),
  blame: recordShape.shape.blame,
  /** What is told first was decided at this parameter. */
  named: z.boolean(),
  text: z.string(),
});

const row = z.strictObject({
  parameter: z.string(),
  limit: z.number(),
  unit: z.enum(['us', 'mV']),
  source: z.string(),
  signal: z.string().nullable(),
  /** The unit's own number may be at most or at least the limit. */
  side: z.enum(['most', 'least']).nullable(),
  uncertainty: z.number().nullable(),
  outside: side.nullable(),
  inside: side.nullable(),
  held: z.boolean(),
  /** Why there is no pair; null where there is one. */
  reason: z.string().nullable(),
});

export const boundaryDocument = z.strictObject({
  schema: z.literal('bms-rig/boundary/1'),
  exit: z.union([z.literal(0), z.literal(1)]),
  simulated: z.literal(true),
  seed: z.number().int(),
  /** Distance of each unit from its limit, in multiples of the uncertainty. */
  distance_U: z.number(),
  pairs: z.number().int(),
  held: z.number().int(),
  rows: z.array(row),
});

export type BoundaryRow = z.infer<typeof row>;
export type BoundaryDocument = z.infer<typeof boundaryDocument>;
