/** Where it is certain that a demand is stricter than the reference: by an edge that has one cause, so that a good unit may have it at any instant of its window. */

import { delays, edgesOf, edgesTo, instantOf, type Planned } from '../../firmware-ref/anchored.ts';
import type { Interval } from '../../firmware-ref/inputs/steps.ts';
import type { Anchor, EdgeKind, Expectation, ExpectationOf as Of } from '../../scenarios/contracts/expectation.ts';
import type { Cause, PredictedEdge, Prediction } from '../../scenarios/contracts/prediction.ts';
import type { Level } from '../../scenarios/signals.ts';

/** Where each end of a span can lie. */
interface Span {
  readonly from: Interval;
  readonly to: Interval;
}

/** An author counts from the command; switches and supply may follow by this much later, and a limit within it is no stricter. */
const FOLLOWS_us = 10_000;

const sameLevel = (a: Level, b: Level): boolean =>
  a === b || (a === 'notHigh' && b === 'floating') || (a === 'floating' && b === 'notHigh');

const countsFrom = ({ edges }: Prediction, { ref }: Cause, anchor: Anchor): boolean => {
  if (anchor.kind === 'entry') return ref.kind === 'entry' && ref.entry === anchor.entry;
  if (anchor.kind === 'time' || ref.kind !== 'predicted') return false;
  const edge = edges.find(({ id }) => id === ref.edge);
  return edge !== undefined && edge.signal === anchor.signal && sameLevel(edge.level, anchor.level);
};

/** The one edge the demand can mean; null where there are more. */
const onlyEdge = ({ edges }: Prediction, { signal, level }: Expectation & { readonly kind: 'edge' }): PredictedEdge | null => {
  const [only, ...more] = edges.filter((edge) => edge.signal === signal && sameLevel(edge.level, level));
  return only === undefined || more.length > 0 ? null : only;
};

/** Only at its very limit could any edge that may be meant keep the demand. */
function leavesNothing(prediction: Planned, one: Of<'edge'>): boolean {
  const at = instantOf(prediction, one.after);
  if (at === null) return false;
  const meant = edgesTo(prediction, one.signal, one.level).filter(({ window_us }) => window_us[1] >= at[0]);
  return meant.every((edge) => {
    const [soonest, latest] = delays(prediction, edge, one.after, at);
    return (one.within_us ?? Infinity) <= soonest || (one.notBefore_us ?? -Infinity) >= latest;
  });
}

function edgeIsStricter(prediction: Planned, one: Of<'edge'>): boolean {
  if (leavesNothing(prediction, one)) return true;
  const edge = onlyEdge(prediction, one);
  const [cause, ...others] = edge?.causes ?? [];
  if (edge === null || cause === undefined || others.length > 0 || !edge.required || one.after.kind === 'time') return false;
  if (!countsFrom(prediction, cause, one.after)) return false;
  const soonest = cause.min_us - one.after.delay_us;
  const latest = cause.max_us - one.after.delay_us;
  return (one.notBefore_us ?? -Infinity) > Math.max(soonest, 0) + FOLLOWS_us || (one.within_us ?? Infinity) < latest - FOLLOWS_us;
}

/** It comes on every good unit, and at any instant of its window on some. */
const isLoose = ({ required, causes }: PredictedEdge): boolean => required && causes.length === 1;

const within = ({ window_us }: PredictedEdge, { from, to }: Span): boolean => window_us[1] >= from[0] && window_us[0] <= to[1];
/** Some good unit has it in the span, wherever that begins and ends. */
const mayBeInside = ({ window_us }: PredictedEdge, { from, to }: Span): boolean =>
  Math.max(window_us[0], from[1]) + FOLLOWS_us < Math.min(window_us[1], to[0]) - FOLLOWS_us;
/** Some good unit has it before the span or behind it, wherever that is. */
const mayBeOutside = ({ window_us: [from_us, to_us] }: PredictedEdge, { from, to }: Span): boolean =>
  from_us < from[0] - FOLLOWS_us || to_us > to[1] + FOLLOWS_us;

const neverIsStricter = (prediction: Planned, one: Of<'never'>, span: Span): boolean =>
  edgesTo(prediction, one.signal, one.level).some((edge) => isLoose(edge) && mayBeInside(edge, span));

