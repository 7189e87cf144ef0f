/** A raw run as a trace: every tick converted once, with the final clock fit, and every code with its uncertainty. */

import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { FixtureTicks, ScenarioTime_us } from '../../scenarios/contracts/clocks.ts';
import type { Edge, Sample, Trace } from '../../scenarios/contracts/trace.ts';
import { ANALOGS, type AnalogSignal, OUTPUTS } from '../../scenarios/signals.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { ScenarioAxis } from '../link/clock-fit.ts';
import { ranges, type Reading } from './measure.ts';
import type { RawRun } from './run-timeline.ts';
import { atAskedCurrent } from './sink-drop.ts';
import { supplyOverTime } from './supply-over-time.ts';
import { traceBlind, traceCaptured, traceEdges, traceInitial, traceProbes } from './trace-edges.ts';
import { traceRamps } from './trace-ramps.ts';
import { traceStimuli } from './trace-stimuli.ts';

/** The burden is the divider on each output, 0.1 % parts; an output in use lies up to this much below the supply. */
const BURDEN_Ohm = 100_000;
const BURDEN_ERROR = 0.01;

/** Who measured, with which calibration. */
export interface MeasuredBy {
  readonly bench: Trace['bench'];
  readonly calibration: Calibration | null;
  readonly inForce: Trace['calibration'];
  readonly contacts: Trace['contacts'];
  readonly dividers: Dividers;
  readonly seed: number | null;
}

/**
 * Builds the trace. `uncertainty_us` of stimuli and edges is that of the stamp. The clock's own error grows with the time between two stamps and is not in it:
 * whoever judges an interval adds `clock.bound_ppm` of the interval.
 */
export const buildTrace = (raw: RawRun, testCase: Case, { bench, calibration, inForce, contacts, dividers, seed }: MeasuredBy): Trace => {
  const axis = new ScenarioAxis(raw.t0, raw.fit.ticksPer_us);
  const timeOf = (ticks: FixtureTicks): ScenarioTime_us => axis.timeOf(ticks);
  const { timeline } = testCase;
  const edges = traceEdges(raw.events, raw.ended, timeOf, dividers);
  const probes = traceProbes({ events: raw.events, entryOf: raw.entryOf, timeOf, dividers });
  const open = new Set(raw.operator.filter(({ choice }) => choice === null).map(({ entry }) => entry));
  const stimuli = traceStimuli({ timeline, events: raw.events, entryOf: raw.entryOf, edges, timeOf }).map((one) =>
    open.has(one.entry) ? { ...one, outcome: 'timedOut' as const } : one,
  );
  const initial = traceInitial(raw.events);
  const supplyAt = supplyOverTime(timeline, stimuli);

  const levelAt = (signal: Edge['signal'], at_us: number): Edge['level'] =>
    edges.findLast((edge) => edge.signal === signal && edge.at_us <= at_us)?.level ?? initial[signal];
  /** What the fixture's burdens draw through outputs that are high: it is in the supply current, and no consumption of the unit. */
  const burden_uA = (at_us: ScenarioTime_us): number =>
    OUTPUTS.filter((output) => levelAt(output, at_us) === 'high').length * ((supplyAt(at_us) * 1000) / BURDEN_Ohm);

  const samples = raw.events.flatMap(({ event, ticks }): Sample[] => {
    const entry = event.kind === 'sample' ? raw.entryOf.get(event.id) : undefined;
    if (event.kind !== 'sample' || entry === undefined) return [];
    const action = timeline.entries.find(({ id }) => id === entry)?.do;
    if (action?.kind !== 'sample') return [];
    const { analog } = action;
    const at_us = timeOf(ticks);
    const [own, other] = ranges(event, supplyAt(at_us) / 1000, calibration, dividers);
    const burden = analog === 'supplyCurrent' ? burden_uA(at_us) : 0;
    const beyondBurden = ({ value, uncertainty, saturated }: Reading): NonNullable<Sample['other']> => ({
      value: value - burden,
      ...(saturated && { least: value - burden - uncertainty - burden * BURDEN_ERROR }),
      uncertainty: saturated ? LARGEST[ANALOGS[analog]] : uncertainty + burden * BURDEN_ERROR,
    });
    return [
      {
        entry,
        analog,
        at_us,
        unit: ANALOGS[analog],
        ...beyondBurden(own),
        count: event.count,
        ...(analog === 'supplyCurrent' && other !== undefined && { other: beyondBurden(other) }),
      },
    ];
  });
  return {
    bench,
    calibration: inForce,
    contacts,
    case: testCase.id,
    stimuli,
    initial,
    edges,
    samples: atAskedCurrent(timeline, stimuli, samples),
    ramps: traceRamps(timeline, stimuli, calibration),
    probes,
    operator: raw.operator,
    captured: traceCaptured(raw.events, raw.ended, timeOf),
    blind: traceBlind(probes),
    clock: {
      rate_ppm: raw.fit.rate_ppm,
      bound_ppm: raw.fit.bound_ppm,
      ...(raw.begun_ppm !== null && { begun_ppm: raw.begun_ppm }),
      jump_us: raw.fit.jump_us,
      samples: raw.fit.samples,
    },
    link: raw.counters,
    boots: raw.boots,
    end: raw.end,
    reason: raw.reason,
    endedBy: raw.endedBy,
    ended_us: timeOf(raw.ended),
    seed,
  };
};

/** A reading at the end of its range may be anything up to what the bench can carry. */
const LARGEST: Readonly<Record<(typeof ANALOGS)[AnalogSignal], number>> = { mV: 80_000, uA: 1_500_000 };
