/** The outcome of what an author demands beyond the reference: levels at and over times, and edges in windows. */

import type { Expectation, ExpectationOf as Of } from '../../scenarios/contracts/expectation.ts';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import type { Level, SenseSignal } from '../../scenarios/signals.ts';
import { anchorText, isNear, occurrences, spanOf, type AnchorInstant } from './anchors.ts';
import { judgeAnswer } from './answers.ts';
import { cover, couldHide_us } from './coverage.ts';
import { atLeast, atMost, intervalUncertainty_us, notBeforeCause, worseDecision, type Instant } from './decision.ts';
import { agrees, edgesOf, levelAt, type Evidence } from './findings.ts';
import { heldThroughout } from './held.ts';
import { broken, held, undecided, unknown, type Outcome } from './outcome.ts';
import { judgeOverSpan } from './over-spans.ts';
import { duration, seconds, signalName, stateName } from './wording.ts';

/** The end of the capture is commanded, not stamped: an instant that is the end itself may lie this far behind it. */
const END_SLACK_us = 1_000;

/** Between the comparators' edges: what the probes say of an output that has to float or be low. */
function probed(
  evidence: Evidence,
  edges: readonly Edge[],
  signal: SenseSignal,
  level: Level,
  from_us: number,
  to_us: number,
): Outcome | null {
  if (level !== 'floating' && level !== 'low') return null;
  const own = edgesOf(edges, signal);
  const since = own.findLast((edge) => edge.at_us <= from_us)?.at_us ?? -Infinity;
  const until = own.find((edge) => edge.at_us > to_us)?.at_us ?? Infinity;
  const probes = evidence.trace.probes.filter((probe) => probe.output === signal && probe.from_us >= since && probe.from_us < until);
  const other = probes.find((probe) => probe.result !== level);
  if (other !== undefined) return broken(`A probe found ${signalName(signal)} ${stateName(other.result)} at ${seconds(other.from_us)}.`);
  return probes.length === 0 ? unknown(`No probe looked at ${signalName(signal)}.`) : null;
}

function stays(
  evidence: Evidence,
  edges: readonly Edge[],
  signal: SenseSignal,
  level: Level,
  from: AnchorInstant,
  to: AnchorInstant,
): Outcome {
  const { trace } = evidence;
  const gap = cover(trace, signal, from.at_us, to.at_us);
  if (gap !== null) return unknown(`${signalName(signal)} cannot be judged: ${gap}.`);
  const shorted = heldThroughout(evidence.held, signal, from.at_us, to.at_us);
  if (shorted !== undefined) return unknown(`${signalName(signal)} is not judged until ${seconds(shorted.to_us)}: the fixture shorts it.`);
  const near = (edge: Edge, end: AnchorInstant): boolean => isNear(edge, end, trace.clock);
  const own = edgesOf(edges, signal);
  const doubtful = own.find((edge) => near(edge, from) || near(edge, to));
  const inside = own.filter((edge) => edge.at_us > from.at_us && edge.at_us < to.at_us && !near(edge, from) && !near(edge, to));
  const away = inside.find((edge) => !agrees(edge.level, level));
  if (away !== undefined)
    return broken(
      `${signalName(signal)} became ${stateName(away.level)} at ${seconds(away.at_us)}, ${duration(to.at_us - away.at_us)} too soon.`,
    );
  if (doubtful !== undefined) {
    return undecided(
      `${signalName(signal)} became ${stateName(doubtful.level)} at ${seconds(doubtful.at_us, 1)}, too near to an end of the span to decide.`,
    );
  }
  const first = levelAt(evidence.trace, edges, signal, from.at_us);
  if (!agrees(first, level)) return broken(`${signalName(signal)} was ${stateName(first)} at ${seconds(from.at_us)}.`);
  const proof = probed(evidence, edges, signal, level, from.at_us, to.at_us);
  if (proof !== null) return proof;
  const hidden_us = couldHide_us(trace, signal, from.at_us, to.at_us);
  const note = hidden_us > 0 ? `; a pulse shorter than ${duration(hidden_us)} could have hidden in a probe` : '';
  const when = from.at_us === to.at_us ? `at ${seconds(from.at_us)}` : `from ${seconds(from.at_us)} to ${seconds(to.at_us)}`;
  return held(`${signalName(signal)} was ${stateName(level)} ${when}${note}.`);
}

