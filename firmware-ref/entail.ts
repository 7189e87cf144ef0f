/** How an author's expectation relates to the reference: kept by every allowed behaviour, by some, or by none. */

import type { Anchor, Expectation } from '../scenarios/contracts/expectation.ts';
import type { Cause, PredictedEdge, Prediction } from '../scenarios/contracts/prediction.ts';
import { POLE_SWITCH_MAX_us, type Level, type SenseSignal } from '../scenarios/signals.ts';
import type { Interval } from './inputs/steps.ts';

export type Entailment = 'entailed' | 'stricter' | 'contradicted';

/** `instants` come with `predict`; without them an anchor on an entry is known to nothing. */
type Planned = Prediction & { readonly instants?: Readonly<Record<string, Interval>> };
type Of<K extends Expectation['kind']> = Expectation & { readonly kind: K };

/** An author counts from the command; how long the fixture's switches and supply take to follow is no claim on the unit. */
const SWITCHING_us = POLE_SWITCH_MAX_us;
const ANY_TIME: Interval = [-Infinity, Infinity];

/** Whether what the reference allows keeps what is asked: `notHigh` is kept by floating. */
const keeps = (allowed: Level, asked: Level): boolean =>
  allowed === asked || (asked === 'notHigh' && (allowed === 'floating' || allowed === 'low'));

/** Whether it may: whatever is not high may float. */
const mayKeep = (allowed: Level, asked: Level): boolean => keeps(allowed, asked) || keeps(asked, allowed);

const edgesTo = ({ edges }: Planned, signal: SenseSignal, level: Level): readonly PredictedEdge[] =>
  edges.filter((edge) => edge.signal === signal && mayKeep(edge.level, level));

const shifted = ([from, to]: Interval, by_us: number): Interval => [from + by_us, to + by_us];

/** Every instant the anchor can mean; null where the reference knows of none. */
function instantOf(prediction: Planned, anchor: Anchor): Interval | null {
  if (anchor.kind === 'time') return [anchor.at_us, anchor.at_us];
  if (anchor.kind === 'entry') return shifted(prediction.instants?.[anchor.entry] ?? ANY_TIME, anchor.delay_us);
  const windows = edgesTo(prediction, anchor.signal, anchor.level).map(({ window_us }) => window_us);
  if (windows.length === 0) return null;
  return shifted([Math.min(...windows.map(([from]) => from)), Math.max(...windows.map(([, to]) => to))], anchor.delay_us);
}

/** The cause through which `edge` is tied to the anchor, if it is. */
function tie(prediction: Planned, edge: PredictedEdge, anchor: Anchor): Cause | undefined {
  return edge.causes.find(({ ref }) => {
    if (anchor.kind === 'entry') return ref.kind === 'entry' && ref.entry === anchor.entry;
    if (anchor.kind !== 'edge' || ref.kind !== 'predicted') return false;
    return edgesTo(prediction, anchor.signal, anchor.level).some(({ id }) => id === ref.edge);
  });
}

const sameRef = (a: Cause['ref'], b: Cause['ref']): boolean => JSON.stringify(a) === JSON.stringify(b);

function isCauseOf({ edges }: Planned, one: Cause, { ref }: Cause): boolean {
  const edge = ref.kind === 'predicted' ? edges.find(({ id }) => id === ref.edge) : undefined;
  return edge !== undefined && edge.causes.some((cause) => sameRef(cause.ref, one.ref));
}

const delayOf = (anchor: Anchor): number => (anchor.kind === 'time' ? 0 : anchor.delay_us);

function latestBy(prediction: Planned, { ref, max_us }: Cause): number {
  if (ref.kind === 'entry') return (prediction.instants?.[ref.entry]?.[1] ?? Infinity) + max_us;
  const edge = ref.kind === 'predicted' ? prediction.edges.find(({ id }) => id === ref.edge) : undefined;
  return (edge?.window_us[1] ?? Infinity) + max_us;
}

const sameEdge = (a: Anchor, b: Anchor): boolean => a.kind === 'edge' && b.kind === 'edge' && a.signal === b.signal && a.level === b.level;

/** How long after the anchor the edge can come. */
function delays(prediction: Planned, edge: PredictedEdge, anchor: Anchor, at: Interval): Interval {
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

const all = (verdicts: readonly Entailment[]): Entailment => {
  if (verdicts.every((one) => one === 'entailed')) return 'entailed';
  return verdicts.some((one) => one === 'contradicted') ? 'contradicted' : 'stricter';
};

function allowedOver(prediction: Planned, signal: SenseSignal, [from, to]: Interval): readonly (readonly Level[])[] {
  return prediction.allowed
    .filter((span) => span.signal === signal && span.from_us <= to && (span.to_us > from || (span.to_us === from && from === to)))
    .map(({ levels }) => levels);
}

/** The spans end with the case; nothing is known, or asked, of what lies behind. */
const endOfSpans = ({ allowed }: Planned, signal: SenseSignal): number =>
  allowed.reduce((end, span) => (span.signal === signal ? Math.max(end, span.to_us) : end), -Infinity);

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
  const sameAnchor =
    sameEdge(one.from, one.to) || (one.from.kind === 'entry' && one.to.kind === 'entry' && one.from.entry === one.to.entry);
  return leaving.every((edge) => {
    if (one.to.kind === 'edge' && one.to.delay_us <= 0 && one.to.signal === one.signal && keeps(edge.level, one.to.level)) return true;
    const cause = tie(prediction, edge, one.from);
    return sameAnchor && cause !== undefined && edge.combine === 'all' && cause.min_us >= delayOf(one.to);
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
  const [least, most] = [one.notBefore_us ?? -Infinity, one.within_us ?? Infinity];
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
