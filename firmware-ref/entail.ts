/** How an author's expectation relates to the reference: kept by every allowed behaviour, by some, or by none. */

import type { Anchor, Expectation, ExpectationOf as Of } from '../scenarios/contracts/expectation.ts';
import type { Prediction } from '../scenarios/contracts/prediction.ts';
import type { Level } from '../scenarios/signals.ts';
import {
  SWITCHING_us,
  allowedOver,
  delayOf,
  delays,
  edgesTo,
  endOfSpans,
  instantOf,
  isBehind,
  keeps,
  mayKeep,
  sameEdge,
  shifted,
  type Planned,
} from './anchored.ts';
import { entailOverSpan } from './entail-spans.ts';
import type { Interval } from './inputs/steps.ts';

export type Entailment = 'entailed' | 'stricter' | 'contradicted';

const all = (verdicts: readonly Entailment[]): Entailment => {
  if (verdicts.every((one) => one === 'entailed')) return 'entailed';
  return verdicts.some((one) => one === 'contradicted') ? 'contradicted' : 'stricter';
};

function overTime(prediction: Planned, one: Of<'level'> | Of<'stays'>, from: Interval, to: Interval): Entailment {
  const end_us = endOfSpans(prediction, one.signal);
  const begin_us = Math.min(from[0] + SWITCHING_us, Math.max(from[0], end_us));
  const spans = allowedOver(prediction, one.signal, [begin_us, Math.max(Math.min(to[1], end_us), begin_us)]);
  if (spans.length === 0) return 'contradicted';
  if (spans.every((levels) => levels.every((level) => keeps(level, one.level)))) return 'entailed';
  // Whatever the instants turn out to be, this stretch is in the span.
  const never = (levels: readonly Level[]): boolean => !levels.some((level) => mayKeep(level, one.level));
  const lost = from[1] <= to[0] ? allowedOver(prediction, one.signal, [from[1], to[0]]).some(never) : spans.every(never);
  return lost ? 'contradicted' : 'stricter';
}

/** True where every edge that could end the level is tied to the beginning of the span and comes after its end, or is its end. */
function heldByTies(prediction: Planned, one: Of<'stays'>, from: Interval, to: Interval): boolean {
  const start = allowedOver(prediction, one.signal, [from[0], from[0]]);
  if (!start.every((levels) => levels.every((level) => keeps(level, one.level)))) return false;
  const leaving = prediction.edges.filter(
    (edge) => edge.signal === one.signal && !keeps(edge.level, one.level) && edge.window_us[1] >= from[0] && edge.window_us[0] <= to[1],
  );
  return leaving.every((edge) => {
    if (one.to.kind === 'edge' && one.to.delay_us <= 0 && one.to.signal === one.signal && keeps(edge.level, one.to.level)) return true;
    return isBehind(prediction, edge, one);
  });
}

function edge(prediction: Planned, one: Of<'edge'>): Entailment {
  const at = instantOf(prediction, one.after);
  if (at === null) return 'contradicted';
  const found = edgesTo(prediction, one.signal, one.level)
    .filter(({ window_us }) => window_us[1] >= at[0])
    .toSorted((a, b) => a.window_us[0] - b.window_us[0]);
  const sure = found.findIndex((candidate) => candidate.required && candidate.window_us[0] >= at[0]);
  const first = sure === -1 ? found : found.slice(0, sure + 1);
  if (first.length === 0) return 'contradicted';
  const least = one.notBefore_us ?? -Infinity;
  const most = one.within_us ?? Infinity;
  const verdicts = first.map((candidate): Entailment => {
    const [soonest, latest] = delays(prediction, candidate, one.after, at);
    if (soonest > most || latest < least) return 'contradicted';
    return candidate.required && keeps(candidate.level, one.level) && soonest >= least && latest <= most + SWITCHING_us
      ? 'entailed'
      : 'stricter';
  });
  if (verdicts.every((verdict) => verdict === 'contradicted')) return 'contradicted';
  return verdicts.includes('contradicted') ? 'stricter' : all(verdicts);
}

/** `prediction` as made by `predict`. */
export function entail(prediction: Prediction, expectation: Expectation): Entailment {
  if (expectation.kind === 'edge') return edge(prediction, expectation);
  // What no sensor sees the reference says nothing of.
  if (expectation.kind === 'answer') return 'stricter';
  if (expectation.kind !== 'level' && expectation.kind !== 'stays') return entailOverSpan(prediction, expectation);
  const begin = expectation.kind === 'level' ? expectation.at : expectation.from;
  const verdicts = occurrences(prediction, begin).map((from): Entailment => {
    const to = expectation.kind === 'level' ? from : endOf(prediction, expectation, from);
    if (to === null) return 'contradicted';
    const verdict = overTime(prediction, expectation, from, to);
    return verdict === 'stricter' && expectation.kind === 'stays' && heldByTies(prediction, expectation, from, to) ? 'entailed' : verdict;
  });
  if (verdicts.every((one) => one === 'contradicted')) return 'contradicted';
  return verdicts.every((one) => one === 'entailed') ? 'entailed' : 'stricter';
}

/** An anchor on an edge means each edge that may come, one at a time. */
function occurrences(prediction: Planned, anchor: Anchor): readonly Interval[] {
  if (anchor.kind === 'edge')
    return edgesTo(prediction, anchor.signal, anchor.level).map(({ window_us }) => shifted(window_us, anchor.delay_us));
  const at = instantOf(prediction, anchor);
  return at === null ? [] : [at];
}

/** Two anchors on the same edge speak of the same occurrence. */
const endOf = (prediction: Planned, { from, to }: Of<'stays'>, begin: Interval): Interval | null =>
  sameEdge(from, to) ? shifted(begin, delayOf(to) - delayOf(from)) : instantOf(prediction, to);
