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

const share = z.strictObject({
  passed: z.number().int(),
  of: z.number().int(),
  share: z.number().nullable(),
  /** Of the 95 % interval. */
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const number = z.number().nullable();

export const statsMeasurement = z.strictObject({
  case: z.string(),
  name: z.string(),
  unit: z.string(),
  low: number,
  high: number,
  n: z.number().int(),
  mean: z.number(),
  sd: number,
  least: z.number(),
  most: z.number(),
  marginal: z.number().int(),
  failed: z.number().int(),
  cp: number,
  cpLow: number,
  cpHigh: number,
  cpk: number,
  cpkLow: number,
  cpkHigh: number,
  /** Null where there are too few values for a chart, or too many to fetch. */
  chart: z
    .strictObject({
      centre: z.number(),
      low: z.number(),
      high: z.number(),
      baseline: z.number().int(),
      /** The newest values, oldest first, and the runs they are of. */
      values: z.array(z.number()),
      runs: z.array(z.string()),
      signals: z.array(z.strictObject({ rule: z.number().int(), text: z.string(), run: z.string(), index: z.number().int() })),
      /** The moving average is beyond its limits, at the end. */
      drift: z.enum(['low', 'high']).nullable(),
      /** The run with which it left them first. */
      driftSince: z.string().nullable(),
    })
    .nullable(),
});

export const statsDocument = z.strictObject({
  schema: z.literal('bms-rig/stats/1'),
  exit: z.literal(0),
  /** Path or URL of the archive. */
  archive: z.string(),
  /** Whether these are simulated units; both kinds are never counted together. */
  simulated: z.boolean(),
  filter: z.record(z.string(), z.string()),
  units: z.number().int(),
  attempts: z.number().int(),
  spoilt: z.number().int(),
  yield: z.strictObject({ firstPass: number, final: number }),
  shares: z.strictObject({ firstPass: share, final: share }),
  trend: z.array(z.strictObject({ from: z.string(), passed: z.number().int(), of: z.number().int() })),
  pareto: z.array(
    z.strictObject({
      requirement: z.string().nullable(),
      signal: z.string(),
      kind: z.string(),
      /** Runs that show it. */
      count: z.number().int(),
      differences: z.number().int(),
    }),
  ),
  measurements: z.array(statsMeasurement),
  times: z.array(
    z.strictObject({
      station: z.string().nullable(),
      n: z.number().int(),
      mean_s: z.number(),
      sd_s: number,
      least_s: z.number(),
      most_s: z.number(),
      meanWall_s: z.number(),
    }),
  ),
  /** How often rig or link spoilt an attempt at a case, by case and bench. */
  flakes: z.array(
    z.strictObject({
      case: z.string(),
      bench: z.string(),
      board: z.string(),
      attempts: z.number().int(),
      spoilt: z.number().int(),
      triedAgain: z.number().int(),
      rate: z.number(),
    }),
  ),
  notes: z.array(z.string()),
});
export type StatsDocument = z.infer<typeof statsDocument>;
export type StatsMeasurement = z.infer<typeof statsMeasurement>;

export const grrDocument = z.strictObject({
  schema: z.literal('bms-rig/grr/1'),
  /** 3: a quantity is measured so badly that the bench must not judge it. */
  exit: z.union([z.literal(0), z.literal(3)]),
  simulated: z.boolean(),
  /** File of the study. */
  study: z.string(),
  parts: z.array(z.string()),
  operators: z.array(z.string()),
  trials: z.number().int(),
  taken: z.number().int(),
  of: z.number().int(),
  complete: z.boolean(),
  /** Quantities that some turn did not measure. */
  missing: z.array(z.string()),
  measurements: z.array(
    z.strictObject({
      name: z.string(),
      unit: z.string(),
      low: number,
      high: number,
      /** Standard deviations, by analysis of variance. */
      ev: z.number(),
      av: z.number(),
      interaction: z.number(),
      grr: z.number(),
      pv: z.number(),
      tv: z.number(),
      grr_percent: number,
      ndc: z.number().int().nullable(),
      grrOfTolerance_percent: number,
      pooled: z.boolean(),
      /** By averages and ranges; null where its tables do not reach. */
      ranges: z.strictObject({ grr_percent: number, ndc: z.number().int().nullable() }).nullable(),
      verdict: z.enum(['good', 'marginal', 'bad', 'unknown']),
    }),
  ),
});
export type GrrDocument = z.infer<typeof grrDocument>;

export const EVIDENCE_DOCUMENTS = {
  'report.json': reportDocument,
  'diff.json': diffDocument,
  'stats.json': statsDocument,
  'grr.json': grrDocument,
} as const;
