/** How demands on the edges of a span relate to the reference: none of a kind, one at last, several one after the other. */

import type { EdgeKind, ExpectationOf as Of } from '../scenarios/contracts/expectation.ts';
import type { PredictedEdge } from '../scenarios/contracts/prediction.ts';
import type { Level, SenseLevel, SenseSignal } from '../scenarios/signals.ts';
import {
  allowedOver,
  delays,
  edgesTo,
  endOfSpans,
  instantOf,
  isBehind,
  keeps,
  mayKeep,
  shifted,
  SWITCHING_us,
  type Planned,
} from './anchored.ts';
import type { Interval } from './inputs/steps.ts';

export type OverSpan = Of<'never'> | Of<'eventually'> | Of<'order'>;
type Answer = 'entailed' | 'stricter' | 'contradicted';
interface Span {
  readonly from: Interval;
  readonly to: Interval;
}

const OPPOSITE: Readonly<Record<SenseLevel, SenseLevel>> = { high: 'notHigh', notHigh: 'high', on: 'off', off: 'on' };

/** Predicted edges that may lie in the span. Each stands for at least one real edge if it is required, and for several only where one to the other level overlaps it. */
const candidates = (prediction: Planned, { signal, level }: EdgeKind, { from, to }: Span): readonly PredictedEdge[] =>
  edgesTo(prediction, signal, level).filter(({ window_us }) => window_us[1] >= from[0] && window_us[0] <= to[1]);

const surelyInside = ({ required, window_us }: PredictedEdge, { from, to }: Span): boolean =>
  required && window_us[0] > from[1] && window_us[1] < to[0];

/** Whether an edge has to come because the level is another one when the span begins, and this one when it ends. */
function hasToCome(prediction: Planned, { signal, level }: EdgeKind, { from, to }: Span): boolean {
  if (from[1] > to[0]) return false;
  const first = levelsAt(prediction, signal, from);
  const last = levelsAt(prediction, signal, to);
  return first.length > 0 && last.length > 0 && !first.some((one) => mayKeep(one, level)) && last.every((one) => keeps(one, level));
}

function never(prediction: Planned, one: Of<'never'>, span: Span): Answer {
  const found = candidates(prediction, one, span).filter((edge) => !isBehind(prediction, edge, one));
  if (found.length === 0) return 'entailed';
  return found.some((edge) => surelyInside(edge, span)) || hasToCome(prediction, one, span) ? 'contradicted' : 'stricter';
}

function eventually(prediction: Planned, one: Of<'eventually'>, span: Span): Answer {
  const found = candidates(prediction, one, span);
  if (found.length === 0) return 'contradicted';
  const sure = found.some(
    (edge) =>
      edge.required &&
      keeps(edge.level, one.level) &&
      delays(prediction, edge, one.from, span.from)[0] >= 0 &&
      edge.window_us[1] <= span.to[0] + SWITCHING_us,
  );
  return sure || hasToCome(prediction, one, span) ? 'entailed' : 'stricter';
}

const overlap = (a: PredictedEdge, b: PredictedEdge): boolean => a.window_us[0] <= b.window_us[1] && b.window_us[0] <= a.window_us[1];

/** Predicted edges of a kind, and whether each can be one real edge only. */
interface Kind {
  readonly wanted: number;
  readonly found: readonly PredictedEdge[];
  readonly single: boolean;
}

function kindOf(prediction: Planned, one: Of<'order'>, kind: EdgeKind, span: Span): Kind {
  const found = candidates(prediction, kind, span);
  const others = edgesTo(prediction, kind.signal, OPPOSITE[kind.level]);
  return {
    wanted: one.edges.filter(({ signal, level }) => signal === kind.signal && level === kind.level).length,
    found,
    single: !found.some((edge) => others.some((other) => overlap(edge, other))),
  };
}

/** False where even with each edge as early as it may be the next of the list is over before it. */
function possible(prediction: Planned, one: Of<'order'>, span: Span): boolean {
  let since_us = span.from[0];
  for (const kind of one.edges) {
    const next = candidates(prediction, kind, span).find(({ window_us }) => window_us[1] >= since_us);
    if (next === undefined) return false;
    since_us = Math.max(since_us, next.window_us[0]);
  }
  return true;
}

const levelsAt = (prediction: Planned, signal: SenseSignal, [from_us, to_us]: Interval): readonly Level[] => {
  const end_us = endOfSpans(prediction, signal);
  return allowedOver(prediction, signal, [Math.min(from_us, end_us), Math.min(to_us, end_us)]).flat();
};

/** A signal of which both edges are listed goes to and fro as the list says, from the level that it has when the span begins. */
function alternates(prediction: Planned, { edges, from }: Of<'order'>, span: Span): boolean {
  // What happens at the very instant of a command is no answer to it; an edge that the span begins with has been.
  const begin = from.kind === 'edge' ? span.from : shifted(span.from, -1);
  return edges.every(({ signal, level }, index) => {
    if (!edges.some((other) => other.signal === signal && other.level === OPPOSITE[level])) return true;
    const before = edges.slice(0, index).findLast((other) => other.signal === signal);
    if (before !== undefined) return before.level !== level;
    const first = levelsAt(prediction, signal, begin);
    return first.length === 0 || !first.every((one) => keeps(one, level));
  });
}

/** Whether `later` comes after `earlier` in every behaviour, and not at the same instant. */
function surelyAfter(earlier: PredictedEdge, later: PredictedEdge): boolean {
  if (later.window_us[0] > earlier.window_us[1]) return true;
  const tied = later.causes.find(({ ref }) => ref.kind === 'predicted' && ref.edge === earlier.id);
  return tied !== undefined && tied.min_us > 0 && (later.combine === 'all' || later.causes.length === 1);
}

function order(prediction: Planned, one: Of<'order'>, span: Span): Answer {
  const kinds = one.edges.map((kind) => kindOf(prediction, one, kind, span));
  const tooMany = kinds.some(({ wanted, found }) => found.filter((edge) => surelyInside(edge, span)).length > wanted);
  const tooFew = kinds.some(({ wanted, found, single }) => single && found.length < wanted);
  if (tooMany || tooFew || !possible(prediction, one, span) || !alternates(prediction, one, span)) return 'contradicted';
  if (kinds.some(({ wanted, found, single }) => !single || found.length !== wanted)) return 'stricter';
  const taken = new Map<string, number>();
  const edges = one.edges.map(({ signal, level }, index) => {
    const name = `${signal} ${level}`;
    const nth = taken.get(name) ?? 0;
    taken.set(name, nth + 1);
    return kinds[index]?.found[nth];
  });
  const sure = edges.every((edge, index) => {
    const before = edges[index - 1];
    return edge !== undefined && surelyInside(edge, span) && (before === undefined || surelyAfter(before, edge));
  });
  return sure ? 'entailed' : 'stricter';
}

/** `prediction` as made by `predict`. One that gave up knows neither that all nor that none keep it. */
export function entailOverSpan(prediction: Planned, one: OverSpan): Answer {
  const from = instantOf(prediction, one.from);
  const to = instantOf(prediction, one.to);
  if (from === null || to === null) return prediction.complete ? 'contradicted' : 'stricter';
  if (!prediction.complete) return 'stricter';
  const span: Span = { from, to };
  switch (one.kind) {
    case 'never':
      return never(prediction, one, span);
    case 'eventually':
      return eventually(prediction, one, span);
    case 'order':
      return order(prediction, one, span);
  }
}
