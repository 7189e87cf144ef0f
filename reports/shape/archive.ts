/** The shapes of the documents of commands about stored runs: whether records are what they were, what an archive took in, what old traces come to now. */

import { z } from 'zod';
import { caseResult } from '../judge/result.ts';

const count = z.number().int().nonnegative();

export const PROBLEM_KINDS = ['changed', 'removed', 'inserted', 'swapped', 'truncated'] as const;
const problem = z.strictObject({
  /** Name of the run; of a link whose run is not known any more its number. */
  run: z.string(),
  kind: z.enum(PROBLEM_KINDS),
  text: z.string(),
});
export type ChainProblem = z.infer<typeof problem>;

export const verifyDocument = z.strictObject({
  schema: z.literal('bms-rig/verify/1'),
  /** 3 where a record is not what it was. */
  exit: z.union([z.literal(0), z.literal(3)]),
  ok: z.boolean(),
  dir: z.string(),
  archive: z.string().nullable(),
  /** Links of the chain. */
  records: count,
  problems: z.array(problem),
  /** Keys that signed, and whether this station or the caller knows them by other means than the archive itself. */
  keys: z.array(z.strictObject({ id: z.string(), known: z.boolean() })),
  /** Runs that were interrupted and finished now as aborted. */
  finished: z.array(z.string()),
  /** Runs that go on at this moment, so far as is known. */
  running: z.array(z.string()),
  /** Of these the ones of another machine, of which nothing can be known from here: when they began, and when their journal was last written. */
  elsewhere: z.array(z.strictObject({ run: z.string(), host: z.string(), began: z.string().nullable(), written: z.string().nullable() })),
  notes: z.array(z.string()),
});
export type VerifyDocument = z.infer<typeof verifyDocument>;

export const archiveDocument = z.strictObject({
  schema: z.literal('bms-rig/archive/1'),
  exit: z.union([z.literal(0), z.literal(3)]),
  action: z.enum(['import', 'export', 'backup']),
  /** Where the archive is. */
  archive: z.string(),
  /** Runs read, and those of them that were not there yet. */
  runs: count,
  added: count,
  /** What could not be taken in, and why. */
  refused: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  /** Still to be given to the database of the lab. */
  waiting: count,
  to: z.string().nullable(),
});
export type ArchiveDocument = z.infer<typeof archiveDocument>;

export const rejudgeDocument = z.strictObject({
  schema: z.literal('bms-rig/rejudge/1'),
  /** That of the run as it is judged now. */
  exit: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  simulated: z.boolean().nullable(),
  run: z.string(),
  /** Folder of the result, beside the original. */
  dir: z.string(),
  stored: caseResult.shape.verdict,
  now: caseResult.shape.verdict,
  cases: z.array(
    z.strictObject({
      id: z.string(),
      stored: caseResult.shape.verdict,
      /** What the same trace comes to now; `stored` where there was no trace. */
      now: caseResult.shape.verdict,
      /** Whether there was a trace to judge. */
      judged: z.boolean(),
      /** Limits and demands that are others now, in words. */
      changed: z.array(z.string()),
      reason: z.string(),
    }),
  ),
});
export type RejudgeDocument = z.infer<typeof rejudgeDocument>;