function judgeLevel(evidence: Evidence, edges: readonly Edge[], one: Of<'level'>): Outcome {
  const at = occurrences(evidence, edges, one.at).findLast((instant) => instant.at_us <= evidence.trace.ended_us + END_SLACK_us);
  if (at === undefined) return unknown(`${anchorText(one.at)} never came.`);
  return stays(evidence, edges, one.signal, one.level, at, at);
}

function judgeStays(evidence: Evidence, edges: readonly Edge[], one: Of<'stays'>): Outcome {
  const span = spanOf(evidence, edges, one.from, one.to);
  if (span === null) return unknown(`The span from ${anchorText(one.from)} to ${anchorText(one.to)} never came.`);
  const [from, to] = span;
  if (to.at_us < from.at_us) return unknown(`${anchorText(one.to)} came before ${anchorText(one.from)}.`);
  return stays(evidence, edges, one.signal, one.level, from, to);
}

/** The edge judged is the first after the first anchor; the anchor that counts is then the last one before it. */
function judgeEdge(evidence: Evidence, edges: readonly Edge[], one: Of<'edge'>): Outcome {
  const { trace } = evidence;
  const anchors = occurrences(evidence, edges, one.after);
  const first = anchors[0];
  if (first === undefined) return unknown(`${anchorText(one.after)} never came.`);
  const after = (edge: Edge, anchor: Instant): boolean => edge.at_us >= anchor.at_us - intervalUncertainty_us(edge, anchor, trace.clock);
  const edge = edgesOf(edges, one.signal).find((candidate) => agrees(candidate.level, one.level) && after(candidate, first));
  const name = `${signalName(one.signal)} became ${stateName(one.level)}`;
  if (edge === undefined) return whenAbsent(evidence, one, anchors.at(-1) ?? first, name);
  const anchor = anchors.findLast((candidate) => after(edge, candidate)) ?? first;
  const passed_us = edge.at_us - anchor.at_us;
  const U = intervalUncertainty_us(anchor, edge, trace.clock);
  const soon =
    one.notBefore_us === null || one.notBefore_us === 0 ? notBeforeCause(passed_us, 0, U) : atLeast(passed_us, one.notBefore_us, U);
  const late = one.within_us === null ? 'pass' : atMost(passed_us, one.within_us, U);
  const said = (resolution_us: number): string => `${name} ${seconds(passed_us, resolution_us)} after ${anchorText(one.after)}`;
  if (soon === 'fail')
    return broken(`${said((one.notBefore_us ?? 0) - passed_us)}, ${duration((one.notBefore_us ?? 0) - passed_us)} too early.`);
  if (late === 'fail') return broken(`${said(passed_us - (one.within_us ?? 0))}, ${duration(passed_us - (one.within_us ?? 0))} too late.`);
  if (worseDecision(soon, late) === 'marginal') return undecided(`${said(1)}, known to +-${duration(U)}: too near to the limit to decide.`);
  return probed(evidence, edges, one.signal, one.level, edge.at_us, edge.at_us) ?? held(`${said(1_000)}.`);
}

function whenAbsent({ trace }: Evidence, one: Of<'edge'>, anchor: Instant, name: string): Outcome {
  const from = `after ${anchorText(one.after)}`;
  if (one.within_us === null) return unknown(`${name}: not seen ${from} until the case ended.`);
  const until_us = anchor.at_us + one.within_us;
  const end = { at_us: trace.ended_us, uncertainty_us: 0 };
  const over = atLeast(trace.ended_us, until_us, intervalUncertainty_us(anchor, end, trace.clock)) === 'pass';
  const gap = over ? cover(trace, one.signal, anchor.at_us, until_us) : 'the case ended before the time was up';
  return gap === null
    ? broken(`${name}: not within ${seconds(one.within_us)} ${from}.`)
    : unknown(`${name}: not seen ${from}, but ${gap}.`);
}

function outcomeOf(evidence: Evidence, edges: readonly Edge[], one: Expectation): Outcome {
  switch (one.kind) {
    case 'level':
      return judgeLevel(evidence, edges, one);
    case 'stays':
      return judgeStays(evidence, edges, one);
    case 'edge':
      return judgeEdge(evidence, edges, one);
    case 'answer':
      return judgeAnswer(evidence.trace, one);
    default:
      return judgeOverSpan(evidence, edges, one);
  }
}

/** `edges` are the observed ones without forgiven glitches (R18). */
export function judgeExpectation(evidence: Evidence, edges: readonly Edge[], one: Expectation): Outcome {
  const outcome = outcomeOf(evidence, edges, one);
  return { ...outcome, text: outcome.text.charAt(0).toUpperCase() + outcome.text.slice(1) };
}
