/** From what explains an edge to the predicted edge of a report: window, causes, rule. */

import type { Cause, CauseRef, PredictedEdge } from '../scenarios/contracts/prediction.ts';
import { scenarioTime } from '../scenarios/contracts/clocks.ts';
import type { Edge } from '../scenarios/contracts/trace.ts';
import { isOutput, type Level, type SenseSignal } from '../scenarios/signals.ts';
import { REMOTE_BIT } from './inputs/orders.ts';
import type { Segment } from './inputs/segments.ts';
import type { Interval } from './inputs/steps.ts';
import type { Numbers, ParameterName } from './parameters.ts';
import { CITES, type Cite, type CiteId } from './rules/cites.ts';
import type { Wait } from './rules/rule.ts';
import type { Target } from './track.ts';

/** An output that is off without a full supply cannot be probed, so it is only known not to be high (R14). */
export function levelOf(signal: SenseSignal, high: boolean, supplied = true): Level {
  if (!isOutput(signal)) return high ? 'on' : 'off';
  if (high) return 'high';
  return supplied ? 'floating' : 'notHigh';
}

export interface Windowing {
  readonly numbers: Numbers;
  readonly wait: Wait | null;
  /** The edge of the other output that goes off together with this one, where there is one. */
  readonly together: Edge | null;
}

function addEntry(causes: Cause[], entry: string | null, min_us: number, max_us: number): void {
  if (entry !== null) addCause(causes, { kind: 'entry', entry }, min_us, max_us);
}

function addWait(causes: Cause[], { wait }: Windowing, least_us: number, most_us: number): void {
  if (wait !== null && wait.ref !== null)
    addCause(causes, wait.ref, wait.from_us + least_us - wait.ref_us, wait.to_us + most_us - wait.ref_us);
}

function togetherWith(causes: Cause[], { seq, at_us }: Edge, before_us: number, after_us: number): Interval {
  addCause(causes, { kind: 'observed', seq }, -before_us, after_us);
  return [at_us - before_us, at_us + after_us];
}

function tripWindow(causes: Cause[], { segment, cite }: Target, windowing: Windowing): Interval {
  const { numbers, wait, together } = windowing;
  const { pole1_us, pole1Entry } = segment;
  const earliest = Math.max((wait?.from_us ?? -Infinity) + numbers.waitLeast_us, pole1_us[0]);
  const latest = Math.max((wait?.to_us ?? -Infinity) + numbers.waitMost_us, pole1_us[1] + numbers.reaction_us);
  const bound = cite === 'tripWithPre' && together !== null ? togetherWith(causes, together, 0, numbers.tripTogether_us) : null;
  addWait(causes, windowing, numbers.waitLeast_us, numbers.waitMost_us);
  addEntry(causes, pole1Entry, 0, pole1_us[1] - pole1_us[0] + numbers.reaction_us);
  return bound === null ? [earliest, latest] : [Math.max(earliest, bound[0]), Math.min(latest, bound[1])];
}

function withTripWindow(causes: Cause[], { segment, source }: Target, windowing: Windowing): Interval {
  const { numbers, wait, together } = windowing;
  if (together !== null) return togetherWith(causes, together, numbers.tripTogether_us, numbers.tripTogether_us);
  const least = numbers.waitLeast_us - numbers.tripTogether_us;
  const most = numbers.waitMost_us + numbers.tripTogether_us;
  const loose = source.memo === 'loose';
  // R4: as late as LOAD itself may be.
  const lowCell_us = segment.pole1_us[1] + numbers.reaction_us + numbers.tripTogether_us;
  const latest = loose ? Infinity : Math.max((wait?.to_us ?? -Infinity) + most, lowCell_us);
  addWait(causes, windowing, least, loose ? Infinity : most);
  if (!loose && latest === lowCell_us) addEntry(causes, segment.pole1Entry, 0, lowCell_us - segment.pole1_us[0]);
  return [(wait?.from_us ?? -Infinity) + least, latest];
}

