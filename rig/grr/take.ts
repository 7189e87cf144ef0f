/** One turn of a gauge study: the scenarios are run as `rig run` runs them, and what was measured is taken from the record. */

import { finalAttempts, type RunRecord } from '../../reports/record.ts';
import type { Taken, Turn, Value } from '../../reports/statistics/study.ts';

export type Outcome = { readonly kind: 'taken'; readonly taken: Taken } | { readonly kind: 'refused'; readonly why: string };

/** A run that the bench spoilt gives no reading: it would be counted against the gauge as a spread of the unit. */
export function takenFrom(record: RunRecord, turn: Turn, scenarios: Readonly<Record<string, string>>): Outcome {
  const { part, operator, trial } = turn;
  const changed = Object.entries(record.hashes.scenarios).find(([file, hash]) => scenarios[file] !== undefined && scenarios[file] !== hash);
  if (changed !== undefined) return { kind: 'refused', why: `${changed[0]} is not what the study was begun with; begin another study` };
  if (record.verdict === 'broken' || record.benchFaults.length > 0)
    return { kind: 'refused', why: `the run is ${record.verdict}: ${record.reason}` };
  const values = new Map<string, Value>();
  for (const { recorded, last } of finalAttempts(record))
    for (const { name, value, unit, low, high } of last.result.measurements)
      if (value !== null) values.set(`${recorded.case.id}: ${name}`, { value, unit, low, high });
  if (values.size === 0) return { kind: 'refused', why: 'nothing was measured' };
  return { kind: 'taken', taken: { part, operator, trial, run: record.runId, values: Object.fromEntries(values) } };
}
