/** The prediction as it is recorded, and its edges as `rig predict --json` prints them. */

import { z } from 'zod';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import { certainty } from '../judge/result.ts';
import { measure, type Plain } from './plain.ts';
import { level, sense } from './trace.ts';

const causeRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('entry'), entry: z.string() }),
  z.strictObject({ kind: z.literal('observed'), seq: measure }),
  z.strictObject({ kind: z.literal('predicted'), edge: z.string() }),
]);
const cause = z.strictObject({ ref: causeRef, min_us: measure, max_us: measure });
const why = { rule: z.string(), requirement: z.string(), certainty };

export const predictedEdge = z.strictObject({
  id: z.string(),
  signal: sense,
  level,
  causes: z.array(cause),
  combine: z.enum(['all', 'any']),
  window_us: z.tuple([measure, measure]),
  required: z.boolean(),
  observed: measure,
  consequence: z.boolean(),
  ...why,
  parameters: z.array(z.string()),
  learned: z.literal(true).exactOptional(),
  why: z.string(),
});

export const initialLevels = z.record(sense, level);

const profileInForce = z.strictObject({
  name: z.string(),
  goldenUnit: z.string(),
  hash: z.string(),
  fault: z.string().nullable(),
  readings: z.array(z.strictObject({ ruling: z.string(), shown: z.string() })),
});

export const predictionShape = z.strictObject({
  case: z.string(),
  basis: z.enum(['planned', 'executed']),
  initial: initialLevels,
  edges: z.array(predictedEdge),
  allowed: z.array(z.strictObject({ signal: sense, from_us: measure, to_us: measure, levels: z.array(level), ...why })),
  unexplained: z.array(
    z.strictObject({ seq: measure, signal: sense, level, at_us: measure, ...why, consequence: z.boolean(), why: z.string() }),
  ),
  readings: z.array(z.strictObject({ ruling: z.string(), shown: z.string() })),
  states: z.strictObject({ most: measure, bound: measure }),
  complete: z.boolean(),
  parameters: z.record(
    z.string(),
    z.strictObject({
      value: z.union([measure, z.string()]),
      unit: z.string(),
      source: z.string(),
      certainty,
      learned: z.literal(true).exactOptional(),
    }),
  ),
  profile: profileInForce.exactOptional(),
});

/** Fails to compile when the contract and this shape part ways. */
export const predictionIsContract = (value: z.infer<typeof predictionShape>): Plain<Prediction> => value;
export const contractIsPrediction = (value: Plain<Prediction>): z.infer<typeof predictionShape> => value;
