/** What the reference allows for a case as planned, before any hardware moves. */

import type { Case } from '../scenarios/contracts/case.ts';
import type { PredictedEdge, Prediction } from '../scenarios/contracts/prediction.ts';
import type { SenseSignal } from '../scenarios/signals.ts';
import { INITIAL } from './account.ts';
import { segmentsOf, type Segment } from './inputs/segments.ts';
import { stepsOf, type Happening, type Interval } from './inputs/steps.ts';
import { numbersOf, PARAMETERS, type Numbers, type Parameters } from './parameters.ts';
import { blueEdges, blueHoldings, freeEdges } from './planned/blue.ts';
import { edgeOf, groupsOf, type Group } from './planned/edges.ts';
import { planned, type Expected } from './planned/happenings.ts';
import { NODES_BOUND, reach, type Reach } from './planned/reach.ts';
import { addSpans, stretchesOf, type Stretch } from './planned/spans.ts';
import { reachBoth } from './planned/trips.ts';
import { SpanList } from './spans.ts';

interface Foreseen {
  readonly edges: readonly PredictedEdge[];
  readonly stretches: Readonly<Record<SenseSignal, readonly Stretch[]>>;
  readonly most: number;
  readonly complete: boolean;
}

/** The edges of one signal alone, without what only a report needs. */
function expectedOf(signal: SenseSignal, segments: readonly Segment[], end_us: number, numbers: Numbers): readonly Expected[] {
  if (signal === 'charger' || signal === 'ledRed') return expectedFrom(signal, reach(signal, segments, numbers), end_us);
  const both = reachBoth(segments, numbers);
  if (signal !== 'ledBlue') return expectedFrom(signal, both[signal], end_us);
  return blueOf(both.load, groupsFor('load', both.load, end_us), segments, numbers).map(({ level, window_us, required }) => ({
    high: level === 'on',
    window_us,
    required,
  }));
}

const groupsFor = (signal: SenseSignal, { moves, nodes }: Reach, end_us: number): readonly Group[] =>
  groupsOf(signal, moves, stretchesOf(nodes), end_us);

const expectedFrom = (signal: SenseSignal, reached: Reach, end_us: number): readonly Expected[] =>
  groupsFor(signal, reached, end_us).map(({ high, from_us, to_us, required }) => ({ high, window_us: [from_us, to_us], required }));

function blueOf(load: Reach, groups: readonly Group[], segments: readonly Segment[], numbers: Numbers): readonly PredictedEdge[] {
  const edges = groups.map((group) => edgeOf(group, { load: groups, preAlarm: [] }, numbers));
  return [...blueEdges(edges, groups, stretchesOf(blueHoldings(load, segments, numbers)), numbers), ...freeEdges(segments)];
}

function foresee(segments: readonly Segment[], end_us: number, numbers: Numbers): Foreseen {
  const reached = {
    ...reachBoth(segments, numbers),
    charger: reach('charger', segments, numbers),
    ledRed: reach('ledRed', segments, numbers),
  };
  const all: readonly Reach[] = Object.values(reached);
  const stretches = {
    load: stretchesOf(reached.load.nodes),
    preAlarm: stretchesOf(reached.preAlarm.nodes),
    charger: stretchesOf(reached.charger.nodes),
    ledRed: stretchesOf(reached.ledRed.nodes),
    ledBlue: stretchesOf(blueHoldings(reached.load, segments, numbers)),
  };
  const groups = (signal: 'load' | 'preAlarm' | 'charger' | 'ledRed') => groupsOf(signal, reached[signal].moves, stretches[signal], end_us);
  const others = { load: groups('load'), preAlarm: groups('preAlarm') };
  const edgesFor = (list: ReturnType<typeof groups>) => list.map((group) => edgeOf(group, others, numbers));
  const load = edgesFor(others.load);
  const edges = [
    ...load,
    ...edgesFor(others.preAlarm),
    ...edgesFor(groups('charger')),
    ...edgesFor(groups('ledRed')),
    ...blueEdges(load, others.load, stretches.ledBlue, numbers),
    ...freeEdges(segments),
  ];
  return { edges, stretches, most: all.reduce((sum, { nodes }) => sum + nodes.length, 0), complete: all.every(({ complete }) => complete) };
}

/** With the interval in which each entry happens. */
export interface PlannedPrediction extends Prediction {
  readonly instants: Readonly<Record<string, Interval>>;
}

/** The case with its stimuli as planned. `parameters` may carry a unit's profile. */
export function predict(testCase: Case, parameters: Parameters = PARAMETERS): PlannedPrediction {
  const { timeline } = testCase;
  const numbers = numbersOf(parameters);
  const end_us = timeline.endBounds_us[1];
  const segmentsFor = (happenings: readonly Happening[]) => segmentsOf(stepsOf(happenings, numbers), end_us, numbers);
  const happenings = planned(timeline, (before, signal) => expectedOf(signal, segmentsFor(before), end_us, numbers));
  const segments = segmentsFor(happenings);
  const { edges, stretches, most, complete } = foresee(segments, end_us, numbers);
  const spans = new SpanList(happenings[0]?.begin_us[0] ?? 0, segments);
  for (const [signal, list] of Object.entries(stretches))
    addSpans(spans, signal as SenseSignal, list, happenings[0]?.begin_us[0] ?? 0, end_us);
  return {
    case: testCase.id,
    basis: 'planned',
    initial: INITIAL,
    unexplained: [],
    readings: [],
    edges: edges.toSorted((a, b) => a.window_us[0] - b.window_us[0]),
    allowed: spans.end(end_us),
    states: {
      most,
      bound: 4 * NODES_BOUND,
    },
    complete,
    parameters: { ...parameters },
    instants: Object.fromEntries(happenings.map(({ entry, begin_us }) => [entry.id, begin_us])),
  };
}
