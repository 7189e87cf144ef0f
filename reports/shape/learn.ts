/** The shape of what `rig learn` prints: what was measured of a unit, and where its profile lies. */

import { z } from 'zod';

const seen = z.strictObject({
  least_us: z.number(),
  most_us: z.number(),
  uncertainty_us: z.number(),
  times: z.number().int(),
});

export const learnDocument = z.strictObject({
  schema: z.literal('bms-rig/learn/1'),
  exit: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  simulated: z.boolean().nullable(),
  /** Null where nothing was learned. */
  file: z.string().nullable(),
  /** Why nothing was; else what came of it. */
  reason: z.string(),
  run: z.strictObject({ id: z.string(), dir: z.string() }),
  hardware: z.string(),
  goldenUnit: z.string(),
  expires: z.string(),
  seen: z.record(z.string(), seen),
  /** Beside those of the reference. */
  limits: z.array(z.strictObject({ parameter: z.string(), value: z.number(), reference: z.number() })),
  readings: z.record(z.string(), z.string()),
  /** Rulings that say "either" and were shown both ways, or not at all. */
  open: z.array(z.string()),
});
export type LearnDocument = z.infer<typeof learnDocument>;
