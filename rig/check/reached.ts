/** What in a case cannot be reached, whatever a good unit does: steps and demands that count from an edge it never shows, and sinks and drops of an output it never has high there. */

import { ANY_TIME } from '../../firmware-ref/inputs/steps.ts';
import type { PlannedPrediction } from '../../firmware-ref/predict.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Anchor, Expectation, Measurement } from '../../scenarios/contracts/expectation.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import type { Cause, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { EntryId, TimelineEntry, When } from '../../scenarios/contracts/timeline.ts';
import { isSurelyUnsure } from './stricter.ts';
import { type Level, OUTPUTS, type OutputSignal, type SenseSignal, SINK_OUTPUTS } from '../../scenarios/signals.ts';

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

const hangsOn = (when: When): EntryId | null => (when.kind === 'at' ? null : when.kind === 'afterEdge' ? when.armedBy : when.entry);

/** The entry and all that happens only once it has. */
function withFollowers({ timeline: { entries } }: Case, first: EntryId): ReadonlySet<EntryId> {
  const all = new Set([first]);
  for (let before = 0; before < all.size;) {
    before = all.size;
    for (const { id, when } of entries) {
      const on = hangsOn(when);
      if (on !== null && all.has(on)) all.add(id);
    }
  }
  return all;
}

/** Whether an edge comes only of these entries, directly or by way of another edge. */
function comesOf({ edges }: PlannedPrediction, edge: PredictedEdge, entries: ReadonlySet<EntryId>): boolean {
  const seen = new Set<string>();
  const isOwn = ({ ref }: Cause): boolean => {
    if (ref.kind === 'entry') return entries.has(ref.entry);
    const other = ref.kind === 'predicted' ? edges.find(({ id }) => id === ref.edge) : undefined;
    return other !== undefined && isOf(other);
  };
  const isOf = ({ id, causes }: PredictedEdge): boolean => {
    // Of what hangs on itself nothing is known.
    if (causes.length === 0 || seen.has(id)) return false;
    seen.add(id);
    // Where several bound its window, one that is not of these may be why it comes.
    return causes.every(isOwn);
  };
  return isOf(edge);
}

function waitsInVain(prediction: PlannedPrediction, testCase: Case, { id, when }: TimelineEntry): boolean {
  if (when.kind !== 'afterEdge') return false;
  const [soonest_us, latest_us] = prediction.instants[when.armedBy] ?? ANY_TIME;
  const inTime = predicted(prediction, when.signal, when.level).filter(
    ({ window_us }) => window_us[1] >= soonest_us && window_us[0] <= latest_us + when.timeout_us,
  );
  if (inTime.length === 0) return true;
  // What the step itself would bring about is not there to bring about the step.
  const own = withFollowers(testCase, id);
  return inTime.every((edge) => comesOf(prediction, edge, own));
}

/** The first step that never happens; those behind it only follow. */
function vainStep(prediction: PlannedPrediction, testCase: Case): readonly Issue[] {
  const entry = testCase.timeline.entries.find((one) => waitsInVain(prediction, testCase, one));
  if (entry?.when.kind !== 'afterEdge') return [];
  const { signal, level } = entry.when;
  const message = `${entry.id} waits for ${signal} ${edgeName(signal, level)}, which no good unit shows there`;
  const { file } = entry.place;
  return [{ id: 'never-comes', severity: 'error', ...entry.place, message, hint: `rig predict ${file} shows which edges come` }];
}

const spansOf = ({ allowed }: PlannedPrediction, output: OutputSignal, from_us: number, to_us: number) =>
  allowed.filter((span) => span.signal === output && span.from_us <= to_us && span.to_us > from_us);

function isNeverHigh(prediction: PlannedPrediction, output: OutputSignal, from_us: number, to_us: number): boolean {
  const spans = spansOf(prediction, output, from_us, to_us);
  return spans.length > 0 && spans.every(({ levels }) => !levels.includes('high'));
}

/** Of an output that floats (FACTS.md A-LEAKAGE). */
const MOST_FLOATING_mV = 1_000;

/** The output that has to be high for the measurement to mean anything. */
const measuredHigh = ({ analog, low, switching }: Measurement): OutputSignal | undefined => {
  const output = OUTPUTS.find((one) => analog === `${one}Drop` || analog === `${one}Voltage`);
  return switching !== null || (analog === `${output}Voltage` && (low ?? 0) <= MOST_FLOATING_mV) ? undefined : output;
};

/** A drop, or a voltage that only a high output has, where a good unit may not have it high: that one would be accused. */
function unsureMeasurement(prediction: PlannedPrediction, { timeline }: Case, measurement: Measurement): readonly Issue[] {
  const output = measuredHigh(measurement);
  const { entry, analog, place } = measurement;
  const when = (timeline.entries.find(({ id }) => id === `${entry}-sink`) ?? timeline.entries.find(({ id }) => id === entry))?.when;
  if (output === undefined || (when?.kind !== 'at' && when?.kind !== 'afterEntry')) return [];
  const at: Anchor =
    when.kind === 'at' ? { kind: 'time', at_us: when.at_us } : { kind: 'entry', entry: when.entry, delay_us: when.delay_us };
  if (!isSurelyUnsure(prediction, { signal: output, at })) return [];
  const message = `${analog} is measured where a good unit may not have ${NAMES[output]} high yet, or any more`;
  const hint = `measure it once that is over: rig predict ${place.file} shows when`;
  return [{ id: 'drop-unsure', severity: 'warning', ...place, message, hint }];
}

/** The same where no good unit has it high: each of them would be accused. */
function vainMeasurement(prediction: PlannedPrediction, measurement: Measurement): readonly Issue[] {
  const { analog, entry, place } = measurement;
  const instants = prediction.instants[entry];
  const output = measuredHigh(measurement);
  if (output === undefined || instants === undefined || !isNeverHigh(prediction, output, instants[0], instants[1])) return [];
  const message = `${analog} is measured where no good unit has ${NAMES[output]} high`;
  const hint = `rig predict ${place.file} shows when it is high`;
  return [{ id: 'drop-of-floating', severity: 'error', ...place, message, hint }];
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
  ...testCase.measurements
    // With a sink it is told of the sink.
    .filter(({ entry }) => prediction.instants[`${entry}-sink`] === undefined)
    .flatMap((measurement) => vainMeasurement(prediction, measurement)),
  ...testCase.measurements.flatMap((measurement) => unsureMeasurement(prediction, testCase, measurement)),
];

/** Whether a prediction has anything to say here. */
export const hangsOnUnit = ({ timeline: { entries }, measurements }: Case): boolean =>
  measurements.length > 0 ||
  entries.some(
    ({ when, do: action }) =>
      when.kind === 'afterEdge' || (action.kind === 'pulse' && action.changes.some(({ signal }) => signal in SINK_OUTPUTS)),
  );
