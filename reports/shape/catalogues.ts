/** The shapes of the documents that list what the simulated bench can be given: defects of the unit, faults of the bench. */

import { z } from 'zod';

export const defectsDocument = z.strictObject({
  schema: z.literal('bms-rig/defects/1'),
  exit: z.literal(0),
  defects: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.enum(['electrical', 'firmware']),
      family: z.string(),
      requirement: z.string(),
      signal: z.string(),
      summary: z.string(),
      /** Whether one end-of-line pass can show it. */
      endOfLine: z.boolean(),
      /** System voltages in which it shows. */
      classes: z.array(z.number().int()),
      /** It acts at one in so many occurrences. */
      oneIn: z.number().int(),
    }),
  ),
});

export const faultsDocument = z.strictObject({
  schema: z.literal('bms-rig/faults/1'),
  exit: z.literal(0),
  faults: z.array(
    z.strictObject({
      name: z.string(),
      family: z.enum(['link', 'host', 'board', 'circuit']),
      verdict: z.enum(['pass', 'inconclusive', 'broken']),
      blame: z.enum(['rig', 'link', 'operator']).nullable(),
      summary: z.string(),
    }),
  ),
});
