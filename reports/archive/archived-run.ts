/** What the archive knows of a run without its traces: who, what, when, how it was judged, what was measured; taken from its record. */

import { z } from 'zod';
import { finalAttempts, type RunRecord } from '../record.ts';
import { countsForUnit } from '../judge/counting.ts';

const verdict = z.enum(['pass', 'inconclusive', 'fail', 'broken', 'notRun']);
const blame = z.enum(['unit', 'rig', 'link', 'operator', 'scenario']).nullable();
const text = z.string().nullable();
const count = z.number().int().nonnegative();
/** As every database and file system keeps it: no control characters, no halves of characters, no longer than the name of a file. */
const name = z
  .string()
  .max(255, 'is longer than a name may be')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has characters that no name has');
/* oxlint-disable-next-line no-restricted-globals -- reads a date, no clock */
const date = z.string().refine((iso) => !Number.isNaN(Date.parse(iso)), 'is no date');

const archivedAttempt = z.strictObject({ attempt: count, verdict, blame, duration_us: z.number() });
const archivedDifference = z.strictObject({
  case: z.string(),
  kind: z.string(),
  signal: z.string(),
  requirement: text,
  rule: text,
  off_us: z.number().nullable(),
});
const archivedMeasurement = z.strictObject({
  case: z.string(),
  name: z.string(),
  unit: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  value: z.number().nullable(),
  uncertainty: z.number().nullable(),
  outcome: z.enum(['pass', 'marginal', 'fail', 'notMeasured']),
});

export const archivedRun = z.strictObject({
  schema: z.literal('bms-rig/archived-run/1'),
  /** Id of the archive that the run was made for; with the run's own id it names a run among all archives. */
  archive: name,
  run: name,
  /** ISO 8601. */
  started: date,
  /** Place in the archive's chain, from 1: runs of one archive in the order in which they ended, whatever the clock said. */
  seq: count,
  station: text,
  slot: text,
  bench: z.string(),
  board: z.string(),
  simulated: z.boolean().nullable(),
  mode: z.enum(['unit', 'reference']),
  serial: text,
  operator: text,
  workOrder: text,
  unitVersion: text,
  unitImage: text,
  firmware: z.string(),
  model: z.string(),
  host: z.string(),
  seed: z.number().int().nullable(),
  verdict: z.enum(['pass', 'inconclusive', 'fail', 'broken']),
  blame,
  reason: z.string(),
  ended: z.enum(['complete', 'aborted']),
  /** Whether it is an attempt at the unit; false where rig, link or operator spoilt it before anything was learnt of the unit. */
  counts: z.boolean(),
  virtual_s: z.number(),
  wall_s: z.number(),
  /** sha256 of record.json; null where the record itself is elsewhere. */
  recordHash: text,
  cases: z.array(z.strictObject({ id: z.string(), file: z.string(), attempts: z.array(archivedAttempt) })),
  /** What the unit did otherwise, in attempts that count; without what only follows. */
  differences: z.array(archivedDifference),
  measurements: z.array(archivedMeasurement),
});
export type ArchivedRun = z.infer<typeof archivedRun>;

export interface Filed {
  readonly archive: string;
  readonly seq: number;
  readonly recordHash: string | null;
}

/** The row of a record. */
export const archive = (record: RunRecord, { archive: id, seq, recordHash }: Filed): ArchivedRun => {
  const { bench, hashes, identity, speed, cases } = record;
  const finals = finalAttempts(record);
  return {
    schema: 'bms-rig/archived-run/1',
    archive: id,
    run: record.runId,
    started: record.started,
    seq,
    station: bench.station,
    slot: bench.slot,
    bench: bench.id,
    board: bench.board,
    simulated: bench.simulated,
    mode: record.mode,
    serial: identity.serial,
    operator: identity.operator,
    workOrder: identity.workOrder,
    unitVersion: identity.unitFirmwareVersion,
    unitImage: hashes.unitImage,
    firmware: hashes.firmware,
    model: hashes.model,
    host: hashes.host,
    seed: record.seed,
    verdict: record.verdict,
    blame: record.blame,
    reason: record.reason,
    ended: record.ended,
    counts: countsForUnit(record),
    virtual_s: speed.virtual_s,
    wall_s: speed.wall_s,
    recordHash,
    cases: cases.map(({ case: { id: caseId, place }, attempts }) => ({
      id: caseId,
      file: place.file,
      attempts: attempts.map(({ attempt, result }) => ({
        attempt,
        verdict: result.verdict,
        blame: result.blame,
        duration_us: result.duration_us,
      })),
    })),
    differences: finals.flatMap(({ recorded, last }) =>
      last.result.differences
        .filter((one) => one.blame === 'unit' && !one.consequence)
        .map(({ kind, signal, requirement, rule, off_us }) => ({ case: recorded.case.id, kind, signal, requirement, rule, off_us })),
    ),
    measurements: finals.flatMap(({ recorded, last }) =>
      last.result.measurements.map(({ name, unit, low, high, value, uncertainty, outcome }) => ({
        case: recorded.case.id,
        name,
        unit,
        low,
        high,
        value,
        uncertainty,
        outcome,
      })),
    ),
  };
};
