/** What in a case cannot be reached, whatever a good unit does: steps and demands that count from an edge it never shows, and sinks at an output it never has high there. */

import type { PlannedPrediction } from '../../firmware-ref/predict.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Anchor, Expectation } from '../../scenarios/contracts/expectation.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import { type Level, type OutputSignal, type SenseSignal, SINK_OUTPUTS } from '../../scenarios/signals.ts';

const NAMES: Readonly<Record<SenseSignal, string>> = {
  load: 'LOAD',
  preAlarm: 'PRE-ALARM',
  charger: 'CHARGER',
  ledBlue: 'the blue LED',
  ledRed: 'the red LED',
};

/** Whatever is not high may be floating or low. */
const same = (a: Level, b: Level): boolean => (a === 'high' || a === 'on' ? a : 'off') === (b === 'high' || b === 'on' ? b : 'off');

const edgeName = (signal: SenseSignal, level: Level): string => {
  const on = level === 'high' || level === 'on';
  return signal === 'ledBlue' || signal === 'ledRed' ? (on ? 'lights' : 'goes dark') : on ? 'rises' : 'falls';
};

const predicted = ({ edges }: PlannedPrediction, signal: SenseSignal, level: Level) =>
  edges.filter((edge) => edge.signal === signal && same(edge.level, level));

const anchorsOf = (one: Expectation): readonly Anchor[] =>
  one.kind === 'answer' ? [] : one.kind === 'level' ? [one.at] : one.kind === 'edge' ? [one.after] : [one.from, one.to];

/** The edge that a demand counts from and that never comes; null where each may. */
export function missingAnchor(prediction: PlannedPrediction, one: Expectation): string | null {
  for (const anchor of anchorsOf(one))
    if (anchor.kind === 'edge' && predicted(prediction, anchor.signal, anchor.level).length === 0)
      return `${anchor.signal} ${edgeName(anchor.signal, anchor.level)}`;
  return null;
}

function waitsInVain(prediction: PlannedPrediction, when: When): boolean {
  if (when.kind !== 'afterEdge') return false;
  const [soonest_us, latest_us] = prediction.instants[when.armedBy] ?? [-Infinity, Infinity];
  return !predicted(prediction, when.signal, when.level).some(
    ({ window_us: [from_us, to_us] }) => to_us >= soonest_us && from_us <= latest_us + when.timeout_us,
  );
}

/** The first step that never happens; those behind it only follow. */
function vainStep(prediction: PlannedPrediction, { timeline: { entries } }: Case): readonly Issue[] {
  const entry = entries.find(({ when }) => waitsInVain(prediction, when));
  if (entry?.when.kind !== 'afterEdge') return [];
  const { signal, level } = entry.when;
  const message = `${entry.id} waits for ${signal} ${edgeName(signal, level)}, which no good unit shows there`;
  const { file } = entry.place;
  return [{ id: 'never-comes', severity: 'error', ...entry.place, message, hint: `rig predict ${file} shows which edges come` }];
}

function isNeverHigh({ allowed }: PlannedPrediction, output: OutputSignal, from_us: number, to_us: number): boolean {
  const spans = allowed.filter((span) => span.signal === output && span.from_us <= to_us && span.to_us > from_us);
  return spans.length > 0 && spans.every(({ levels }) => !levels.includes('high'));
}

function vainSink(prediction: PlannedPrediction, { id, do: action, place }: TimelineEntry): readonly Issue[] {
  const instants = prediction.instants[id];
  if (action.kind !== 'pulse' || instants === undefined) return [];
  return action.changes.flatMap(({ signal, value }): Issue[] => {
    const output = SINK_OUTPUTS[signal];
    if (output === undefined || value === 'off' || !isNeverHigh(prediction, output, instants[0], instants[1] + action.for_us)) return [];
    const message = `the sink pulls at ${NAMES[output]}, which no good unit has high there`;
    const hint = 'let it be high first, or take the sink out';
    return [{ id: 'sink-on-floating', severity: 'error', ...place, message, hint }];
  });
}

export const unreached = (testCase: Case, prediction: PlannedPrediction): readonly Issue[] => [
  ...vainStep(prediction, testCase),
  ...testCase.timeline.entries.flatMap((entry) => vainSink(prediction, entry)),
];

/** Whether a prediction has anything to say here. */
export const hangsOnUnit = ({ timeline: { entries } }: Case): boolean =>
  entries.some(
    ({ when, do: action }) =>
      when.kind === 'afterEdge' || (action.kind === 'pulse' && action.changes.some(({ signal }) => signal in SINK_OUTPUTS)),
  );
