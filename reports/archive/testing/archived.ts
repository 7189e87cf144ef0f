/** Archived runs for tests: one that passed, to be changed one thing at a time. */

import type { ArchivedRun } from '../archived-run.ts';

export const ARCHIVE = '11111111-1111-4111-8111-111111111111';

export const measured = (
  value: number | null,
  more: Partial<ArchivedRun['measurements'][number]> = {},
): ArchivedRun['measurements'][number] => ({
  case: 'eol/production',
  name: 'loadDrop',
  unit: 'mV',
  low: null,
  high: 300,
  value,
  uncertainty: 2,
  outcome: value === null ? 'notMeasured' : 'pass',
  ...more,
});

export const archivedRunOf = (seq: number, more: Partial<ArchivedRun> = {}): ArchivedRun => ({
  schema: 'bms-rig/archived-run/1',
  archive: ARCHIVE,
  run: `20260302-1200${String(seq).padStart(2, '0')}-000a`,
  started: `2026-03-02T12:00:${String(seq).padStart(2, '0')}.250Z`,
  seq,
  station: 'line 2',
  slot: 'left',
  bench: 'bench',
  board: '1A2B3C4D',
  simulated: false,
  mode: 'unit',
  serial: `HQ-${seq}`,
  operator: 'operator 4',
  workOrder: 'WO-1',
  unitVersion: '1.4',
  unitImage: 'e'.repeat(64),
  firmware: 'd'.repeat(64),
  model: 'b'.repeat(64),
  host: 'c'.repeat(64),
  seed: null,
  verdict: 'pass',
  blame: null,
  reason: 'Every case passed (1).',
  ended: 'complete',
  counts: true,
  virtual_s: 36,
  wall_s: 37,
  recordHash: 'f'.repeat(64),
  cases: [
    {
      id: 'eol/production',
      file: 'scenarios/eol/production.yaml',
      attempts: [{ attempt: 1, verdict: 'pass', blame: null, duration_us: 3.6e7 }],
    },
  ],
  differences: [],
  measurements: [measured(100 + seq)],
  ...more,
});

/** A unit that trips early. */
export const FAILED: Partial<ArchivedRun> = {
  verdict: 'fail',
  blame: 'unit',
  differences: [{ case: 'eol/production', kind: 'early', signal: 'load', requirement: 'PRE-30S', rule: 'R3', off_us: -5e6 }],
};
/** The cable was pulled. */
export const SPOILT: Partial<ArchivedRun> = {
  verdict: 'broken',
  blame: 'link',
  counts: false,
  measurements: [],
  cases: [
    {
      id: 'eol/production',
      file: 'scenarios/eol/production.yaml',
      attempts: [
        { attempt: 1, verdict: 'broken', blame: 'link', duration_us: 0 },
        { attempt: 2, verdict: 'broken', blame: 'link', duration_us: 0 },
      ],
    },
  ],
};
