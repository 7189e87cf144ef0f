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

export const change = z.strictObject({
  case: z.string(),
  kind: z.enum(['case', 'verdict', 'difference', 'state', 'timing', 'measurement']),
  what: z.string(),
  before: z.string(),
  after: z.string(),
  delta: z.number().nullable(),
  unit: z.enum(['us', 'mV', 'uA']).nullable(),
  /** Of `delta`: worst case for two runs, half its confidence interval for two sets. */
  uncertainty: z.number().nullable(),
  /** That it is not chance; null where nothing is known of chance. */
  confidence: z.number().nullable(),
  regression: z.boolean(),
});

export const diffDocument = z.strictObject({
  schema: z.literal('bms-rig/diff/1'),
  exit: z.union([z.literal(0), z.literal(1)]),
  regression: z.boolean(),
  /** Ids of the runs of each side. */
  before: z.array(z.string()),
  after: z.array(z.string()),
  compared: z.number().int(),
  changes: z.array(change),
  notes: z.array(z.string()),
});
export type DiffDocument = z.infer<typeof diffDocument>;

export const EVIDENCE_DOCUMENTS = { 'report.json': reportDocument, 'diff.json': diffDocument } as const;
