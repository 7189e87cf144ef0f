/** A run of very many edges for tests of pages: a unit whose supply is switched all day, each edge expected, probed where it falls, at instants that nothing repeats. */

import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { AllowedSpan, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Probe, Stimulus } from '../../scenarios/contracts/trace.ts';
import type { TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import { makeRecord, type AttemptFacts, type RunRecord } from '../record.ts';
import { isOutput } from '../../scenarios/signals.ts';
import { byEntry, edge, entry, goodCase, goodPrediction, goodTrace, predicted, span } from './build.ts';
import { facts, goodAttempt } from './runs.ts';

const SIGNALS = ['load', 'preAlarm', 'charger', 'ledBlue', 'ledRed'] as const;

/** Uniform in [0, 1), the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A record with at least `count` edges in one case, as `makeRecord` gives it. */
export function manyEdges(count: number): RunRecord {
  const draw = random(1);
  const edges: Edge[] = [];
  const probes: Probe[] = [];
  const stimuli: Stimulus[] = goodTrace.stimuli.slice(0, 2);
  const entries: TimelineEntry[] = goodCase.timeline.entries.slice(0, 2);
  const expected: PredictedEdge[] = [];
  const allowed: AllowedSpan[] = SIGNALS.map((signal) => span(signal, -1, 0, signal.startsWith('led') ? ['off'] : ['floating']));
  const last = new Map(allowed.map((one) => [one.signal, one]));
  let at_s = 1;
  for (let up = true; edges.length < count; up = !up) {
    at_s += 2 + draw();
    const id = `step-${entries.length - 1}`;
    entries.push(entry(id, at_s, { kind: 'set', changes: [{ signal: 'remoteLink', value: up ? 'closed' : 'open' }] }));
    const done_us = scenarioTime(at_s * 1e6 + draw());
    stimuli.push({ entry: id, outcome: 'done', asked_us: scenarioTime(at_s * 1e6), done_us, ended_us: null, uncertainty_us: 1.5 });
    for (const signal of SIGNALS) {
      const led = signal.startsWith('led');
      const level = led ? (up ? 'on' : 'off') : up ? 'high' : 'notHigh';
      const fell_s = done_us / 1e6 + 0.02 + draw() * 1.8;
      const seq = edges.length;
      edges.push({ ...edge(seq, signal, level, 0, led ? 129.5 : signal === 'charger' ? 29.5 : 1.5), at_us: scenarioTime(fell_s * 1e6) });
      const allowedNow = led ? level : up ? 'high' : 'floating';
      const before = last.get(signal)!;
      const after = { ...before, from_us: scenarioTime(fell_s * 1e6), levels: [allowedNow] as const };
      allowed.push({ ...before, from_us: done_us, to_us: after.from_us, levels: [...before.levels, allowedNow] }, after);
      last.set(signal, after);
      expected.push({
        ...predicted(`${signal}-${seq}`, signal, allowedNow, [0, 0], [byEntry(id)], seq),
        window_us: [done_us, scenarioTime(done_us + 2e6)],
      });
      if (isOutput(signal) && !up)
        probes.push({
          entry: null,
          output: signal,
          from_us: scenarioTime(fell_s * 1e6 + 1_000 + draw() * 400),
          to_us: scenarioTime(fell_s * 1e6 + 3_000 + draw() * 400),
          result: 'floating',
          biasOff_mV: draw() * 20,
          biasOn_mV: 11_800 + draw() * 100,
          supply_mV: 13_000,
        });
    }
  }
  // Spans of one signal tile the case.
  const ends = new Map<string, AllowedSpan['to_us']>();
  const tiled = allowed.toReversed().map((one) => {
    const to_us = ends.get(one.signal) ?? scenarioTime((at_s + 5) * 1e6);
    ends.set(one.signal, one.from_us);
    return { ...one, to_us };
  });
  const ordered = edges.map((one, index) => ({ one, index })).toSorted((a, b) => a.one.at_us - b.one.at_us);
  const seqOf = new Map(ordered.map(({ index }, seq) => [index, seq]));
  const attempt: AttemptFacts = {
    result: goodAttempt.result,
    trace: {
      ...goodTrace,
      stimuli,
      edges: ordered.map(({ one }, seq) => ({ ...one, seq })),
      probes: probes.toSorted((a, b) => a.from_us - b.from_us),
      blind: [],
      ended_us: scenarioTime((at_s + 5) * 1e6),
    },
    prediction: {
      ...goodPrediction,
      allowed: tiled.toReversed(),
      edges: expected.map((one) => ({ ...one, observed: seqOf.get(one.observed!)! })),
    },
  };
  const made = facts([attempt]);
  return makeRecord({
    ...made,
    cases: made.cases.map(({ testCase, attempts }) => ({
      testCase: { ...testCase, timeline: { ...testCase.timeline, entries } },
      attempts,
    })),
  });
}
