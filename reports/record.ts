/** The record of a run: everything that led to its verdict, in one versioned document. */

import { z } from 'zod';
import type { Case } from '../scenarios/contracts/case.ts';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { ContactReading, Trace } from '../scenarios/contracts/trace.ts';
import { caseResult, type CaseResult } from './judge/result.ts';
import { judgeRun, type BenchFault } from './judge/run.ts';
import { caseShape } from './shape/case.ts';
import { hashOf, plain } from './shape/plain.ts';
import { predictionShape } from './shape/prediction.ts';
import { clockFit, contactReading, linkCounters, traceShape } from './shape/trace.ts';

/** Raised with each change of the shape; how an earlier one becomes this is in archive/migrate-record.ts. */
export const RECORD_SCHEMA = 'bms-rig/record/5';
const count = z.number().int().nonnegative();

export const hashes = z.strictObject({
  /** sha256 of each scenario file, by its path. */
  scenarios: z.record(z.string(), z.string()),
  model: z.string(),
  host: z.string(),
  firmware: z.string(),
  /** sha256 of the image that is in the unit, as far as `unitFirmware` says; null where none was named. */
  unitImage: z.string().nullable(),
  /** sha256 of the bench file's bytes; null where there is none. */
  benchFile: z.string().nullable(),
  /** sha256 of the station file's bytes; null where there is none. */
  stationFile: z.string().nullable(),
  /** sha256 of the profile's bytes; null where the unit was judged by the reference alone. */
  profile: z.string().nullable(),
  /** sha256 of the lines between host and fixture, as transcript.jsonl.gz holds them; null where no case left any. */
  transcript: z.string().nullable(),
});

/** A calibration by the first digits of its hash, with what a reader of the record wants to know of it. */
export const recordedCalibration = z.strictObject({
  id: z.string(),
  board: z.string(),
  method: z.enum(['meter', 'factory']),
  meter: z.string(),
  made: z.string().nullable(),
  expires: z.string().nullable(),
});
/** The profile a unit was judged against, and what of it counted. */
export const recordedProfile = z.strictObject({
  name: z.string(),
  file: z.string(),
  hardware: z.string(),
  goldenUnit: z.string(),
  learned: z.string(),
  expires: z.string(),
  /** Why it did not count for this unit; null: it did. */
  fault: z.string().nullable(),
  /** Limits that it gave, beside those of the reference. */
  limits: z.array(
    z.strictObject({ parameter: z.string(), value: z.number(), unit: z.string(), reference: z.number(), source: z.string() }),
  ),
  readings: z.array(z.strictObject({ ruling: z.string(), shown: z.string() })),
});
export type RecordedCalibration = z.infer<typeof recordedCalibration>;

/** How worn the connector to the unit is, against the limits of the bench file. */
export const maintenanceState = z.strictObject({
  /** Since the connector was replaced. */
  matings: count,
  limit: count.nullable(),
  /** Contact of the run's worst terminal; null where none was measured. */
  contact_mOhm: z.number().nullable(),
  contactLimit_mOhm: z.number().nullable(),
  /** Near a limit: one sentence. */
  warning: z.string().nullable(),
  /** Beyond it, or not to be counted: one sentence. No unit passes. */
  fault: z.string().nullable(),
});

/** What shows that the bench can tell good from bad: it was shown, it was not, or somebody chose to do without (`--unproven`). Null: not asked for, as of the simulated bench. */
export const benchProof = z.enum(['shown', 'missing', 'waived']).nullable();
export type BenchProof = z.infer<typeof benchProof>;

/** Which unit it was, and who tested it for what; null = nobody said. Texts as they were typed: hostile until shown. */
export const identityShape = z.strictObject({
  serial: z.string().nullable(),
  operator: z.string().nullable(),
  workOrder: z.string().nullable(),
  /** Version of the unit's firmware as somebody said; which image it is, is in `hashes.unitImage`. */
  unitFirmwareVersion: z.string().nullable(),
  note: z.string().nullable(),
  /** Which attempt at this serial number it is, from 1, those left out that were spoilt; null without a serial number. */
  attempt: z.number().int().positive().nullable(),
});
export type Identity = z.infer<typeof identityShape>;
export const NOBODY: Identity = { serial: null, operator: null, workOrder: null, unitFirmwareVersion: null, note: null, attempt: null };

const attempt = z.strictObject({
  /** From 1. */
  attempt: z.number().int().positive(),
  result: caseResult,
  trace: traceShape.nullable(),
  /** sha256 of the canonical trace; null without one. */
  traceHash: z.string().nullable(),
  prediction: predictionShape.nullable(),
});

