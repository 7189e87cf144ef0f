/** How fast a trace with very many edges is judged, how soon a difference is explained, and whether two worker threads do twice the work of one. */

import { PARAMETERS } from '../../firmware-ref/parameters.ts';
import { account } from '../../firmware-ref/account.ts';
import { explain } from '../../reports/explain/explain.ts';
import { judgeCase } from '../../reports/judge/case.ts';
import { makeRecord, type RunRecord } from '../../reports/record.ts';
import { runUnits } from '../../rig/campaign/units.ts';
import { runSimulatedCase } from '../../rig/run/simulated-case.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { fixtureTicks, scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { median, TIMED_RUN } from './timed-run.ts';

export const EDGES = 1_000_000;
const FROM_us = 4e6;
const EVERY_us = 25;

/** The red LED, which in this case does nothing, lights up and goes dark for as long as the case lasts, and may. */
const manyEdges = (trace: Trace): { readonly edges: readonly Edge[]; readonly predicted: readonly PredictedEdge[] } => {
  const first = Math.max(...trace.edges.map(({ seq }) => seq)) + 1;
  const edges: Edge[] = [];
  const predicted: PredictedEdge[] = [];
  for (let index = 0; index < EDGES; index += 1) {
    const level = index % 2 === 0 ? 'on' : 'off';
    const at_us = scenarioTime(FROM_us + index * EVERY_us);
    const seq = first + index;
    edges.push({ seq, signal: 'ledRed', level, at_us, uncertainty_us: 1.5, via: 'light', ticks: fixtureTicks(2 * at_us) });
    predicted.push({
      id: `many-${index}`,
      signal: 'ledRed',
      level,
      causes: [{ ref: { kind: 'entry', entry: 'power' }, min_us: 0, max_us: Infinity }],
      combine: 'all',
      window_us: [scenarioTime(0), scenarioTime(Infinity)],
      required: false,
      observed: seq,
      consequence: false,
      rule: 'R17',
      requirement: 'LED-RED',
      parameters: [],
      certainty: 'R',
      why: 'it may',
    });
  }
  return { edges, predicted };
};

export interface Judging {
  /** Of a trace with a million edges. */
  readonly judge_s: number;
  /** Of a run with one failed case. */
  readonly explain_ms: number;
}

const timed_ms = (work: () => unknown): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** `quiet` passes on the stand-in and does not touch the red LED. */
export const measureJudging = async (quiet: Case, failing: Case, defect: string): Promise<Judging> => {
  const { run } = await runSimulatedCase({ testCase: quiet, seed: 1, pace: 'virtual' });
  if (run.trace === null) throw new Error(`${quiet.id} left no trace.`);
  const { edges, predicted } = manyEdges(run.trace);
  const trace: Trace = { ...run.trace, edges: [...run.trace.edges, ...edges].toSorted((a, b) => a.at_us - b.at_us) };
  const accounted = account(quiet, run.trace, PARAMETERS);
  const prediction: Prediction = {
    ...run.prediction,
    edges: [...run.prediction.edges, ...predicted],
    allowed: accounted.allowed.map((span) => (span.signal === 'ledRed' ? { ...span, levels: ['on', 'off'] } : span)),
  };
  const judge = (): unknown => judgeCase({ testCase: run.testCase, trace, prediction, mode: 'unit' });
  const { verdict, reason } = judge() as ReturnType<typeof judgeCase>;
  if (verdict !== 'pass') throw new Error(`The many edges are not judged as allowed: ${verdict}: ${reason}`);
  const judge_s = median([1, 2, 3].map(() => timed_ms(judge))) / 1000;

  const failed = (await runSimulatedCase({ testCase: failing, seed: 1, pace: 'virtual', defect })).run;
  if (failed.result.verdict !== 'fail') throw new Error(`${failing.id} does not fail with ${defect}.`);
  const record: RunRecord = makeRecord({
    ...TIMED_RUN,
    cases: [{ testCase: failed.testCase, attempts: [{ result: failed.result, trace: failed.trace, prediction: failed.prediction }] }],
  });
  const explanations = Array.from({ length: 20 }, () => timed_ms(() => explain(record)));
  return { judge_s, explain_ms: median(explanations) };
};

const UNITS = 12;
const TRIES = 3;

/** Units a second with two workers, as a multiple of what one does. */
export const workerScaling = async (testCase: Case): Promise<number> => {
  const units = Array.from({ length: UNITS }, (_, index) => ({ seed: 1 + index }));
  const wall_ms = async (workers: number): Promise<number> => {
    const start = performance.now();
    await runUnits({ units, cases: [testCase], bail: false, workers, signal: new AbortController().signal });
    return performance.now() - start;
  };
  // Threads are kept from run to run: without this the second measurement alone would find a warm one.
  await wall_ms(2);
  const tries: number[] = [];
  for (let index = 0; index < TRIES; index += 1) {
    const [one, two] = [await wall_ms(1), await wall_ms(2)];
    tries.push(one / two);
  }
  return median(tries);
};
