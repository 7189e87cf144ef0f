/** What the reference allows for a case as planned, before any hardware moves. */

import type { Case } from '../scenarios/contracts/case.ts';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { Growing } from './inputs/growing.ts';
import type { Segment } from './inputs/segments.ts';
import type { Interval } from './inputs/steps.ts';
import { numbersOf, PARAMETERS, type Parameters } from './parameters.ts';
import { Foresight } from './planned/foresight.ts';
import { planned } from './planned/happenings.ts';
import { NODES_BOUND } from './planned/reach.ts';
import { addSpans } from './planned/spans.ts';
import { INITIAL, SpanList } from './spans.ts';

/** In the order of the spans. */
const SIGNALS = ['load', 'preAlarm', 'charger', 'ledRed', 'ledBlue'] as const satisfies readonly SenseSignal[];

/** With what it was worked out from: the interval in which each entry happens, and the states of the inputs that follow from these. */
export interface PlannedPrediction extends Prediction {
  readonly instants: Readonly<Record<string, Interval>>;
  readonly segments: readonly Segment[];
}

/** The case with its stimuli as planned. `parameters` may carry a unit's profile. */
export function predict(testCase: Case, parameters: Parameters = PARAMETERS): PlannedPrediction {
  const { timeline } = testCase;
  const numbers = numbersOf(parameters);
  const end_us = timeline.endBounds_us[1];
  const grown = new Growing(end_us, numbers);
  const foresight = new Foresight(grown.segments, end_us, numbers);
  const happenings = planned(timeline, {
    happens: (happening) => grown.add(happening),
    expected: (signal, high, since_us) => {
      foresight.change(grown.update());
      return foresight.expected(signal, high, since_us);
    },
  });
  foresight.change(grown.update());
  const begin_us = happenings[0]?.begin_us[0] ?? 0;
  const spans = new SpanList(begin_us, grown.segments);
  const instants: Record<string, Interval> = {};
  for (const happening of happenings) instants[happening.entry.id] = happening.begin_us;
  for (const signal of SIGNALS) addSpans(spans, signal, foresight.stretches(signal), end_us);
  return {
    case: testCase.id,
    basis: 'planned',
    initial: INITIAL,
    unexplained: [],
    readings: [],
    edges: foresight.edges().toSorted((a, b) => a.window_us[0] - b.window_us[0]),
    allowed: spans.end(end_us),
    states: {
      most: foresight.most,
      bound: 4 * NODES_BOUND,
    },
    complete: foresight.complete,
    parameters: { ...parameters },
    instants,
    segments: grown.segments,
  };
}