export const recordShape = z.strictObject({
  schema: z.literal(RECORD_SCHEMA),
  runId: z.string(),
  /** ISO 8601. */
  started: z.string(),
  /** Why the date is not to be trusted, e.g. a clock that went back; null where nothing speaks against it. */
  dateDoubt: z.string().nullable(),
  /** `aborted`: the rig was interrupted (power, a kill), and this was made from its journal; such a run never passes. */
  ended: z.enum(['complete', 'aborted']),
  /** `verification`: of the bench, by a golden unit and a bad plug; `study`: of how well it measures, by parts measured again and again. Neither tests a unit. */
  purpose: z.enum(['test', 'verification', 'study']),
  identity: identityShape,
  /** For a record that was judged anew from the traces of another: which one, with the sha256 of its record.json. */
  rejudged: z.strictObject({ of: z.string(), recordHash: z.string(), with: z.string() }).nullable(),
  mode: z.enum(['unit', 'reference']),
  verdict: z.enum(['pass', 'inconclusive', 'fail', 'broken']),
  blame: z.enum(['unit', 'rig', 'link', 'operator', 'scenario']).nullable(),
  exit: z.union([z.literal(0), z.literal(1), z.literal(3)]),
  reason: z.string(),
  counts: z.strictObject({ pass: count, inconclusive: count, fail: count, broken: count, notRun: count }),
  benchFaults: z.array(
    z.strictObject({
      code: z.string(),
      verdict: z.enum(['broken', 'inconclusive']).exactOptional(),
      blame: z.enum(['unit', 'rig', 'link', 'operator', 'scenario']),
      text: z.string(),
    }),
  ),
  /** `simulated` is null where no bench took part. */
  bench: z.strictObject({
    id: z.string(),
    board: z.string(),
    /** From the bench file; null where there is none. */
    station: z.string().nullable(),
    slot: z.string().nullable(),
    simulated: z.boolean().nullable(),
    /** Names of the faults the bench was given on purpose (`--fault`). */
    faults: z.array(z.string()),
  }),
  benchProof,
  /** What the bench measured with; null = nothing, or no bench took part. */
  calibration: recordedCalibration.nullable(),
  /** Null: the unit was judged by the reference alone. */
  profile: recordedProfile.nullable(),
  /** How the unit's firmware is known: it was read back (or is simulated), somebody said so, or not at all; null without a unit. */
  unitFirmware: z.enum(['verified', 'declared', 'unknown']).nullable(),
  /** Each terminal's contacts at their worst over the run; empty where none was measured. */
  contacts: z.array(contactReading),
  /** Null where nobody counts. */
  maintenance: maintenanceState.nullable(),
  /** Which of the `of` cases of the files were asked for; null = all of them. */
  selection: z
    .strictObject({ of: count, tags: z.string().nullable(), grep: z.string().nullable(), shard: z.string().nullable() })
    .nullable(),
  seed: z.number().nullable(),
  node: z.string(),
  commandLine: z.array(z.string()),
  hashes,
  speed: z.strictObject({ virtual_s: z.number(), wall_s: z.number() }),
  /** The worst bound of any case, with its rate; null without a trace. */
  clock: clockFit.nullable(),
  /** Summed over the cases' last attempts. */
  link: linkCounters,
  cases: z.array(z.strictObject({ case: caseShape, attempts: z.array(attempt) })),
});

export type RunRecord = z.infer<typeof recordShape>;
export type RecordedCase = RunRecord['cases'][number];
export type RecordedAttempt = z.infer<typeof attempt>;

