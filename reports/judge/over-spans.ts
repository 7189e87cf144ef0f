/** The outcome of demands on the edges of a span: that none of a kind comes, that one comes at last, that several come one after the other. */

import type { EdgeKind, ExpectationOf as Of } from '../../scenarios/contracts/expectation.ts';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import type { SenseSignal } from '../../scenarios/signals.ts';
import { anchorText, isNear, spanOf, type AnchorInstant } from './anchors.ts';
import { cover, couldHide_us } from './coverage.ts';
import { intervalUncertainty_us } from './decision.ts';
import type { Evidence } from './findings.ts';
import { heldThroughout } from './held.ts';
import { broken, held, undecided, unknown, type Outcome } from './outcome.ts';
import { duration, happened, seconds, signalName } from './wording.ts';

export type OverSpan = Of<'never'> | Of<'eventually'> | Of<'order'>;
type Span = readonly [from: AnchorInstant, to: AnchorInstant];

const isOf =
  ({ signal, level }: EdgeKind) =>
  (edge: Edge): boolean =>
    edge.signal === signal && edge.level === level;

const came = ({ signal, level }: EdgeKind): string => `${signalName(signal)} ${happened(level)}`;
const cameAt = (edge: Edge, resolution_us?: number): string => `${came(edge)} at ${seconds(edge.at_us, resolution_us)}`;
const overText = ([from, to]: Span): string => `from ${seconds(from.at_us)} to ${seconds(to.at_us)}`;

/** Edges that surely lie in the span, and those too near to one of its ends to tell; an edge that is the end itself is neither. */
function within(
  { trace }: Evidence,
  edges: readonly Edge[],
  [from, to]: Span,
): { readonly sure: readonly Edge[]; readonly near: readonly Edge[] } {
  const own = edges.filter(({ seq }) => seq !== from.seq && seq !== to.seq);
  const near = own.filter((edge) => isNear(edge, from, trace.clock) || isNear(edge, to, trace.clock));
  return { sure: own.filter((edge) => edge.at_us > from.at_us && edge.at_us < to.at_us && !near.includes(edge)), near };
}

/** Why nobody can say that a signal did nothing else in the span; null where it was seen throughout. */
function unseen(evidence: Evidence, signal: SenseSignal, [from, to]: Span): string | null {
  const gap = cover(evidence.trace, signal, from.at_us, to.at_us);
  if (gap !== null) return `${signalName(signal)} cannot be judged: ${gap}.`;
  const shorted = heldThroughout(evidence.held, signal, from.at_us, to.at_us);
  return shorted === undefined ? null : `${signalName(signal)} is not judged until ${seconds(shorted.to_us)}: the fixture shorts it.`;
}

function hiddenNote({ trace }: Evidence, signals: readonly SenseSignal[], [from, to]: Span): string {
  const hidden_us = Math.max(0, ...signals.map((signal) => couldHide_us(trace, signal, from.at_us, to.at_us)));
  return hidden_us > 0 ? `; a pulse shorter than ${duration(hidden_us)} could have hidden in a probe` : '';
}

const tooNear = (edge: Edge): Outcome => undecided(`${cameAt(edge, 1)}, too near to an end of the span to decide.`);

function never(evidence: Evidence, edges: readonly Edge[], one: Of<'never'>, span: Span): Outcome {
  const { sure, near } = within(evidence, edges.filter(isOf(one)), span);
  const [first] = sure;
  if (first !== undefined) return broken(`${cameAt(first)}.`);
  const [doubtful] = near;
  if (doubtful !== undefined) return tooNear(doubtful);
  const gap = unseen(evidence, one.signal, span);
  return gap === null ? held(`${came(one)} never ${overText(span)}${hiddenNote(evidence, [one.signal], span)}.`) : unknown(gap);
}

