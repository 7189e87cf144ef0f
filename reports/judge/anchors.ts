/** Where in a trace the instants lie that an author's expectation speaks of. */

import type { Anchor } from '../../scenarios/contracts/expectation.ts';
import type { Timeline } from '../../scenarios/contracts/timeline.ts';
import type { ClockFit, Edge } from '../../scenarios/contracts/trace.ts';
import { origin, stimulusOf } from './causes.ts';
import { intervalUncertainty_us, type Instant } from './decision.ts';
import { agrees, edgesOf, type Evidence } from './findings.ts';
import { seconds, signalName, stateName } from './wording.ts';

export interface AnchorInstant extends Instant {
  /** The edge that is this very instant; null where there is none, or a delay lies between. */
  readonly seq: number | null;
}

/**
 * The end of a case is placed by the clock rate known early on and may lie a few milliseconds off (`judgeExecution` says how far it may): an author who
 * says `end` means it where it was.
 */
const reached_us = ({ trace, cutShort }: Evidence, at_us: number, isEnd: boolean): number =>
  !cutShort && isEnd ? Math.min(at_us, trace.ended_us) : at_us;

/** What an instant hangs on when all delays are put together: an entry that waits for more than time, or null for the begin of the case. */
function rooted(timeline: Timeline, id: string, delay_us: number): readonly [entry: string | null, at_us: number] {
  const when = timeline.entries.find((one) => one.id === id)?.when;
  if (when?.kind === 'at') return [null, when.at_us + delay_us];
  return when?.kind === 'afterEntry' ? rooted(timeline, when.entry, when.delay_us + delay_us) : [id, delay_us];
}

/** Whether that is the end of the case: `end` is written by the step behind which it was counted, and hangs on the last one. */
const isEnd = ({ testCase: { timeline } }: Evidence, anchor: Anchor): boolean => {
  const { end, endBounds_us } = timeline;
  if (anchor.kind === 'time') return anchor.at_us === endBounds_us[0];
  if (anchor.kind === 'edge' || end.kind !== 'afterEntry') return false;
  const [one, other] = [rooted(timeline, end.entry, end.delay_us), rooted(timeline, anchor.entry, anchor.delay_us)];
  return one[0] === other[0] && one[1] === other[1];
};

/** Whether an edge is stamped too near to an end of a span to say on which side it lies. One that is the end itself (an anchor without delay) is not. */
export const isNear = (edge: Edge, end: AnchorInstant, clock: ClockFit): boolean =>
  edge.seq !== end.seq && Math.abs(edge.at_us - end.at_us) <= intervalUncertainty_us(edge, end, clock);

/** Every instant the anchor can mean, in order of time: one for a time or an entry, one for each occurrence of an edge. */
export function occurrences(evidence: Evidence, edges: readonly Edge[], anchor: Anchor): readonly AnchorInstant[] {
  const end = isEnd(evidence, anchor);
  if (anchor.kind === 'time') return [{ ...origin(evidence), at_us: reached_us(evidence, anchor.at_us, end), seq: null }];
  if (anchor.kind === 'entry') {
    const stimulus = stimulusOf(evidence, anchor.entry);
    if (stimulus === undefined || stimulus.outcome !== 'done' || stimulus.done_us === null) return [];
    const at_us = reached_us(evidence, stimulus.done_us + anchor.delay_us, end);
    return [{ at_us, uncertainty_us: stimulus.uncertainty_us, seq: null }];
  }
  return edgesOf(edges, anchor.signal)
    .filter((edge) => agrees(edge.level, anchor.level))
    .map((edge) => ({
      at_us: edge.at_us + anchor.delay_us,
      uncertainty_us: edge.uncertainty_us,
      seq: anchor.delay_us === 0 ? edge.seq : null,
    }));
}

export const anchorText = (anchor: Anchor): string => {
  if (anchor.kind === 'time') return seconds(anchor.at_us);
  const base = anchor.kind === 'entry' ? anchor.entry : `${signalName(anchor.signal)} became ${stateName(anchor.level)}`;
  return anchor.delay_us === 0 ? base : `${seconds(anchor.delay_us)} after ${base}`;
};

const sameEdge = (a: Anchor, b: Anchor): boolean => a.kind === 'edge' && b.kind === 'edge' && a.signal === b.signal && a.level === b.level;

/**
 * The span between two anchors. An edge that begins it is the last one before its end; an edge that ends it is the first one after its
 * beginning. Two anchors on the same edge speak of the same occurrence.
 */
export function spanOf(
  evidence: Evidence,
  edges: readonly Edge[],
  from: Anchor,
  to: Anchor,
): readonly [AnchorInstant, AnchorInstant] | null {
  const starts = occurrences(evidence, edges, from);
  const ends = occurrences(evidence, edges, to);
  if (sameEdge(from, to)) {
    const start = starts.at(-1);
    const end = ends.at(-1);
    return start === undefined || end === undefined ? null : [start, end];
  }
  const first = starts[0];
  if (first === undefined) return null;
  const end = ends.find((one) => one.at_us >= first.at_us) ?? (to.kind === 'edge' ? undefined : ends[0]);
  if (end === undefined) return null;
  return [starts.findLast((one) => one.at_us <= end.at_us) ?? first, end];
}
