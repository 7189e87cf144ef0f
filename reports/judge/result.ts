/** The shape of a judged case: differences, doubts, faults, outcomes of the checks, and the verdict drawn from them. */

import { z } from 'zod';

/** Worst last, as in scenarios/contracts/blame.ts; a test keeps the two equal. */
const verdict = z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']);
const blame = z.enum(['unit', 'rig', 'link', 'operator', 'scenario']);
export const certainty = z.enum(['O', 'O*', 'R', 'C', 'I', 'M']);

export const DIFFERENCE_KINDS = [
  /** A required edge that never came. */
  'missing',
  /** An edge that nothing explains. */
  'extra',
  'early',
  'late',
  /** A level that is not among the allowed ones although no edge says so, e.g. high before the supply is on. */
  'wrongLevel',
  /** High or lit, away and back within a second. */
  'dropOut',
  /** The opposite: not high or dark, away and back within a second. */
  'pulse',
  /** A measured value outside its limits. */
  'outOfLimit',
  /** Neither floating nor low: something pulls the output a little. */
  'leaky',
  /** Pulled low where it should float. */
  'low',
  /** A step waited for an edge that did not come in time, and the case ended there. */
  'noEdge',
  /** An allowed reading of a ruling, and not the one that the unit's profile was learned from. */
  'otherReading',
] as const;

/** Times are scenario time in us; null = no bound on that side, or nothing to say. */
export const difference = z.strictObject({
  kind: z.enum(DIFFERENCE_KINDS),
  /** A sense signal, or the analog quantity for `outOfLimit`. */
  signal: z.string(),
  expected: z.strictObject({ level: z.string().nullable(), earliest_us: z.number().nullable(), latest_us: z.number().nullable() }),
  got: z.strictObject({ level: z.string().nullable(), at_us: z.number(), uncertainty_us: z.number().nullable() }).nullable(),
  /** How far beyond the nearer bound: negative = too early, positive = too late; the length of a drop-out or pulse. */
  off_us: z.number().nullable(),
  /** For `outOfLimit` only. */
  measured: z
    .strictObject({
      value: z.number(),
      unit: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      uncertainty: z.number(),
      off: z.number(),
    })
    .nullable(),
  rule: z.string().nullable(),
  requirement: z.string().nullable(),
  certainty: certainty.nullable(),
  blame,
  /** True when it only follows from an earlier difference on the same signal. */
  consequence: z.boolean(),
  /** One sentence for a person. */
  text: z.string(),
});

export const expectationResult = z.strictObject({
  id: z.string(),
  file: z.string(),
  line: z.number().int(),
  what: z.string(),
  signal: z.string(),
  outcome: z.enum(['held', 'broken', 'notMeasured']),
  /** Not measured because the value lies within its uncertainty of the limit. */
  marginal: z.boolean(),
  /** `reference`: all behaviours the reference allows keep it; `scenario`: the limit is the author's; null: not compared. */
  limitFrom: z.enum(['reference', 'scenario']).nullable(),
  text: z.string(),
});

export const measurementResult = z.strictObject({
  id: z.string(),
  name: z.string(),
  analog: z.string(),
  line: z.number().int(),
  value: z.number().nullable(),
  unit: z.enum(['mV', 'uA']),
  low: z.number().nullable(),
  high: z.number().nullable(),
  uncertainty: z.number().nullable(),
  at_us: z.number().nullable(),
  outcome: z.enum(['pass', 'marginal', 'fail', 'notMeasured']),
  text: z.string(),
});

/** Something that could not be decided, and so keeps the case from passing. */
export const doubt = z.strictObject({ check: z.string(), signal: z.string().nullable(), blame, text: z.string() });
/** Something that makes the whole case worthless. */
export const fault = z.strictObject({ blame, text: z.string() });
/** A change too short to matter (R18): counted, reported, forgiven. */
export const glitch = z.strictObject({ signal: z.string(), level: z.string(), at_us: z.number(), length_us: z.number() });

export const caseResult = z.strictObject({
  id: z.string(),
  title: z.string(),
  file: z.string(),
  line: z.number().int(),
  parameters: z.record(z.string(), z.string()),
  covers: z.array(z.string()),
  mode: z.enum(['unit', 'reference']),
  verdict,
  /** Null on pass and on a case that was not run. */
  blame: blame.nullable(),
  /** One sentence: what decided the verdict. */
  reason: z.string(),
  /** Scenario time from the supply command to the end of the capture; 0 without a trace. */
  duration_us: z.number(),
  differences: z.array(difference),
  expectations: z.array(expectationResult),
  measurements: z.array(measurementResult),
  notMeasured: z.array(doubt),
  marginal: z.array(doubt),
  faults: z.array(fault),
  glitches: z.array(glitch),
  /** Which of two allowed readings the unit showed. */
  readings: z.array(z.strictObject({ ruling: z.string(), shown: z.string() })),
});

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];
export type Difference = z.infer<typeof difference>;
export type ExpectationResult = z.infer<typeof expectationResult>;
export type MeasurementResult = z.infer<typeof measurementResult>;
export type Doubt = z.infer<typeof doubt>;
export type Fault = z.infer<typeof fault>;
export type Glitch = z.infer<typeof glitch>;
export type CaseResult = z.infer<typeof caseResult>;
