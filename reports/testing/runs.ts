/** Runs for tests of the pages: a good one, one with a unit that trips too early, and one of everything that can go wrong. */

import { judgeCase } from '../judge/case.ts';
import { unjudged, type BenchFault } from '../judge/run.ts';
import { makeRecord, type AttemptFacts, type RunRecord, type RunFacts } from '../record.ts';
import { edge, goodCase, goodPrediction, goodTrace, probe } from './build.ts';

const judged = (trace = goodTrace, prediction = goodPrediction): AttemptFacts => ({
  result: judgeCase({ testCase: goodCase, trace, prediction, mode: 'unit' }),
  trace,
  prediction,
});

export const goodAttempt = judged();

/** LOAD falls 25.012 s after the pre-alarm. */
export const earlyAttempt = ((): AttemptFacts => {
  const edges = [
    ...goodTrace.edges.slice(0, 4),
    edge(4, 'load', 'notHigh', 30.112),
    edge(5, 'ledBlue', 'off', 30.113, 20),
    edge(6, 'preAlarm', 'notHigh', 30.114),
  ];
  const probes = [...goodTrace.probes.slice(0, 1), probe('load', 30.122), probe('preAlarm', 30.124)];
  const shifted = goodPrediction.edges.map((one) =>
    one.id === 'pre-2' || one.id === 'blue-2' ? { ...one, window_us: [30.112e6, 32e6] as never } : one,
  );
  return judged({ ...goodTrace, edges, probes }, { ...goodPrediction, edges: shifted });
})();

export const lostAttempt = judged({ ...goodTrace, end: 'lost', reason: 'no answer for 1 s' });
export const unprobedAttempt = judged({ ...goodTrace, probes: goodTrace.probes.slice(0, 1) });
export const notRunAttempt: AttemptFacts = {
  result: unjudged(goodCase, 'notRun', null, 'Not run after a broken case.'),
  trace: null,
  prediction: null,
};

export const facts = (
  attempts: readonly AttemptFacts[],
  more: Partial<RunFacts> = {},
  benchFaults: readonly BenchFault[] = [],
): RunFacts => ({
  runId: '20260102-030405-0007',
  started: '2026-01-02T03:04:05.000Z',
  mode: 'unit',
  selection: null,
  seed: 7,
  node: 'v24.0.0',
  bench: {
    id: 'sim',
    board: 'mega-sim-1',
    simulated: true,
    faults: [],
  },
  commandLine: ['rig', 'run', 'scenarios/regression/low-cell.yaml', '--seed', '7'],
  hashes: {
    scenarios: { 'scenarios/regression/low-cell.yaml': 'a'.repeat(64) },
    model: 'b'.repeat(64),
    host: 'c'.repeat(64),
    firmware: 'd'.repeat(64),
    unitImage: 'e'.repeat(64),
  },
  speed: {
    virtual_s: 40.5,
    wall_s: 0.06,
  },
  benchFaults,
  cases: attempts.map((attempt, index) => ({
    testCase: {
      ...goodCase,
      id: `${goodCase.id}-${index + 1}`,
    },
    attempts: [
      {
        ...attempt,
        result: {
          ...attempt.result,
          id: `${goodCase.id}-${index + 1}`,
        },
      },
    ],
  })),
  ...more,
});

export const goodRecord: RunRecord = makeRecord(facts([goodAttempt]));
export const failedRecord: RunRecord = makeRecord(facts([goodAttempt, earlyAttempt]));
export const mixedRecord: RunRecord = makeRecord(facts([goodAttempt, earlyAttempt, lostAttempt, unprobedAttempt, notRunAttempt]));
/** One case that the link spoilt twice before it passed, and one that passed at once. */
export const retriedRecord: RunRecord = makeRecord({
  ...facts([]),
  cases: [
    { testCase: goodCase, attempts: [lostAttempt, lostAttempt, goodAttempt] },
    { testCase: { ...goodCase, id: `${goodCase.id}-2` }, attempts: [goodAttempt] },
  ],
  selection: { of: 9, tags: 'regression', grep: null, shard: '1/4' },
});
