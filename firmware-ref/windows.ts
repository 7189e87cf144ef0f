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

interface Bounds {
  readonly window_us: Interval;
  readonly causes: readonly Cause[];
}

const entryCause = (entry: string | null, min_us: number, max_us: number): readonly Cause[] =>
  entry === null ? [] : [{ ref: { kind: 'entry', entry }, min_us, max_us }];

function waitCause({ wait }: Windowing, least_us: number, most_us: number): readonly Cause[] {
  if (wait === null || wait.ref === null) return [];
  return [{ ref: wait.ref, min_us: wait.from_us + least_us - wait.ref_us, max_us: wait.to_us + most_us - wait.ref_us }];
}

const togetherBounds = (edge: Edge, before_us: number, after_us: number): Bounds => ({
  window_us: [edge.at_us - before_us, edge.at_us + after_us],
  causes: [{ ref: { kind: 'observed', seq: edge.seq }, min_us: -before_us, max_us: after_us }],
});

function tripBounds(target: Target, windowing: Windowing): Bounds {
  const { numbers, wait, together } = windowing;
  const { pole1_us, pole1Entry } = target.segment;
  const from_us = wait?.from_us ?? -Infinity;
  const earliest = Math.max(from_us + numbers.waitLeast_us, pole1_us[0]);
  const latest = Math.max((wait?.to_us ?? -Infinity) + numbers.waitMost_us, pole1_us[1] + numbers.reaction_us);
  const causes = [
    ...waitCause(windowing, numbers.waitLeast_us, numbers.waitMost_us),
    ...entryCause(pole1Entry, 0, pole1_us[1] - pole1_us[0] + numbers.reaction_us),
  ];
  if (target.cite !== 'tripWithPre' || together === null) return { window_us: [earliest, latest], causes };
  const bound = togetherBounds(together, 0, numbers.tripTogether_us);
  return {
    window_us: [Math.max(earliest, bound.window_us[0]), Math.min(latest, bound.window_us[1])],
    causes: [...bound.causes, ...causes],
  };
}

function boundsOf(signal: SenseSignal, target: Target, windowing: Windowing): Bounds {
  const { segment, cite } = target;
  const { numbers, wait, together } = windowing;
  if (signal === 'load' && target.alone && (cite === 'trip' || cite === 'tripWithPre')) return tripBounds(target, windowing);
  if (cite === 'preWithTrip' && target.alone) {
    if (together !== null) return togetherBounds(together, numbers.tripTogether_us, numbers.tripTogether_us);
    const [least, most] = [numbers.waitLeast_us - numbers.tripTogether_us, numbers.waitMost_us + numbers.tripTogether_us];
    const loose = target.source.memo === 'loose';
    // R4: as late as LOAD itself may be.
    const lowCell_us = segment.pole1_us[1] + numbers.reaction_us + numbers.tripTogether_us;
    const latest = loose ? Infinity : Math.max((wait?.to_us ?? -Infinity) + most, lowCell_us);
    const late = !loose && latest === lowCell_us ? entryCause(segment.pole1Entry, 0, lowCell_us - segment.pole1_us[0]) : [];
    return {
      window_us: [(wait?.from_us ?? -Infinity) + least, latest],
      causes: [...waitCause(windowing, least, loose ? Infinity : most), ...late],
    };
  }
  const latest = segment.kind === 'free' || segment.inputs.remote === 'either' ? Infinity : segment.due_us;
  const [earliest] = segment.from_us;
  const counted = (ref: CauseRef, at_us: number): Cause => ({ ref, min_us: earliest - at_us, max_us: latest - at_us });
  const causes = [
    ...(segment.cause === null ? [] : [counted(segment.cause, segment.cause_us)]),
    ...(segment.since === null ? [] : [counted(segment.since.cause, segment.since.cause_us)]),
  ];
  return { window_us: [earliest, latest], causes };
}

const sameRef = (a: CauseRef, b: CauseRef): boolean => {
  if (a.kind === 'entry') return b.kind === 'entry' && a.entry === b.entry;
  return a.kind === 'observed' ? b.kind === 'observed' && a.seq === b.seq : b.kind === 'predicted' && a.edge === b.edge;
};

/** Adds a cause that is not there yet. */
export function addCause(causes: Cause[], cause: Cause): void {
  const known = causes.some(({ ref, min_us, max_us }) => min_us === cause.min_us && max_us === cause.max_us && sameRef(ref, cause.ref));
  if (!known) causes.push(cause);
}

/** Targets that differ only in what they come from have the same bounds: the first of each kind. */
function unlike(targets: readonly Target[]): readonly Target[] {
  const kept: Target[] = [];
  for (const one of targets) {
    const { segment, cite, alone, source } = one;
    const known = kept.some(
      (other) => other.segment === segment && other.cite === cite && other.alone === alone && other.source.memo === source.memo,
    );
    if (!known) kept.push(one);
  }
  return kept;
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

/** The united window of all explanations; it ends at `until_us` at the latest, when the last one without an edge was over. */
export function predictedEdge(
  id: string,
  signal: SenseSignal,
  high: boolean,
  targets: readonly Target[],
  until_us: number,
  windowing: Windowing,
  more: Partial<PredictedEdge> & { readonly cite?: CiteId },
): PredictedEdge {
  let [earliest, latestOfAll] = [Infinity, -Infinity];
  const causes: Cause[] = [];
  for (const target of unlike(targets)) {
    const bounds = boundsOf(signal, target, windowing);
    earliest = Math.min(earliest, bounds.window_us[0]);
    latestOfAll = Math.max(latestOfAll, bounds.window_us[1]);
    for (const cause of bounds.causes) addCause(causes, cause);
  }
  // An edge that came too early may have ended every explanation before its window began: the window is then what the rules say.
  const latest = until_us < earliest ? latestOfAll : Math.min(latestOfAll, until_us);
  const { cite: citeId, ...rest } = more;
  const cite: Cite = CITES[citeId ?? targets[0]?.cite ?? 'glitch'];
  return {
    id,
    signal,
    level: levelOf(
      signal,
      high,
      targets.every(({ segment }) => segment.inputs.zone === 'full'),
    ),
    causes,
    combine: 'all',
    window_us: [scenarioTime(earliest), scenarioTime(latest)],
    required: until_us !== Infinity && targets.every(({ segment }) => isSure(segment)),
    observed: null,
    consequence: false,
    rule: cite.rule,
    requirement: cite.requirement,
    parameters: parametersOf(cite, targets),
    ...(windowing.numbers.learned !== undefined &&
      cite.parameters.some((name) => windowing.numbers.learned?.has(name)) && { learned: true as const }),
    certainty: cite.certainty,
    why: cite.why,
    ...rest,
  };
}
