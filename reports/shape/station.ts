/** The shapes of the documents of commands that keep a station fit: what was calibrated, what was verified. */

import { z } from 'zod';
import { maintenanceState, recordShape } from '../record.ts';

export const calibrateDocument = z.strictObject({
  schema: z.literal('bms-rig/calibrate/1'),
  exit: z.literal(0),
  simulated: z.boolean(),
  board: z.string(),
  /** First digits of the calibration's hash. */
  id: z.string(),
  /** Where it was written. */
  file: z.string(),
  made: z.string(),
  expires: z.string(),
});
export type CalibrateDocument = z.infer<typeof calibrateDocument>;

const verifiedRun = z.strictObject({ run: z.string(), dir: z.string(), verdict: recordShape.shape.verdict });

export const verifyBenchDocument = z.strictObject({
  schema: z.literal('bms-rig/verify-bench/1'),
  exit: z.union([z.literal(0), z.literal(3)]),
  simulated: z.boolean(),
  board: z.string(),
  verified: z.boolean(),
  reason: z.string(),
  goldenUnit: z.string(),
  plug: z.string(),
  /** The signal on which the plug had to fail. */
  fails: z.string(),
  golden: verifiedRun,
  /** Null where the golden unit did not pass, so that the plug was not asked for. */
  bad: verifiedRun.nullable(),
  made: z.string(),
  /** Until when it counts; null where it does not. */
  due: z.string().nullable(),
  /** Where the result is kept. */
  file: z.string(),
});
export type VerifyBenchDocument = z.infer<typeof verifyBenchDocument>;

export const maintenanceDocument = z.strictObject({
  schema: z.literal('bms-rig/maintenance/1'),
  exit: z.union([z.literal(0), z.literal(3)]),
  board: z.string(),
  ...maintenanceState.shape,
  runs: z.number().int(),
  /** Lines of the log that cannot be read; each counts as a mating. */
  damaged: z.number().int(),
  /** When the connector was replaced; null: never. */
  replaced: z.string().nullable(),
  trend: z.array(z.strictObject({ terminal: z.string(), first_mOhm: z.number(), last_mOhm: z.number(), worst_mOhm: z.number() })),
  file: z.string(),
});
export type MaintenanceDocument = z.infer<typeof maintenanceDocument>;