/** The window of one explanation; its causes are added to those that are there. */
function windowOf(causes: Cause[], signal: SenseSignal, target: Target, windowing: Windowing): Interval {
  const { segment, cite, alone } = target;
  if (signal === 'load' && alone && (cite === 'trip' || cite === 'tripWithPre')) return tripWindow(causes, target, windowing);
  if (cite === 'preWithTrip' && alone) return withTripWindow(causes, target, windowing);
  const { kind, inputs, from_us, due_us, cause, cause_us, since } = segment;
  const earliest = from_us[0];
  const latest = kind === 'free' || inputs.remote === 'either' ? Infinity : due_us;
  if (cause !== null) addCause(causes, cause, earliest - cause_us, latest - cause_us);
  if (since !== null) addCause(causes, since.cause, earliest - since.cause_us, latest - since.cause_us);
  return [earliest, latest];
}

/** Whether both name one cause. */
export const sameRef = (a: CauseRef, b: CauseRef): boolean => {
  if (a.kind === 'entry') return b.kind === 'entry' && a.entry === b.entry;
  return a.kind === 'observed' ? b.kind === 'observed' && a.seq === b.seq : b.kind === 'predicted' && a.edge === b.edge;
};

/** Adds a cause that is not there yet. */
export function addCause(causes: Cause[], ref: CauseRef, min_us: number, max_us: number): void {
  for (const one of causes) if (one.min_us === min_us && one.max_us === max_us && sameRef(one.ref, ref)) return;
  causes.push({ ref, min_us, max_us });
}

/** Whether one before it differs only in what it comes from, and so has the same bounds. */
function isRepeated(targets: readonly Target[], index: number): boolean {
  const { segment, cite, alone, source } = targets[index]!;
  for (let before = 0; before < index; before++) {
    const other = targets[before]!;
    if (other.segment === segment && other.cite === cite && other.alone === alone && other.source.memo === source.memo) return true;
  }
  return false;
}

/** States in which the rules ask for a level instead of leaving it open. */
const isSure = ({ kind, inputs }: Segment): boolean =>
  kind === 'off' || ((kind === 'steady' || kind === 'between') && inputs.remote !== 'either');

/** The rule's own, and where the remote's terminals were driven the limits that say what they ask for. */
function parametersOf({ parameters }: Cite, targets: readonly Target[]): readonly ParameterName[] {
  let all: readonly ParameterName[] = parameters;
  for (const { segment } of targets) {
    const { changed, inputs } = segment;
    const by = (changed & REMOTE_BIT) === 0 ? null : inputs.remoteBy;
    if (by !== null && !all.includes(by)) all = [...all, by];
  }
  return all;
}

/** What is known of an edge besides its explanations. */
export interface Known {
  readonly observed: number | null;
  readonly consequence: boolean;
  /** Absent: where every explanation is sure and was over at some time. */
  readonly required?: boolean;
  /** Absent: that of the first explanation. */
  readonly cite?: CiteId;
}

/** The united window of all explanations; it ends at `until_us` at the latest, when the last one without an edge was over. */
export function predictedEdge(
  id: string,
  signal: SenseSignal,
  high: boolean,
  targets: readonly Target[],
  until_us: number,
  windowing: Windowing,
  known: Known,
): PredictedEdge {
  let earliest = Infinity;
  let latestOfAll = -Infinity;
  let supplied = true;
  let sure = true;
  const causes: Cause[] = [];
  for (let index = 0; index < targets.length; index++) {
    if (isRepeated(targets, index)) continue;
    const target = targets[index]!;
    const window_us = windowOf(causes, signal, target, windowing);
    earliest = Math.min(earliest, window_us[0]);
    latestOfAll = Math.max(latestOfAll, window_us[1]);
    if (target.segment.inputs.zone !== 'full') supplied = false;
    if (!isSure(target.segment)) sure = false;
  }
  // An edge that came too early may have ended every explanation before its window began: the window is then what the rules say.
  const latest = until_us < earliest ? latestOfAll : Math.min(latestOfAll, until_us);
  const cite: Cite = CITES[known.cite ?? targets[0]?.cite ?? 'glitch'];
  const { rule, requirement, certainty, why } = cite;
  const edge: PredictedEdge = {
    id,
    signal,
    level: levelOf(signal, high, supplied),
    causes,
    combine: 'all',
    window_us: [scenarioTime(earliest), scenarioTime(latest)],
    required: known.required ?? (until_us !== Infinity && sure),
    observed: known.observed,
    consequence: known.consequence,
    rule,
    requirement,
    parameters: parametersOf(cite, targets),
    certainty,
    why,
  };
  const { learned } = windowing.numbers;
  return learned !== undefined && cite.parameters.some((name) => learned.has(name)) ? { ...edge, learned: true } : edge;
}