/** At the moment a good unit may have changed or not, so that neither level is sure. */
export function isSurelyUnsure(prediction: Planned, { signal, at }: Pick<Of<'level'>, 'signal' | 'at'>): boolean {
  if (!prediction.complete) return false;
  const instant = instantOf(prediction, at);
  if (instant === null) return false;
  const [only, ...more] = edgesOf(prediction, signal).filter((edge) => within(edge, { from: instant, to: instant }));
  if (only === undefined || more.length > 0 || !isLoose(only)) return false;
  const [cause] = only.causes;
  const tied = cause !== undefined && at.kind !== 'time' && countsFrom(prediction, cause, at);
  const [from_us, to_us] = tied ? [cause.min_us - at.delay_us, cause.max_us - at.delay_us] : only.window_us;
  const [soonest, latest] = tied ? [0, 0] : instant;
  return from_us + FOLLOWS_us < soonest && latest < to_us - FOLLOWS_us;
}

const staysIsStricter = (prediction: Planned, { signal }: Of<'stays'>, span: Span): boolean =>
  edgesOf(prediction, signal).some((edge) => isLoose(edge) && mayBeInside(edge, span));

/** The only one that can be meant, and free to come too early or too late. */
function misses(prediction: Planned, { signal, level }: EdgeKind, span: Span): boolean {
  const [only, ...more] = edgesTo(prediction, signal, level).filter((edge) => within(edge, span));
  return only !== undefined && more.length === 0 && isLoose(only) && mayBeOutside(only, span);
}

const entryOf = ({ causes: [cause] }: PredictedEdge): string | null => (cause?.ref.kind === 'entry' ? cause.ref.entry : null);

/** Two that follow different inputs, or one input each for itself, so that either may be first. LOAD and PRE-ALARM know of each other. */
function mayTurnRound(prediction: Planned, first: EdgeKind, second: EdgeKind, span: Span): boolean {
  if ([first, second].every(({ signal }) => signal === 'load' || signal === 'preAlarm' || signal === 'ledBlue')) return false;
  const [a, b] = [first, second].map(({ signal, level }) => edgesTo(prediction, signal, level).filter((edge) => within(edge, span)));
  const earlier = a?.length === 1 ? a[0] : undefined;
  const later = b?.length === 1 ? b[0] : undefined;
  if (earlier === undefined || later === undefined || !isLoose(earlier) || !isLoose(later)) return false;
  const [from, to] = [entryOf(earlier), entryOf(later)].map((entry) => (entry === null ? undefined : prediction.instants?.[entry]));
  // Two entries whose instants are known badly may be a known time apart.
  const known = from !== undefined && to !== undefined && (entryOf(earlier) === entryOf(later) || (from[0] === from[1] && to[0] === to[1]));
  const [soonest, latest] =
    entryOf(earlier) === entryOf(later) ? [later.causes[0]!.min_us, earlier.causes[0]!.max_us] : [later.window_us[0], earlier.window_us[1]];
  return known && soonest < latest - FOLLOWS_us;
}

/** More of a kind come in the span than the list has, on some good unit at least: from 0 s on there are those of the power-up. */
function comesTooOften(prediction: Planned, { edges }: Of<'order'>, { signal, level }: EdgeKind, span: Span): boolean {
  const wanted = edges.filter((edge) => edge.signal === signal && sameLevel(edge.level, level)).length;
  const inSpan = ({ window_us: [from_us, to_us] }: PredictedEdge): boolean => from_us >= span.from[0] && to_us <= span.to[1];
  return edgesTo(prediction, signal, level).filter((edge) => edge.required && inSpan(edge) && mayBeInside(edge, span)).length > wanted;
}

const orderIsStricter = (prediction: Planned, one: Of<'order'>, span: Span): boolean =>
  one.edges.some((kind, index) => {
    const next = one.edges[index + 1];
    if (comesTooOften(prediction, one, kind, span)) return true;
    return misses(prediction, kind, span) || (next !== undefined && mayTurnRound(prediction, kind, next, span));
  });

/** False where it may be, too: bounds that several causes shape are known too loosely to warn of. */
export function isSurelyStricter(prediction: Planned, one: Expectation): boolean {
  if (!prediction.complete) return false;
  if (one.kind === 'edge') return edgeIsStricter(prediction, one);
  if (one.kind === 'level') return isSurelyUnsure(prediction, one);
  if (one.kind !== 'stays' && one.kind !== 'never' && one.kind !== 'eventually' && one.kind !== 'order') return false;
  const from = instantOf(prediction, one.from);
  const to = instantOf(prediction, one.to);
  if (from === null || to === null) return false;
  if (one.kind === 'stays') return staysIsStricter(prediction, one, { from, to });
  if (one.kind === 'never') return neverIsStricter(prediction, one, { from, to });
  return one.kind === 'order' ? orderIsStricter(prediction, one, { from, to }) : misses(prediction, one, { from, to });
}
