/** The documents that `--json` prints, one shape for each command: declared once, built here, checked in tests. */

import { z } from 'zod';
import type { Issue } from '../scenarios/contracts/issue.ts';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import { difference, doubt, fault, glitch } from './judge/result.ts';
import { finalAttempts, recordShape, type Record } from './record.ts';
import { measure, plain } from './shape/plain.ts';
import { initialLevels, predictedEdge } from './shape/prediction.ts';

const simulated = z.boolean().nullable();
const issue = z.strictObject({
  ...{ id: z.string(), severity: z.enum(['error', 'warning']), file: z.string(), line: z.number().int(), col: z.number().int() },
  ...{ message: z.string(), hint: z.string() },
});

export const errorDocument = z.strictObject({
  schema: z.literal('bms-rig/error/1'),
  exit: z.union([z.literal(2), z.literal(3)]),
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string() }),
  issues: z.array(issue),
});

const runCase = z.strictObject({
  ...{ id: z.string(), title: z.string(), file: z.string(), line: z.number().int(), parameters: z.record(z.string(), z.string()), covers: z.array(z.string()) },
  ...{ attempt: z.number().int(), verdict: z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']), blame: recordShape.shape.blame, reason: z.string() },
  ...{ duration_us: z.number(), traceHash: z.string().nullable(), differences: z.array(difference) },
  expectations: z.array(
    z.strictObject({ id: z.string(), line: z.number().int(), outcome: z.enum(['held', 'broken', 'notMeasured']), signal: z.string(), what: z.string(), text: z.string() }),
  ),
  measurements: z.array(
    z.strictObject({
      ...{ name: z.string(), value: z.number().nullable(), unit: z.string(), low: z.number().nullable(), high: z.number().nullable() },
      ...{ uncertainty: z.number().nullable(), outcome: z.enum(['pass', 'marginal', 'fail', 'notMeasured']) },
    }),
  ),
  ...{ notMeasured: z.array(doubt), marginal: z.array(doubt), faults: z.array(fault), glitches: z.array(glitch) },
  readings: z.array(z.strictObject({ ruling: z.string(), shown: z.string() })),
});

export const runDocument = z.strictObject({
  schema: z.literal('bms-rig/run/1'),
  ...{ exit: recordShape.shape.exit, simulated, mode: recordShape.shape.mode, verdict: recordShape.shape.verdict, blame: recordShape.shape.blame, reason: z.string() },
  run: z.strictObject({ id: z.string(), dir: z.string().nullable() }),
  seed: z.number().nullable(),
  counts: recordShape.shape.counts,
  images: z.strictObject({ fixture: z.string(), unit: z.string().nullable() }),
  clock: z.strictObject({ rate_ppm: measure, bound_ppm: measure }).nullable(),
  link: z.strictObject({ resent: measure, lost: measure, overflow: measure }),
  speed: recordShape.shape.speed,
  benchFaults: recordShape.shape.benchFaults,
  cases: z.array(runCase),
});

export const checkDocument = z.strictObject({
  ...{ schema: z.literal('bms-rig/check/1'), exit: z.union([z.literal(0), z.literal(2)]), files: z.number().int(), cases: z.number().int() },
  issues: z.array(issue),
});

export const predictDocument = z.strictObject({
  ...{ schema: z.literal('bms-rig/predict/1'), exit: z.literal(0) },
  cases: z.array(z.strictObject({ id: z.string(), initial: initialLevels, edges: z.array(predictedEdge), complete: z.boolean() })),
});

export const portsDocument = z.strictObject({
  ...{ schema: z.literal('bms-rig/ports/1'), exit: z.literal(0) },
  ports: z.array(
    z.strictObject({
      ...{ path: z.string(), fixture: z.strictObject({ id: z.string(), firmware: z.string() }).nullable(), busyBy: z.string().nullable(), error: z.string().nullable() },
    }),
  ),
});

export const benchDocument = z.strictObject({
  ...{ schema: z.literal('bms-rig/bench/1'), exit: z.union([z.literal(0), z.literal(1)]), simulated },
  results: z.array(
    z.strictObject({
      ...{ id: z.string(), value: z.number(), unit: z.string(), bound: z.number(), sense: z.enum(['<=', '>=']), met: z.boolean() },
      ...{ baseline: z.number().nullable(), ratio: z.number().nullable(), command: z.string() },
    }),
  ),
});

export type RunDocument = z.infer<typeof runDocument>;
export type PortRow = z.infer<typeof portsDocument>['ports'][number];
export type BenchRow = z.infer<typeof benchDocument>['results'][number];

/** `dir` is where the run folder lies; null when none was written. */
export function toRunDocument(record: Record, dir: string | null): RunDocument {
  const cases = finalAttempts(record).map(({ last: { attempt, result, traceHash } }): z.infer<typeof runCase> => {
    const { mode: _, expectations, measurements, ...rest } = result;
    return {
      ...rest,
      attempt,
      traceHash,
      expectations: expectations.map(({ id, line, outcome, signal, what, text }) => ({ id, line, outcome, signal, what, text })),
      measurements: measurements.map(({ name, value, unit, low, high, uncertainty, outcome }) => ({ name, value, unit, low, high, uncertainty, outcome })),
    };
  });
  const { exit, mode, verdict, blame, reason, runId, seed, counts, hashes, clock, link, speed, benchFaults, bench } = record;
  return {
    ...{ schema: 'bms-rig/run/1', exit, simulated: bench.simulated, mode, verdict, blame, reason, run: { id: runId, dir }, seed, counts },
    images: { fixture: hashes.firmware, unit: hashes.unitImage },
    clock: clock === null ? null : { rate_ppm: clock.rate_ppm, bound_ppm: clock.bound_ppm },
    ...{ link: { resent: link.resent, lost: link.lost, overflow: link.overflow }, speed, benchFaults, cases },
  };
}

/** Issues exit with 2: an author's mistake; a `code` of RigError exits with 3. */
export const toErrorDocument = (exit: 2 | 3, error: { code: string; message: string; hint: string }, issues: readonly Issue[] = []): z.infer<typeof errorDocument> => ({
  ...{ schema: 'bms-rig/error/1', exit, error, issues: [...issues] },
});

export const toCheckDocument = (files: number, cases: number, issues: readonly Issue[]): z.infer<typeof checkDocument> => ({
  ...{ schema: 'bms-rig/check/1', exit: issues.some((one) => one.severity === 'error') ? 2 : 0, files, cases, issues: [...issues] },
});

export const toPredictDocument = (predictions: readonly Prediction[]): z.infer<typeof predictDocument> => ({
  ...{ schema: 'bms-rig/predict/1', exit: 0 },
  cases: predictions.map((one) => ({ id: one.case, ...(plain({ initial: one.initial, edges: one.edges, complete: one.complete })) })),
});

export const toPortsDocument = (ports: readonly PortRow[]): z.infer<typeof portsDocument> => ({ schema: 'bms-rig/ports/1', exit: 0, ports: [...ports] });

export const toBenchDocument = (simulatedBench: boolean | null, results: readonly BenchRow[]): z.infer<typeof benchDocument> => ({
  ...{ schema: 'bms-rig/bench/1', exit: results.every((one) => one.met) ? 0 : 1, simulated: simulatedBench, results: [...results] },
});

/** By the name of the file in `schemas/` that holds it. */
export const DOCUMENTS = {
  'record.json': recordShape,
  'run.json': runDocument,
  'error.json': errorDocument,
  'check.json': checkDocument,
  'predict.json': predictDocument,
  'ports.json': portsDocument,
  'bench.json': benchDocument,
} as const;

/** The JSON Schema (draft 2020-12) of one document, as committed in `schemas/`. */
export const schemaText = (name: keyof typeof DOCUMENTS): string => `${JSON.stringify(z.toJSONSchema(DOCUMENTS[name]), null, 2)}\n`;
