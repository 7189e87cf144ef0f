/** The shapes of the documents that `--json` prints, one for each command, and the JSON Schemas made from them. */

import { z } from 'zod';
import { explanationShape } from '../explain/explanation.ts';
import { difference, doubt, fault, glitch } from '../judge/result.ts';
import { recordShape } from '../record.ts';
import { archiveDocument, rejudgeDocument, verifyDocument } from './archive.ts';
import { CAMPAIGN_DOCUMENTS } from './campaign-shapes.ts';
import { defectsDocument, faultsDocument } from './catalogues.ts';
import { coverageDocument } from './coverage.ts';
import { calibrateDocument, maintenanceDocument, verifyBenchDocument } from './station.ts';
import { EVIDENCE_DOCUMENTS } from './evidence.ts';
import { measure } from './plain.ts';
import { initialLevels, predictedEdge } from './prediction.ts';
import { replayDocument } from './replay.ts';
import { selfTestDocument } from './self-test.ts';

export { defectsDocument, faultsDocument };

const simulated = z.boolean().nullable();
const issue = z.strictObject({
  id: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.number().int(),
  col: z.number().int(),
  message: z.string(),
  hint: z.string(),
});

export const errorDocument = z.strictObject({
  schema: z.literal('bms-rig/error/1'),
  exit: z.union([z.literal(2), z.literal(3)]),
  error: z.strictObject({ code: z.string(), message: z.string(), hint: z.string() }),
  issues: z.array(issue),
});

const caseVerdict = z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']);
const runCase = z.strictObject({
  id: z.string(),
  title: z.string(),
  file: z.string(),
  line: z.number().int(),
  parameters: z.record(z.string(), z.string()),
  covers: z.array(z.string()),
  /** Number of the attempt that counts, the last. */
  attempt: z.number().int(),
  /** All of them, in order. */
  attempts: z.array(z.strictObject({ verdict: caseVerdict, blame: recordShape.shape.blame, reason: z.string() })),
  verdict: caseVerdict,
  blame: recordShape.shape.blame,
  reason: z.string(),
  duration_us: z.number(),
  traceHash: z.string().nullable(),
  differences: z.array(difference),
  expectations: z.array(
    z.strictObject({
      id: z.string(),
      line: z.number().int(),
      outcome: z.enum(['held', 'broken', 'notMeasured']),
      signal: z.string(),
      what: z.string(),
      text: z.string(),
    }),
  ),
  measurements: z.array(
    z.strictObject({
      name: z.string(),
      value: z.number().nullable(),
      unit: z.string(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      uncertainty: z.number().nullable(),
      outcome: z.enum(['pass', 'marginal', 'fail', 'notMeasured']),
    }),
  ),
  notMeasured: z.array(doubt),
  marginal: z.array(doubt),
  faults: z.array(fault),
  glitches: z.array(glitch),
  readings: z.array(
    z.strictObject({
      ruling: z.string(),
      shown: z.string(),
    }),
  ),
});

export const runDocument = z.strictObject({
  schema: z.literal('bms-rig/run/1'),
  exit: recordShape.shape.exit,
  simulated,
  mode: recordShape.shape.mode,
  verdict: recordShape.shape.verdict,
  blame: recordShape.shape.blame,
  reason: z.string(),
  run: z.strictObject({
    id: z.string(),
    dir: z.string().nullable(),
  }),
  seed: z.number().nullable(),
  /** Names of the faults the bench was given on purpose. */
  faults: z.array(z.string()),
  selection: recordShape.shape.selection,
  counts: recordShape.shape.counts,
  images: z.strictObject({
    fixture: z.string(),
    unit: z.string().nullable(),
    unitFirmware: recordShape.shape.unitFirmware,
  }),
  clock: z
    .strictObject({
      rate_ppm: measure,
      bound_ppm: measure,
    })
    .nullable(),
  link: z.strictObject({
    resent: measure,
    lost: measure,
    overflow: measure,
    damaged: measure,
    stalled_ms: measure,
  }),
  speed: recordShape.shape.speed,
  benchProof: recordShape.shape.benchProof,
  calibration: recordShape.shape.calibration,
  contacts: recordShape.shape.contacts,
  maintenance: recordShape.shape.maintenance,
  identity: recordShape.shape.identity,
  ended: recordShape.shape.ended,
  dateDoubt: recordShape.shape.dateDoubt,
  profile: recordShape.shape.profile,
  benchFaults: recordShape.shape.benchFaults,
  /** What else a person should know: an earlier run that was interrupted, an archive that cannot be reached. */
  notes: z.array(z.string()),
  cases: z.array(runCase),
});

export const checkDocument = z.strictObject({
  schema: z.literal('bms-rig/check/1'),
  exit: z.union([z.literal(0), z.literal(2)]),
  files: z.number().int(),
  cases: z.number().int(),
  issues: z.array(issue),
  /** Of each case, before it runs: how long it takes on a unit, and what heat its sinks and shorts make. */
  estimates: z.array(
    z.strictObject({ case: z.string(), least_s: z.number(), most_s: z.number(), heat_J: z.number(), pulse_J: z.number() }),
  ),
});

export const rulesDocument = z.strictObject({
  schema: z.literal('bms-rig/rules/1'),
  exit: z.literal(0),
  rules: z.array(z.strictObject({ id: z.string(), group: z.string(), finds: z.string(), fix: z.string() })),
});

export const predictDocument = z.strictObject({
  schema: z.literal('bms-rig/predict/1'),
  exit: z.literal(0),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      initial: initialLevels,
      edges: z.array(predictedEdge),
      complete: z.boolean(),
    }),
  ),
});

