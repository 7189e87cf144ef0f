/** Builds the documents that `--json` prints from results; their shapes are in shape/documents.ts. */

import type { Issue } from '../scenarios/contracts/issue.ts';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import { RULE_GROUPS } from '../scenarios/rules.ts';
import { withFix } from './check-document.ts';
import type { Explanation } from './explain/explanation.ts';
import { finalAttempts, type RunRecord } from './record.ts';
import type {
  BenchDocument,
  BenchRow,
  DefectRow,
  DefectsDocument,
  ErrorDocument,
  FaultRow,
  FaultsDocument,
  ExplainDocument,
  FlashDocument,
  PortRow,
  PortsDocument,
  PredictDocument,
  RunCase,
  RulesDocument,
  RunDocument,
} from './shape/documents.ts';
import type { CalibrateDocument, MaintenanceDocument, VerifyBenchDocument } from './shape/station.ts';
import type { ReportDocument } from './shape/evidence.ts';
import { plain } from './shape/plain.ts';
import type { ArchiveDocument, RejudgeDocument, VerifyDocument } from './shape/archive.ts';
import type { ReplayDocument } from './shape/replay.ts';

export { DOCUMENTS, schemaText } from './shape/documents.ts';
export type { BenchRow, PortRow, RunDocument } from './shape/documents.ts';

/** `dir` is where the run folder lies; null when none was written. `notes`: what a person should know besides. */
export function toRunDocument(record: RunRecord, dir: string | null, notes: readonly string[] = []): RunDocument {
  const cases = finalAttempts(record).map(({ recorded, last: { attempt, result, traceHash } }): RunCase => {
    const { mode: _, expectations, measurements, ...rest } = result;
    return {
      ...rest,
      attempt,
      attempts: recorded.attempts.map((one) => ({ verdict: one.result.verdict, blame: one.result.blame, reason: one.result.reason })),
      traceHash,
      expectations: expectations.map(({ id, line, outcome, signal, what, text }) => ({ id, line, outcome, signal, what, text })),
      measurements: measurements.map(({ name, value, unit, low, high, uncertainty, outcome }) => ({
        name,
        value,
        unit,
        low,
        high,
        uncertainty,
        outcome,
      })),
    };
  });
  const {
    selection,
    exit,
    mode,
    verdict,
    blame,
    reason,
    runId,
    seed,
    counts,
    hashes,
    clock,
    link,
    speed,
    benchFaults,
    bench,
    calibration,
    contacts,
    benchProof,
  } = record;
  return {
    schema: 'bms-rig/run/1',
    exit,
    simulated: bench.simulated,
    mode,
    verdict,
    blame,
    reason,
    run: {
      id: runId,
      dir,
    },
    seed,
    faults: [...bench.faults],
    selection,
    counts,
    images: {
      fixture: hashes.firmware,
      unit: hashes.unitImage,
      unitFirmware: record.unitFirmware,
    },
    clock:
      clock === null
        ? null
        : {
            rate_ppm: clock.rate_ppm,
            bound_ppm: clock.bound_ppm,
          },
    link: {
      resent: link.resent,
      lost: link.lost,
      overflow: link.overflow,
      damaged: link.crcErrors,
      stalled_ms: link.stalled_ms,
    },
    speed,
    benchProof,
    calibration,
    contacts,
    maintenance: record.maintenance,
    identity: record.identity,
    ended: record.ended,
    dateDoubt: record.dateDoubt,
    profile: record.profile,
    benchFaults,
    notes: [...notes],
    cases,
  };
}

/** Issues exit with 2: an author's mistake; a `code` of RigError exits with 3. */
export const toErrorDocument = (
  exit: 2 | 3,
  error: { code: string; message: string; hint: string },
  issues: readonly Issue[] = [],
): ErrorDocument => ({
  schema: 'bms-rig/error/1',
  exit,
  error,
  issues: issues.map(withFix),
});

export const toRulesDocument = (): RulesDocument => ({
  schema: 'bms-rig/rules/1',
  exit: 0,
  rules: Object.entries(RULE_GROUPS).flatMap(([group, rules]) =>
    Object.entries(rules).map(([id, { finds, fix }]) => ({ id, group, finds, fix })),
  ),
});

