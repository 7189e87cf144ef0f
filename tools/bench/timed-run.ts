/** What the measured numbers have in common: the middle of several, and the facts of a run that is made only to be timed. */

import type { RunFacts } from '../../reports/record.ts';

/** The upper one of the two middle values where there are as many above as below. */
export const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

export const TIMED_RUN: Omit<RunFacts, 'cases'> = {
  runId: 'bench',
  started: '2026-01-01T00:00:00Z',
  mode: 'unit',
  bench: { id: 'sim', board: 'bench', simulated: true, faults: [] },
  selection: null,
  seed: 1,
  node: process.version,
  commandLine: [],
  hashes: { scenarios: {}, model: '', host: '', firmware: '', unitImage: null },
  speed: { virtual_s: 0, wall_s: 0 },
  benchFaults: [],
};
