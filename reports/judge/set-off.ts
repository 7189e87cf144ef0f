/** What a case is still worth when a step that waited for an edge was set off by a glitch that R18 forgives. */

import type { Expectation } from '../../scenarios/contracts/expectation.ts';
import type { Edge, Stimulus, Trace } from '../../scenarios/contracts/trace.ts';
import { occurrences } from './anchors.ts';
import { triggerEdges } from './execution.ts';
import { judgeExpectation } from './expectations.ts';
import { doubt, type Evidence, type Findings } from './findings.ts';
import { divergence_us } from './order.ts';
import type { Outcome } from './outcome.ts';
import { unsettled, type Pairing } from './pair.ts';
import type { Doubt, MeasurementResult } from './result.ts';
import { duration, seconds, signalName } from './wording.ts';

/** A step set off by a glitch. What lies behind `at_us` was not done in the state that the scenario means. */
export interface SetOff {
  readonly at_us: number;
  /** Says which step and which glitch, without a full stop. */
  readonly text: string;
  readonly signal: string;
}

function setOffBy(evidence: Evidence, pairing: Pairing, { entry: id, done_us }: Stimulus): SetOff | null {
  const entry = evidence.testCase.timeline.entries.find((one) => one.id === id);
  if (entry?.when.kind !== 'afterEdge' || done_us === null) return null;
  const due_us = done_us - entry.when.delay_us;
  const [trigger] = triggerEdges(evidence, entry.when).toSorted((a, b) => Math.abs(a.at_us - due_us) - Math.abs(b.at_us - due_us));
  if (trigger === undefined) return null;
  const glitch = [...pairing.glitches, ...pairing.marginal].find(({ away, back }) => away.seq === trigger.seq || back.seq === trigger.seq);
  if (glitch === undefined) return null;
  const forgiven = pairing.glitches.includes(glitch) ? 'forgiven by R18' : 'about as long as R18 forgives';
  const what = `a glitch of ${signalName(trigger.signal)} of ${duration(glitch.length_us)} at ${seconds(glitch.away.at_us)} (${forgiven})`;
  return { at_us: done_us, signal: trigger.signal, text: `${id} was set off by ${what}, so what follows was not measured as meant` };
}

/** The first step of the case that a glitch set off, or null. */
export function findSetOff(evidence: Evidence, pairing: Pairing): SetOff | null {
  if (unsettled(pairing).size === 0) return null;
  const found = evidence.trace.stimuli.map((stimulus) => setOffBy(evidence, pairing, stimulus)).filter((one) => one !== null);
  return found.toSorted((a, b) => a.at_us - b.at_us)[0] ?? null;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The doubt that the step itself is. Blame: the unit, whose glitch it was. */
const itself = ({ text, signal }: SetOff): Doubt => doubt('reference', signal, `${capital(text)}.`, 'unit');

/** Differences of the unit or the scenario behind the step become doubts; the step itself is the first of them. */
export function withoutWhatFollows(findings: Findings, setOff: SetOff | null): Findings {
  if (setOff === null) return findings;
  const before = findings.differences.filter((one) => divergence_us(one) <= setOff.at_us);
  const behind = findings.differences.filter((one) => divergence_us(one) > setOff.at_us);
  const doubts = behind.map((one) => doubt('reference', one.signal, `Not counted: ${one.text}`, 'unit'));
  return { ...findings, differences: before, notMeasured: [itself(setOff), ...findings.notMeasured, ...doubts] };
}

/** The trace as it was known when the step was set off. */
const cutAt = (trace: Trace, at_us: Trace['ended_us']): Trace => ({
  ...trace,
  ended_us: at_us,
  edges: trace.edges.filter((edge) => edge.at_us <= at_us),
  probes: trace.probes.filter((probe) => probe.to_us <= at_us),
  stimuli: trace.stimuli.filter(({ done_us }) => done_us !== null && done_us <= at_us),
});

/** A broken expectation stays broken only if it was so before the step. */
export function expectationBefore(
  evidence: Evidence,
  edges: readonly Edge[],
  one: Expectation,
  outcome: Outcome,
  setOff: SetOff | null,
): Outcome {
  if (setOff === null || outcome.outcome !== 'broken') return outcome;
  const cut: Evidence = { ...evidence, trace: cutAt(evidence.trace, setOff.at_us as Trace['ended_us']) };
  const known = edges.filter((edge) => edge.at_us <= setOff.at_us);
  const begins_us = 'from' in one ? (occurrences(cut, known, one.from)[0]?.at_us ?? Infinity) : -Infinity;
  if (begins_us <= setOff.at_us && judgeExpectation(cut, known, one).outcome === 'broken') return outcome;
  return { outcome: 'notMeasured', marginal: false, text: `${outcome.text} ${capital(setOff.text)}.` };
}

/** A value taken behind the step says nothing against the unit. */
export function measurementBefore(result: MeasurementResult, setOff: SetOff | null): MeasurementResult {
  if (setOff === null || result.outcome !== 'fail' || (result.at_us ?? Infinity) <= setOff.at_us) return result;
  return { ...result, outcome: 'notMeasured', text: `${result.text} ${capital(setOff.text)}.` };
}
