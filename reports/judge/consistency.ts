/** A second look that does not rest on the pairing: the observed levels against the levels the reference allows over time. */

import type { AllowedSpan } from '../../scenarios/contracts/prediction.ts';
import type { Edge } from '../../scenarios/contracts/trace.ts';
import { SENSES, type SenseLevel, type SenseSignal } from '../../scenarios/signals.ts';
import { agrees, edgesOf, fault, type Evidence, type Findings } from './findings.ts';
import { duration, seconds, signalName, stateName } from './wording.ts';

interface Stretch {
  readonly level: SenseLevel;
  readonly from_us: number;
  readonly to_us: number;
  readonly uncertainty_us: number;
}

/** One after the other: of a million edges nobody wants a list more. */
function* stretchesOf({ trace }: Evidence, edges: readonly Edge[], signal: SenseSignal): Generator<Stretch> {
  const own = edgesOf(edges, signal);
  const drift = (at_us: number): number => (Math.abs(at_us) * trace.clock.bound_ppm) / 1e6;
  yield {
    level: trace.initial[signal],
    from_us: 0,
    to_us: own[0]?.at_us ?? trace.ended_us,
    uncertainty_us: own[0]?.uncertainty_us ?? 0,
  };
  for (let index = 0; index < own.length; index += 1) {
    const edge = own[index]!;
    const next = own[index + 1];
    const to_us = next?.at_us ?? trace.ended_us;
    yield {
      level: edge.level,
      from_us: edge.at_us,
      to_us,
      uncertainty_us: Math.max(edge.uncertainty_us, next?.uncertainty_us ?? 0) + drift(to_us),
    };
  }
}

/** The stimuli that made the spans have stamp errors of their own. */
const stimulusUncertainty_us = ({ trace }: Evidence): number => Math.max(0, ...trace.stimuli.map((stimulus) => stimulus.uncertainty_us));

const clash = (stretch: Stretch, span: AllowedSpan): number =>
  span.levels.some((level) => agrees(stretch.level, level))
    ? 0
    : Math.min(stretch.to_us, span.to_us) - Math.max(stretch.from_us, span.from_us);

/**
 * Where every edge is explained the levels have to be allowed as well. If they are not, prediction and account contradict each other: nothing
 * can be said of the unit, and above all not that it passed. After a difference the reference only guesses on from the nearest state, so then
 * this look proves nothing and is left out; a signal with a doubt of its own is left alone.
 */
export function judgeConsistency(evidence: Evidence, edges: readonly Edge[], reference: Findings): Partial<Findings> {
  if (reference.differences.length > 0) return {};
  const told = new Set([...reference.marginal, ...reference.notMeasured].map((one) => one.signal));
  const stimuli_us = stimulusUncertainty_us(evidence);
  const faults = SENSES.filter((signal) => !told.has(signal)).flatMap((signal) => {
    const spans = evidence.prediction.allowed.filter((span) => span.signal === signal);
    for (const stretch of stretchesOf(evidence, edges, signal)) {
      const tolerance_us = stretch.uncertainty_us + stimuli_us;
      const span = spans.find((one) => clash(stretch, one) > tolerance_us);
      if (span === undefined) continue;
      const at_us = Math.max(stretch.from_us, span.from_us);
      const allowed = span.levels.map(stateName).join(' or ');
      const text = `${signalName(signal)} was ${stateName(stretch.level)} for ${duration(clash(stretch, span))} from ${seconds(at_us)} where only ${allowed} is allowed (${span.rule}), yet every edge of it is explained: the reference contradicts itself.`;
      return [fault('rig', text)];
    }
    return [];
  });
  return { faults };
}