function eventually(evidence: Evidence, edges: readonly Edge[], one: Of<'eventually'>, span: Span): Outcome {
  const own = edges.filter(isOf(one));
  const { sure, near } = within(evidence, own, span);
  const [first] = sure;
  if (first !== undefined) return held(`${cameAt(first)}.`);
  const [doubtful] = near;
  if (doubtful !== undefined) return tooNear(doubtful);
  const gap = unseen(evidence, one.signal, span);
  if (gap !== null) return unknown(gap);
  const [, to] = span;
  const late = own.find((edge) => edge.at_us > to.at_us);
  return broken(
    late === undefined ? `${came(one)} never ${overText(span)}.` : `${cameAt(late)}, ${duration(late.at_us - to.at_us)} too late.`,
  );
}

const times = (count: number): string => (count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`);

/** The listed edges as they came: the first of a kind is the first listed of it. Or what came too often or too seldom. */
function matched(
  listed: readonly EdgeKind[],
  seen: readonly Edge[],
): readonly Edge[] | { readonly kind: EdgeKind; readonly more: boolean; readonly text: string } {
  for (const kind of listed) {
    const [found, wanted] = [seen.filter(isOf(kind)), listed.filter((other) => other.signal === kind.signal && other.level === kind.level)];
    if (found.length === wanted.length) continue;
    const at = found.length === 0 ? '' : ` (${found.map((edge) => seconds(edge.at_us)).join(', ')})`;
    return { kind, more: found.length > wanted.length, text: `${came(kind)} ${times(found.length)}${at} and not ${times(wanted.length)}` };
  }
  const left = [...seen];
  return listed.flatMap((kind) => left.splice(left.findIndex(isOf(kind)), 1));
}

function order(evidence: Evidence, edges: readonly Edge[], one: Of<'order'>, span: Span): Outcome {
  const { sure, near } = within(
    evidence,
    edges.filter((edge) => one.edges.some((kind) => isOf(kind)(edge))),
    span,
  );
  const [doubtful] = near;
  if (doubtful !== undefined) return tooNear(doubtful);
  const signals = [...new Set(one.edges.map(({ signal }) => signal))];
  const gap = signals.map((signal) => unseen(evidence, signal, span)).find((text) => text !== null);
  const found = matched(one.edges, sure);
  if ('text' in found) return found.more || gap === undefined ? broken(`${found.text} ${overText(span)}.`) : unknown(gap);
  let undecidable: Outcome | null = null;
  for (const [index, edge] of found.entries()) {
    const next = found[index + 1];
    if (next === undefined) continue;
    const apart_us = next.at_us - edge.at_us;
    const U = intervalUncertainty_us(edge, next, evidence.trace.clock);
    if (!(apart_us >= -U)) return broken(`${cameAt(next, apart_us)}, ${duration(-apart_us)} before ${cameAt(edge, apart_us)}.`);
    if (!(apart_us >= U) || apart_us === 0)
      undecidable ??= undecided(`${cameAt(edge, 1)} and ${cameAt(next, 1)}, known to +-${duration(U)}: too near to each other to decide.`);
  }
  if (undecidable !== null) return undecidable;
  return gap === undefined ? held(`${found.map((edge) => cameAt(edge)).join(', ')}${hiddenNote(evidence, signals, span)}.`) : unknown(gap);
}

/** `edges` are the observed ones without forgiven glitches (R18). */
export function judgeOverSpan(evidence: Evidence, edges: readonly Edge[], one: OverSpan): Outcome {
  const span = spanOf(evidence, edges, one.from, one.to);
  if (span === null) return unknown(`The span from ${anchorText(one.from)} to ${anchorText(one.to)} never came.`);
  if (span[1].at_us < span[0].at_us) return unknown(`${anchorText(one.to)} came before ${anchorText(one.from)}.`);
  switch (one.kind) {
    case 'never':
      return never(evidence, edges, one, span);
    case 'eventually':
      return eventually(evidence, edges, one, span);
    case 'order':
      return order(evidence, edges, one, span);
  }
}