export const portsDocument = z.strictObject({
  schema: z.literal('bms-rig/ports/1'),
  exit: z.literal(0),
  ports: z.array(
    z.strictObject({
      path: z.string(),
      fixture: z
        .strictObject({
          id: z.string(),
          firmware: z.string(),
        })
        .nullable(),
      busyBy: z.string().nullable(),
      error: z.string().nullable(),
    }),
  ),
});

export const flashDocument = z.strictObject({
  schema: z.literal('bms-rig/flash/1'),
  exit: z.literal(0),
  simulated: z.boolean(),
  port: z.string(),
  /** Board id, eight hexadecimal digits. */
  board: z.string(),
  /** True where the id was written now. */
  named: z.boolean(),
  /** First 32 bits of the source hash, as the fixture itself says. */
  build: z.string(),
  /** What it ran before; null where no fixture of this version answered. */
  previous: z.string().nullable(),
  programmer: z.enum(['avrdude', 'built-in']),
  bytes: z.number().int(),
});

export const explainDocument = explanationShape.extend({
  schema: z.literal('bms-rig/explain/1'),
  exit: z.literal(0),
});

export const benchDocument = z.strictObject({
  schema: z.literal('bms-rig/bench/1'),
  exit: z.union([z.literal(0), z.literal(1)]),
  simulated,
  results: z.array(
    z.strictObject({
      id: z.string(),
      value: z.number(),
      unit: z.string(),
      bound: z.number(),
      sense: z.enum(['<=', '>=']),
      met: z.boolean(),
      baseline: z.number().nullable(),
      ratio: z.number().nullable(),
      command: z.string(),
    }),
  ),
});

export type RunDocument = z.infer<typeof runDocument>;
export type RunCase = z.infer<typeof runCase>;
export type ErrorDocument = z.infer<typeof errorDocument>;
export type CheckDocument = z.infer<typeof checkDocument>;
export type RulesDocument = z.infer<typeof rulesDocument>;
export type PredictDocument = z.infer<typeof predictDocument>;
export type PortsDocument = z.infer<typeof portsDocument>;
export type FlashDocument = z.infer<typeof flashDocument>;
export type DefectsDocument = z.infer<typeof defectsDocument>;
export type FaultsDocument = z.infer<typeof faultsDocument>;
export type ExplainDocument = z.infer<typeof explainDocument>;
export type BenchDocument = z.infer<typeof benchDocument>;
export type PortRow = z.infer<typeof portsDocument>['ports'][number];
export type DefectRow = DefectsDocument['defects'][number];
export type FaultRow = FaultsDocument['faults'][number];
export type BenchRow = z.infer<typeof benchDocument>['results'][number];

/** By the name of the file in `schemas/` that holds it. */
export const DOCUMENTS = {
  'calibrate.json': calibrateDocument,
  'verify-bench.json': verifyBenchDocument,
  'maintenance.json': maintenanceDocument,
  'record.json': recordShape,
  'run.json': runDocument,
  'error.json': errorDocument,
  'check.json': checkDocument,
  'rules.json': rulesDocument,
  'predict.json': predictDocument,
  'ports.json': portsDocument,
  'flash.json': flashDocument,
  'selftest.json': selfTestDocument,
  'defects.json': defectsDocument,
  'faults.json': faultsDocument,
  'explain.json': explainDocument,
  'replay.json': replayDocument,
  'rejudge.json': rejudgeDocument,
  'verify.json': verifyDocument,
  'archive.json': archiveDocument,
  ...EVIDENCE_DOCUMENTS,
  'coverage.json': coverageDocument,
  'bench.json': benchDocument,
  ...CAMPAIGN_DOCUMENTS,
} as const;

/** The JSON Schema (draft 2020-12) of one document, as committed in `schemas/`. */
export const schemaText = (name: keyof typeof DOCUMENTS): string => `${JSON.stringify(z.toJSONSchema(DOCUMENTS[name]), null, 2)}\n`;