export const toPredictDocument = (predictions: readonly Prediction[]): PredictDocument => ({
  schema: 'bms-rig/predict/1',
  exit: 0,
  cases: predictions.map((one) => ({
    id: one.case,
    ...plain({
      initial: one.initial,
      edges: one.edges,
      complete: one.complete,
    }),
  })),
});

export const toVerifyBenchDocument = (verified: Omit<VerifyBenchDocument, 'schema'>): VerifyBenchDocument => ({
  schema: 'bms-rig/verify-bench/1',
  ...verified,
});

export const toMaintenanceDocument = (found: Omit<MaintenanceDocument, 'schema'>): MaintenanceDocument => ({
  schema: 'bms-rig/maintenance/1',
  ...found,
});

export const toCalibrateDocument = (calibrated: Omit<CalibrateDocument, 'schema' | 'exit'>): CalibrateDocument => ({
  schema: 'bms-rig/calibrate/1',
  exit: 0,
  ...calibrated,
});

export const toPortsDocument = (ports: readonly PortRow[]): PortsDocument => ({
  schema: 'bms-rig/ports/1',
  exit: 0,
  ports: [...ports],
});

export const toFlashDocument = ({
  path,
  ...rest
}: Omit<FlashDocument, 'schema' | 'exit' | 'port'> & { readonly path: string }): FlashDocument => ({
  schema: 'bms-rig/flash/1',
  exit: 0,
  port: path,
  ...rest,
});

/** With whatever else is known of a defect left out. */
export const toDefectsDocument = (
  defects: readonly (Omit<DefectRow, 'classes'> & { readonly classes: readonly number[] })[],
): DefectsDocument => ({
  schema: 'bms-rig/defects/1',
  exit: 0,
  defects: defects.map(({ name, kind, family, requirement, signal, summary, endOfLine, classes, oneIn }) => ({
    name,
    kind,
    family,
    requirement,
    signal,
    summary,
    endOfLine,
    classes: [...classes],
    oneIn,
  })),
});

export const toFaultsDocument = (faults: readonly FaultRow[]): FaultsDocument => ({
  schema: 'bms-rig/faults/1',
  exit: 0,
  faults: faults.map(({ name, family, verdict, blame, summary }) => ({ name, family, verdict, blame, summary })),
});

export const toReplayDocument = ({ runId, bench }: RunRecord, cases: Readonly<ReplayDocument['cases']>): ReplayDocument => ({
  schema: 'bms-rig/replay/1',
  exit: cases.every(({ difference }) => difference === null) ? 0 : 3,
  simulated: bench.simulated,
  run: runId,
  cases: [...cases],
});

export const toReportDocument = ({ runId, bench }: RunRecord, files: readonly string[]): ReportDocument => ({
  schema: 'bms-rig/report/1',
  exit: 0,
  simulated: bench.simulated,
  run: runId,
  files: [...files],
});

export const toVerifyDocument = (found: Omit<VerifyDocument, 'schema' | 'exit' | 'ok'>): VerifyDocument => {
  const ok = found.problems.length === 0;
  return { schema: 'bms-rig/verify/1', exit: ok ? 0 : 3, ok, ...found };
};

export const toArchiveDocument = (done: Omit<ArchiveDocument, 'schema' | 'exit'>): ArchiveDocument => ({
  schema: 'bms-rig/archive/1',
  exit: done.refused.length === 0 ? 0 : 3,
  ...done,
});

export const toRejudgeDocument = (judged: Omit<RejudgeDocument, 'schema'>): RejudgeDocument => ({
  schema: 'bms-rig/rejudge/1',
  ...judged,
});

export const toExplainDocument = (explanation: Explanation): ExplainDocument => ({
  schema: 'bms-rig/explain/1',
  exit: 0,
  ...explanation,
});

export const toBenchDocument = (simulatedBench: boolean | null, results: readonly BenchRow[]): BenchDocument => ({
  schema: 'bms-rig/bench/1',
  exit: results.every((one) => one.met) ? 0 : 1,
  simulated: simulatedBench,
  results: [...results],
});
