/** How far a difference lies beyond what is allowed, in multiples of the worst-case uncertainty it was decided with: at least this much. */

import { MOST_IN_CASE } from '../../reports/judge/bursts.ts';
import { intervalUncertainty_us } from '../../reports/judge/decision.ts';
import type { Difference } from '../../reports/judge/result.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { isOutput, type SenseSignal } from '../../scenarios/signals.ts';
import { PARAMETERS } from '../../firmware-ref/parameters.ts';
import { FLOATING_OFF_BELOW_mV, FLOATING_ON_ABOVE } from '../bench/probe-result.ts';
import { uncertaintyOf } from '../bench/measure.ts';

/** Worst case for any interval of the trace that ends at `at_us`: the worst stamps at both ends, and the clock's bound since the start. */
const worst_us = ({ stimuli, edges, clock }: Trace, at_us: number): number => {
  const stimulus_us = stimuli.reduce((most, { uncertainty_us }) => Math.max(most, uncertainty_us), 0);
  const edge_us = edges.reduce((most, { uncertainty_us }) => Math.max(most, uncertainty_us), 0);
  return Math.max(stimulus_us, edge_us) + edge_us + (Math.max(at_us, 0) * clock.bound_ppm) / 1e6;
};

/** R18: a change shorter than this does not count. */
const forgiven_us = (signal: string): number =>
  isOutput(signal as SenseSignal) ? PARAMETERS.glitchOutput_us.value : PARAMETERS.glitchLed_us.value;

/** From `at_us` until the signal changed again, or the case ended. */
const lasted_us = ({ edges, ended_us }: Trace, signal: string, at_us: number): number =>
  (edges.find((edge) => edge.signal === signal && edge.at_us > at_us)?.at_us ?? ended_us) - at_us;

/** How badly the time from an edge to the next one of its signal is known; null where one of the two is not there. Both are in the trace, so theirs counts. */
const excursion_us = ({ edges, clock }: Trace, signal: string, at_us: number): number | null => {
  const own = edges.filter((edge) => edge.signal === signal);
  const away = own.findIndex((edge) => edge.at_us === at_us);
  const [first, back] = [own[away], own[away + 1]];
  return first === undefined || back === undefined ? null : intervalUncertainty_us(first, back, clock);
};

/** Whether short changes to and from `level` are more than a case may have: a count is no interval, and no stamp makes it doubtful. */
const isTooOften = ({ edges }: Trace, signal: string, level: string | null | undefined): boolean => {
  const own = edges.filter((edge) => edge.signal === signal);
  const short = own.filter(
    (edge, index) => edge.level === level && (own[index + 1]?.at_us ?? Infinity) - edge.at_us < 2 * forgiven_us(signal),
  );
  return short.length > MOST_IN_CASE;
};

/**
 * A lower bound: every other interval is taken as known as badly as the worst of its trace. 0 where nothing can be said in numbers; a probe's `low` and
 * `leaky` count from the limits its raw voltages are held against (ELECTRICS.md, "Outputs").
 */
export const breach_U = (difference: Difference, trace: Trace): number => {
  const { kind, signal, expected, got, off_us, measured } = difference;
  const at_us = got?.at_us ?? trace.ended_us;
  const U_us = worst_us(trace, at_us);
  switch (kind) {
    case 'outOfLimit':
      return measured === null ? 0 : Math.abs(measured.off) / measured.uncertainty;
    case 'early':
    case 'late':
      return Math.abs(off_us ?? 0) / U_us;
    case 'missing':
    case 'noEdge':
      return expected.latest_us === null ? 0 : (trace.ended_us - expected.latest_us) / U_us;
    case 'dropOut':
    case 'pulse':
      if (isTooOften(trace, signal, got?.level)) return Infinity;
      return (Math.abs(off_us ?? 0) - forgiven_us(signal)) / (excursion_us(trace, signal, at_us) ?? U_us);
    case 'extra':
    case 'wrongLevel':
      return (lasted_us(trace, signal, at_us) - forgiven_us(signal)) / U_us;
    case 'otherReading':
      return Infinity;
    case 'low':
    case 'leaky':
      return probe_U(trace, signal, at_us);
  }
};

/** By how much the probe misses "floating": too little pulled up, or too much by itself. */
const probe_U = ({ probes }: Trace, signal: string, at_us: number): number => {
  const probe = probes.find(({ output, from_us }) => output === signal && from_us === at_us);
  if (probe === undefined) return 0;
  const { output, supply_mV, biasOn_mV, biasOff_mV } = probe;
  const channel = `${output}Voltage` as const;
  const inU = (beyond_mV: number, value_mV: number): number => beyond_mV / uncertaintyOf(channel, value_mV, supply_mV / 1e3);
  return Math.max(inU(FLOATING_ON_ABOVE * supply_mV - biasOn_mV, biasOn_mV), inU(biasOff_mV - FLOATING_OFF_BELOW_mV, biasOff_mV));
};
