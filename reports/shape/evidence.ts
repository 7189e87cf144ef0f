/** The shapes of the documents of commands that look at recorded runs. */

import { z } from 'zod';

export const reportDocument = z.strictObject({
  schema: z.literal('bms-rig/report/1'),
  exit: z.literal(0),
  simulated: z.boolean().nullable(),
  run: z.string(),
  /** What was written. */
  files: z.array(z.string()),
});
export type ReportDocument = z.infer<typeof reportDocument>;
