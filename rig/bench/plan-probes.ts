/** Where a case needs probes that no edge sets off: floating outputs that never fell, and long floats whose end nobody would see. */

import type { Case } from '../../scenarios/contracts/case.ts';
import { scenarioTime } from '../../scenarios/contracts/clocks.ts';
import type { Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Timeline, TimelineEntry } from '../../scenarios/contracts/timeline.ts';
import type { Stimulus } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS, type OutputSignal } from '../../scenarios/signals.ts';
import { supplyOverTime } from './supply-over-time.ts';

/** A unit may take 3 s to start up (R15). */
const STARTED_us = 3_100_000;
/** Away from anything that could change the output, or be confused with the probe. */
const QUIET_us = 50_000;
/** Longest probe, settling included. Source: ELECTRICS.md, "Outputs". */
const PROBE_us = 3_000;
/** A float shorter than this is covered by the probe after its edge. */
const LONG_us = 1_000_000;
/** Below it a probe says nothing about the unit (R14). */
const FULL_FUNCTION_mV = 8_000;

interface Interval {
  readonly from_us: number;
  readonly to_us: number;
}

/** Spans in which the prediction allows nothing but floating, neighbours joined. */
const floats = (prediction: Prediction, output: OutputSignal): readonly Interval[] => {
  const joined: { from_us: number; to_us: number }[] = [];
  for (const { from_us, to_us, signal, levels } of prediction.allowed.toSorted((a, b) => a.from_us - b.from_us)) {
    if (signal !== output || !levels.every((level) => level === 'floating')) continue;
    const last = joined.at(-1);
    if (last && last.to_us >= from_us) last.to_us = Math.max(last.to_us, to_us);
    else joined.push({ from_us, to_us });
  }
  return joined;
};

const lasts_us = ({ do: action }: TimelineEntry): number =>
  action.kind === 'pulse' ? action.for_us : action.kind === 'ramp' ? action.over_us : action.kind === 'probe' ? PROBE_us : 0;

const around = (from_us: number, to_us: number): Interval => ({ from_us: from_us - QUIET_us - PROBE_us, to_us: to_us + QUIET_us });

/** When a probe of the output would meet an entry or an edge that may fall there. */
const noise = (timeline: Timeline, prediction: Prediction, output: OutputSignal): readonly Interval[] => [
  ...timeline.entries.map((entry) => around(entry.bounds_us[0], entry.bounds_us[1] + lasts_us(entry))),
  ...prediction.edges.filter(({ signal }) => signal === output).map(({ window_us: [from_us, to_us] }) => around(from_us, to_us)),
];

const earliestQuiet = (from_us: number, noisy: readonly Interval[]): number => {
  const hit = noisy.find((interval) => interval.from_us < from_us && from_us < interval.to_us);
  return hit ? earliestQuiet(hit.to_us, noisy) : from_us;
};
const latestQuiet = (to_us: number, noisy: readonly Interval[]): number => {
  const hit = noisy.find((interval) => interval.from_us < to_us && to_us < interval.to_us);
  return hit ? latestQuiet(hit.from_us, noisy) : to_us;
};

/** Supply as planned: entries without an absolute time at their earliest. */
const plannedSupply = (timeline: Timeline): ((at_us: number) => number) => {
  const asPlanned = timeline.entries.map(({ id, bounds_us }): Stimulus => ({
    entry: id,
    outcome: 'done',
    asked_us: bounds_us[0],
    done_us: bounds_us[0],
    ended_us: null,
    uncertainty_us: 0,
  }));
  const supplyAt = supplyOverTime(timeline, asPlanned);
  return (at_us) => supplyAt(scenarioTime(at_us));
};

/** Instants at which an output should be probed, none of them where one of its edges may fall. */
const probeTimes = (timeline: Timeline, prediction: Prediction, output: OutputSignal, noisy: readonly Interval[]): readonly number[] => {
  const supplyAt = plannedSupply(timeline);
  const lastStart_us = timeline.endBounds_us[0] - QUIET_us - PROBE_us;
  const times: number[] = [];
  for (const float of floats(prediction, output)) {
    const until_us = Math.min(float.to_us - QUIET_us - PROBE_us, lastStart_us);
    const fits = (at_us: number): boolean =>
      at_us >= Math.max(float.from_us + QUIET_us, STARTED_us) &&
      at_us <= until_us &&
      supplyAt(at_us) >= FULL_FUNCTION_mV &&
      times.every((other) => Math.abs(other - at_us) >= LONG_us);
    if (float.from_us < STARTED_us) times.push(...[Math.ceil(earliestQuiet(STARTED_us, noisy))].filter(fits));
    if (float.to_us - Math.max(float.from_us, 0) >= LONG_us) times.push(...[Math.floor(latestQuiet(until_us, noisy))].filter(fits));
  }
  return times.toSorted((a, b) => a - b);
};

/** The case with probes added, `probe-<output>-<n>`, each at an absolute time; the same case where none is needed. */
export const planProbes = (testCase: Case, prediction: Prediction): Case => {
  let { timeline } = testCase;
  for (const output of OUTPUTS) {
    // A coil's current may not be interrupted: nobody could tell what the probe saw.
    if (testCase.attached[output]?.kind === 'coil') continue;
    const already = timeline.entries.filter(({ id }) => id.startsWith(`probe-${output}-`)).length;
    // Probes planned for the outputs before are entries by now, and kept away from like the others.
    const probes = probeTimes(timeline, prediction, output, noise(timeline, prediction, output)).map((time, index): TimelineEntry => {
      const at_us = scenarioTime(time);
      return {
        id: `probe-${output}-${already + index + 1}`,
        when: { kind: 'at', at_us },
        do: { kind: 'probe', output },
        bounds_us: [at_us, at_us],
        place: testCase.place,
      };
    });
    if (probes.length > 0)
      timeline = { ...timeline, entries: [...timeline.entries, ...probes].toSorted((a, b) => a.bounds_us[0] - b.bounds_us[0]) };
  }
  return timeline === testCase.timeline ? testCase : { ...testCase, timeline };
};
