/** The shapes of the documents that campaigns print with `--json`: many units or many sequences, and what came of them. */

import { z } from 'zod';
import { recordShape } from '../record.ts';
import { DIFFERENCE_KINDS } from '../judge/result.ts';

const exit = z.union([z.literal(0), z.literal(1)]);

const finding = z.strictObject({
  rule: z.string().nullable(),
  requirement: z.string().nullable(),
  signal: z.string(),
  kind: z.enum(DIFFERENCE_KINDS),
  text: z.string(),
});

/** What it takes to run it again: the unit's seed gives its image and everything drawn. */
const soakFinding = z.strictObject({
  seed: z.number().int(),
  unit: z.string(),
  case: z.string(),
  verdict: z.enum(['inconclusive', 'fail', 'broken', 'notRun']),
  text: z.string(),
});

export const mutateDocument = z.strictObject({
  schema: z.literal('bms-rig/mutate/1'),
  exit,
  simulated: z.literal(true),
  seed: z.number().int(),
  /** A unit's run ended with the first case that caught it, so `by` and `marks` are not complete. */
  bail: z.boolean(),
  total: z.number().int(),
  caught: z.number().int(),
  cases: z.array(z.string()),
  defects: z.array(
    z.strictObject({
      name: z.string(),
      family: z.string(),
      kind: z.enum(['electrical', 'firmware']),
      requirement: z.string(),
      signal: z.string(),
      /** It acts at one in so many occurrences. */
      oneIn: z.number().int(),
      caught: z.boolean(),
      verdict: z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']),
      blame: recordShape.shape.blame,
      by: z.array(z.string()),
      marks: z.record(z.string(), z.enum(['caught', 'other', 'broken', 'inconclusive', 'pass', 'notRun'])),
      units: z.strictObject({ run: z.number().int(), caught: z.number().int() }),
      /** What a person is told first. */
      first: finding.nullable(),
      /** How far the clearest difference on the declared signal lies beyond what is allowed, in multiples of its uncertainty: at least this. */
      breach_U: z.number().nullable(),
    }),
  ),
  /** Different (rule, signal, kind) among the clearest differences. */
  distinct: z.number().int(),
  /** Caught defects whose signal is the one told first. */
  signalFirst: z.number().int(),
  /** Caught defects whose clearest difference lies less than 1.5 U beyond what is allowed. */
  tooNear: z.array(z.string()),
  /** Null where no end-of-line case was run. */
  endOfLine: z
    .strictObject({
      claimed: z.number().int(),
      kept: z.number().int(),
      /** Say that an end-of-line pass can show them, and it did not. */
      notShown: z.array(z.string()),
      /** Say that it cannot, and it did. */
      shownAllTheSame: z.array(z.string()),
    })
    .nullable(),
  /** What the library and its matrix have to come to; null for a part of the library. */
  conditions: z
    .array(z.strictObject({ what: z.string(), value: z.number(), sense: z.enum(['>=', '<=']), bound: z.number(), met: z.boolean() }))
    .nullable(),
});

export const soakDocument = z.strictObject({
  schema: z.literal('bms-rig/soak/1'),
  exit: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  simulated: z.literal(true),
  /** Of the first unit; each further one has the next. */
  seed: z.number().int(),
  units: z.number().int(),
  cases: z.number().int(),
  virtual_s: z.number(),
  /** Units that passed every case they were given. */
  passed: z.number().int(),
  /** A good unit was failed. */
  falseAlarms: z.array(soakFinding),
  /** A good unit was neither passed nor failed. */
  undecided: z.array(soakFinding),
  /** How many units had which image. */
  images: z.record(z.string(), z.number().int()),
});

export const unitsDocument = z.strictObject({
  schema: z.literal('bms-rig/units/1'),
  exit: z.literal(0),
  units: z.array(z.strictObject({ name: z.string(), ruling: z.string(), summary: z.string() })),
});

export const exploreDocument = z.strictObject({
  schema: z.literal('bms-rig/explore/1'),
  exit: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  simulated: z.boolean().nullable(),
  seed: z.number().int(),
  sequences: z.number().int(),
  virtual_s: z.number(),
  found: z.array(
    z.strictObject({
      file: z.string(),
      seed: z.number().int(),
      /** What the file's steps are. */
      steps: z.number().int(),
      /** Sequences tried until the unit differed. */
      after: z.number().int(),
      text: z.string(),
    }),
  ),
  /** Of the reference: those that a good unit may take in the sequences, and all. */
  transitions: z.strictObject({ hit: z.number().int(), total: z.number().int(), missing: z.array(z.string()) }),
  /** Sequences that came to no verdict, by reason. */
  undecided: z.array(z.string()),
});

export type ExploreDocument = z.infer<typeof exploreDocument>;
export type UnitsDocument = z.infer<typeof unitsDocument>;
export type UnitRow = UnitsDocument['units'][number];
export type SoakDocument = z.infer<typeof soakDocument>;
export type SoakFinding = z.infer<typeof soakFinding>;
export type MutateDocument = z.infer<typeof mutateDocument>;
export type MutateRow = MutateDocument['defects'][number];
