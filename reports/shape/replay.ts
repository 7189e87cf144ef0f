/** The shape of the document of a replay: which stored traces and verdicts their transcripts give again. */

import { z } from 'zod';
import { caseResult } from '../judge/result.ts';

export const replayDocument = z.strictObject({
  schema: z.literal('bms-rig/replay/1'),
  /** 3 where a trace or a result is not what was stored. */
  exit: z.union([z.literal(0), z.literal(3)]),
  simulated: z.boolean().nullable(),
  run: z.string(),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      attempt: z.number().int().positive(),
      /** `none`: no trace was stored, so that nothing can be made again. */
      trace: z.enum(['equal', 'differs', 'none']),
      lines: z.number().int(),
      stored: caseResult.shape.verdict,
      /** What the trace as made again is judged as now; null without one. */
      now: caseResult.shape.verdict.nullable(),
      /** Where trace or result first differ, in words; null where they do not. */
      difference: z.string().nullable(),
    }),
  ),
});
export type ReplayDocument = z.infer<typeof replayDocument>;
