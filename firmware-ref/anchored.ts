/** Where the instants of an author's expectation can lie in a prediction, and which predicted edges and levels keep what is asked. */

import { bySignal } from '../scenarios/by-signal.ts';
import type { Anchor } from '../scenarios/contracts/expectation.ts';
import type { AllowedSpan, Cause, PredictedEdge, Prediction } from '../scenarios/contracts/prediction.ts';
import { POLE_SWITCH_MAX_us, type Level, type SenseSignal } from '../scenarios/signals.ts';
import { ANY_TIME, type Interval } from './inputs/steps.ts';
import { sameRef } from './windows.ts';

/** `instants` come with `predict`; without them an anchor on an entry is known to nothing. */
export type Planned = Prediction & { readonly instants?: Readonly<Record<string, Interval>> };

/** An author counts from the command; how long the fixture's switches and supply take to follow is no claim on the unit. */
export const SWITCHING_us = POLE_SWITCH_MAX_us;

/** Whether what the reference allows keeps what is asked: `notHigh` is kept by floating. */
export const keeps = (allowed: Level, asked: Level): boolean =>
  allowed === asked || (asked === 'notHigh' && (allowed === 'floating' || allowed === 'low'));

/** Whether it may: whatever is not high may float. */
export const mayKeep = (allowed: Level, asked: Level): boolean => keeps(allowed, asked) || keeps(asked, allowed);

const edgesBySignal = bySignal<PredictedEdge>();
const spansBySignal = bySignal<AllowedSpan>();

export const edgesOf = ({ edges }: Planned, signal: SenseSignal): readonly PredictedEdge[] => edgesBySignal(edges, signal);

export const edgesTo = (prediction: Planned, signal: SenseSignal, level: Level): readonly PredictedEdge[] =>
  edgesOf(prediction, signal).filter((edge) => mayKeep(edge.level, level));

export const shifted = (span: Interval, by_us: number): Interval => [span[0] + by_us, span[1] + by_us];

/** Every instant the anchor can mean; null where the reference knows of none. */
export function instantOf(prediction: Planned, anchor: Anchor): Interval | null {
  if (anchor.kind === 'time') return [anchor.at_us, anchor.at_us];
  if (anchor.kind === 'entry') return shifted(prediction.instants?.[anchor.entry] ?? ANY_TIME, anchor.delay_us);
  const windows = edgesTo(prediction, anchor.signal, anchor.level).map(({ window_us }) => window_us);
  if (windows.length === 0) return null;
  return shifted([Math.min(...windows.map(([from]) => from)), Math.max(...windows.map(([, to]) => to))], anchor.delay_us);
}

/** The cause through which `edge` is tied to the anchor, if it is. */
export function tie(prediction: Planned, edge: PredictedEdge, anchor: Anchor): Cause | undefined {
  return edge.causes.find(({ ref }) => {
    if (anchor.kind === 'entry') return ref.kind === 'entry' && ref.entry === anchor.entry;
    if (anchor.kind !== 'edge' || ref.kind !== 'predicted') return false;
    return edgesTo(prediction, anchor.signal, anchor.level).some(({ id }) => id === ref.edge);
  });
}

function isCauseOf({ edges }: Planned, one: Cause, { ref }: Cause): boolean {
  const edge = ref.kind === 'predicted' ? edges.find(({ id }) => id === ref.edge) : undefined;
  return edge !== undefined && edge.causes.some((cause) => sameRef(cause.ref, one.ref));
}

export const delayOf = (anchor: Anchor): number => (anchor.kind === 'time' ? 0 : anchor.delay_us);

function latestBy(prediction: Planned, { ref, max_us }: Cause): number {
  if (ref.kind === 'entry') return (prediction.instants?.[ref.entry]?.[1] ?? Infinity) + max_us;
  const edge = ref.kind === 'predicted' ? prediction.edges.find(({ id }) => id === ref.edge) : undefined;
  return (edge?.window_us[1] ?? Infinity) + max_us;
}

export const sameEdge = (a: Anchor, b: Anchor): boolean =>
  a.kind === 'edge' && b.kind === 'edge' && a.signal === b.signal && a.level === b.level;

/** How long after the anchor the edge can come. */
export function delays(prediction: Planned, edge: PredictedEdge, anchor: Anchor, at: Interval): Interval {
  const [from, to] = edge.window_us;
  const loose: Interval = [from - at[1], to - at[0]];
  const cause = tie(prediction, edge, anchor);
  if (cause === undefined || (edge.combine === 'any' && edge.causes.length > 1)) return loose;
  const delay_us = delayOf(anchor);
  // A second cause that comes later than the tied one can put the edge off, unless the tied one waits for it as well.
  const others = edge.causes
    .filter((other) => other !== cause && !isCauseOf(prediction, other, cause))
    .map((other) => latestBy(prediction, other) - at[0]);
  return [Math.max(cause.min_us - delay_us, loose[0]), Math.min(Math.max(cause.max_us - delay_us, ...others), loose[1])];
}

export function allowedOver(prediction: Planned, signal: SenseSignal, over: Interval): readonly (readonly Level[])[] {
  const from = over[0];
  const to = over[1];
  const found: (readonly Level[])[] = [];
  for (const { levels, from_us, to_us } of spansBySignal(prediction.allowed, signal))
    if (from_us <= to && (to_us > from || (to_us === from && from === to))) found.push(levels);
  return found;
}

/** The spans end with the case; nothing is known, or asked, of what lies behind. */
export function endOfSpans({ allowed }: Planned, signal: SenseSignal): number {
  let end_us = -Infinity;
  for (const { to_us } of spansBySignal(allowed, signal)) if (to_us > end_us) end_us = to_us;
  return end_us;
}

/** True where both ends of a span count from one thing, and `edge` comes from it after the span is over. */
export function isBehind(prediction: Planned, edge: PredictedEdge, { from, to }: { readonly from: Anchor; readonly to: Anchor }): boolean {
  const sameAnchor = sameEdge(from, to) || (from.kind === 'entry' && to.kind === 'entry' && from.entry === to.entry);
  const cause = tie(prediction, edge, from);
  return sameAnchor && cause !== undefined && edge.combine === 'all' && cause.min_us >= delayOf(to);
}