/** What happened, as the runner hands it over. Attempts in order; the last one counts. */
export interface RunFacts {
  readonly runId: string;
  readonly started: string;
  readonly dateDoubt?: string | null;
  /** Default: complete. */
  readonly ended?: RunRecord['ended'];
  /** Default: test. */
  readonly purpose?: RunRecord['purpose'];
  /** Default: nobody said. */
  readonly identity?: Partial<Identity>;
  readonly rejudged?: RunRecord['rejudged'];
  readonly mode: 'unit' | 'reference';
  readonly bench: {
    readonly id: string;
    readonly board: string;
    readonly station?: string | null;
    readonly slot?: string | null;
    readonly simulated: boolean | null;
    readonly faults: readonly string[];
  };
  /** Absent: not asked for. */
  readonly benchProof?: BenchProof;
  readonly calibration?: RecordedCalibration | null;
  /** Absent: not known. */
  readonly profile?: RunRecord['profile'];
  readonly unitFirmware?: RunRecord['unitFirmware'];
  readonly maintenance?: RunRecord['maintenance'];
  readonly contacts?: readonly ContactReading[];
  readonly selection: RunRecord['selection'];
  readonly seed: number | null;
  readonly node: string;
  readonly commandLine: readonly string[];
  readonly hashes: {
    readonly scenarios: Readonly<{ [file: string]: string }>;
    readonly model: string;
    readonly host: string;
    readonly firmware: string;
    readonly unitImage: string | null;
    readonly benchFile?: string | null;
    readonly stationFile?: string | null;
    readonly profile?: string | null;
    readonly transcript?: string | null;
  };
  readonly speed: { readonly virtual_s: number; readonly wall_s: number };
  readonly benchFaults: readonly BenchFault[];
  readonly cases: readonly { readonly testCase: Case; readonly attempts: readonly AttemptFacts[] }[];
}

export interface AttemptFacts {
  readonly result: CaseResult;
  readonly trace: Trace | null;
  readonly prediction: Prediction | null;
}

const lastOf = <T>(list: readonly T[]): T[] => list.slice(-1);

function counters(traces: readonly Trace[]): RunRecord['link'] {
  const most = Math.max(0, ...traces.map((trace) => trace.link.stalled_ms));
  const sum = (key: keyof Trace['link']): number => traces.reduce((total, trace) => total + trace.link[key], 0);
  const keys = ['linesSent', 'linesReceived', 'resent', 'crcErrors', 'overflow', 'lost'] as const;
  return plain({ ...Object.fromEntries(keys.map((key) => [key, sum(key)])), stalled_ms: most } as unknown as Trace['link']);
}

/** Never throws for what traces contain: a broken run is recorded as well. Numbers that are not finite become null. */
export function makeRecord(facts: RunFacts): RunRecord {
  const final = facts.cases.flatMap((one) => lastOf(one.attempts));
  const traces = final.flatMap((one) => (one.trace === null ? [] : [one.trace]));
  const [worst] = traces.map((trace) => trace.clock).toSorted((a, b) => b.bound_ppm - a.bound_ppm);
  const { cases, benchFaults, ...rest } = facts;
  return {
    schema: RECORD_SCHEMA,
    ...(plain(rest) as Pick<RunRecord, keyof typeof rest>),
    bench: { ...facts.bench, station: facts.bench.station ?? null, slot: facts.bench.slot ?? null, faults: [...facts.bench.faults] },
    hashes: {
      ...facts.hashes,
      scenarios: { ...facts.hashes.scenarios },
      benchFile: facts.hashes.benchFile ?? null,
      stationFile: facts.hashes.stationFile ?? null,
      profile: facts.hashes.profile ?? null,
      transcript: facts.hashes.transcript ?? null,
    },
    dateDoubt: facts.dateDoubt ?? null,
    ended: facts.ended ?? 'complete',
    purpose: facts.purpose ?? 'test',
    identity: { ...NOBODY, ...facts.identity },
    rejudged: facts.rejudged ?? null,
    benchProof: facts.benchProof ?? null,
    calibration: facts.calibration ?? null,
    profile: facts.profile ?? null,
    unitFirmware: facts.unitFirmware === undefined ? 'unknown' : facts.unitFirmware,
    maintenance: facts.maintenance ?? null,
    contacts: plain([...(facts.contacts ?? [])]),
    ...judgeRun(
      final.map((one) => one.result),
      benchFaults,
    ),
    benchFaults: benchFaults.map((one) => ({ ...one })),
    clock: worst === undefined ? null : plain(worst),
    link: counters(traces),
    cases: cases.map(({ testCase, attempts }) => ({
      case: plain(testCase),
      attempts: attempts.map(({ result, trace, prediction }, index) => ({
        attempt: index + 1,
        result: plain(result) as CaseResult,
        trace: trace === null ? null : plain(trace),
        traceHash: trace === null ? null : hashOf(trace),
        prediction: prediction === null ? null : plain(prediction),
      })),
    })),
  };
}

/** The results that count: each case's last attempt. */
export const finalAttempts = (record: RunRecord): readonly { readonly recorded: RecordedCase; readonly last: RecordedAttempt }[] =>
  record.cases.flatMap((recorded) => lastOf(recorded.attempts).map((last) => ({ recorded, last })));
