/** The proof that an output floats: not high is not enough, a probe has to have pulled it up. */

import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Probe } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS, type Level, type OutputSignal } from '../../scenarios/signals.ts';
import { notFloating } from './differences.ts';
import { doubt, edgesOf, fault, NOTHING, together, type Evidence, type Findings } from './findings.ts';
import { coilOutputs } from './held.ts';
import type { Pairing } from './pair.ts';
import { seconds, signalName } from './wording.ts';

/** The fixture probes within this after a falling edge. Source: ELECTRICS.md, "Outputs". */
const PROBE_WITHIN_us = 20_000;
/** A probe takes this long at most, so a state shorter than both together cannot be proved and need not be. */
const PROBE_us = 3_000;
/** The fixture probes by itself this long after a fall; what is stamped no later than this after a probe's end may have come in it. */
const SETTLE_us = 1_000;
/** An output that moved without a cause this shortly before a probe may have moved in it. */
const RESTLESS_us = 100_000;
/** A state that holds from the start has to be proved once it lasts this long; shorter ones have no room for a planned probe. */
const HELD_us = 3_000_000;

/** A stretch between two edges of one output, and what the reference says of it: null where an unexplained edge opened it. */
interface Stretch {
  readonly output: OutputSignal;
  readonly from_us: number;
  readonly uncertainty_us: number;
  readonly to_us: number;
  readonly level: Level | null;
  readonly high: boolean;
  readonly predicted: PredictedEdge | null;
}

function stretches(evidence: Evidence, pairing: Pairing, edges: readonly Edge[], output: OutputSignal): readonly Stretch[] {
  const { prediction, trace } = evidence;
  const pairOf = new Map(pairing.pairs.filter(({ edge }) => edge.signal === output).map((one) => [one.edge.seq, one.predicted]));
  const own = edgesOf(edges, output);
  const until = (index: number): number => own[index]?.at_us ?? trace.ended_us;
  // Where an edge is missing the state before it is no longer asked for.
  const overdue_us = pairing.missing.find(({ signal }) => signal === output)?.window_us[0] ?? Infinity;
  const first: Stretch = {
    output,
    from_us: 0,
    uncertainty_us: 0,
    to_us: Math.min(until(0), overdue_us),
    predicted: null,
    level: prediction.initial[output],
    high: trace.initial[output] === 'high',
  };
  const rest = own.map((edge, index): Stretch => {
    const predicted = pairOf.get(edge.seq) ?? null;
    const { at_us: from_us, uncertainty_us } = edge;
    return {
      output,
      from_us,
      uncertainty_us,
      to_us: until(index + 1),
      level: predicted?.level ?? null,
      high: edge.level === 'high',
      predicted,
    };
  });
  return [first, ...rest];
}

const inside = (probe: Probe, { output, from_us, uncertainty_us, to_us }: Stretch): boolean =>
  probe.output === output && probe.from_us >= from_us - uncertainty_us && probe.from_us < to_us;

/** Whether the output stood still for the comparator while the probe looked: no edge of it, however short the change, may have fallen into the probe. */
const stoodStill = ({ trace }: Evidence, { output, from_us, to_us }: Probe): boolean =>
  !edgesOf(trace.edges, output).some(
    ({ at_us, uncertainty_us }) => at_us + uncertainty_us > from_us && at_us - uncertainty_us < to_us + SETTLE_us,
  );

/**
 * No edge starts a state that holds from the start, so the fixture does not probe it by itself. One probe anywhere in the case that found the same
 * output floating where it had to is proof enough: it is the same stage, switched off the same way.
 */
function judgeFirst(evidence: Evidence, stretch: Stretch, proved: boolean): Partial<Findings> {
  if (proved || stretch.to_us - stretch.from_us < HELD_us) return NOTHING;
  const { output } = stretch;
  const planned = evidence.testCase.timeline.entries.some((entry) => entry.do.kind === 'probe' && entry.do.output === output);
  const advice = planned ? '' : `; the case plans no probe: expect "${output}: floating" at some time to get one`;
  const text = `${signalName(output)} has to float until ${seconds(stretch.to_us)}, but no probe looked${advice}.`;
  return { notMeasured: [doubt('reference', output, text, planned ? 'rig' : 'scenario')] };
}

/** Whether the output moved without a cause shortly before the probe: then it may have done so in it as well, where the comparator cannot see. */
function restless({ trace }: Evidence, pairing: Pairing, { output, from_us }: Probe): boolean {
  const explained = new Set(pairing.pairs.map(({ edge }) => edge.seq));
  return edgesOf(trace.edges, output).some(({ seq, at_us }) => !explained.has(seq) && at_us <= from_us && from_us - at_us <= RESTLESS_us);
}

function contradiction({ result, from_us }: Probe, { output, high }: Stretch, moving: boolean): Partial<Findings> {
  const seen = `A probe found ${signalName(output)} ${result} at ${seconds(from_us)} where the comparator says ${high ? 'high' : 'not high'}`;
  if (!moving) return { faults: [fault('rig', `${seen}: one of the two is wrong.`)] };
  return { notMeasured: [doubt('reference', output, `${seen}, shortly after it moved without a cause: it may have moved again.`, 'unit')] };
}

function judgeStretch(
  evidence: Evidence,
  pairing: Pairing,
  stretch: Stretch,
  probes: readonly Probe[],
  proved: boolean,
): Partial<Findings> {
  const mine = probes.filter((probe) => inside(probe, stretch));
  // A probe in which an edge fell may have seen the level before or behind it.
  const contrary = mine.find((probe) => (probe.result === 'high') !== stretch.high && stoodStill(evidence, probe));
  if (contrary !== undefined) return contradiction(contrary, stretch, restless(evidence, pairing, contrary));
  if (stretch.high || stretch.level !== 'floating') return NOTHING;
  const bad = mine.find((probe) => probe.result === 'low' || probe.result === 'leaky');
  if (bad !== undefined) return { differences: [notFloating(bad, bad.result === 'low' ? 'low' : 'leaky', stretch.predicted)] };
  if (stretch.predicted === null) return judgeFirst(evidence, stretch, proved);
  const length_us = stretch.to_us - stretch.from_us;
  if (length_us <= PROBE_WITHIN_us + PROBE_us && stretch.to_us !== Infinity) return NOTHING;
  if (mine.some((probe) => probe.from_us - stretch.from_us <= PROBE_WITHIN_us)) return NOTHING;
  const text = `${signalName(stretch.output)} has to float from ${seconds(stretch.from_us)} on, but no probe looked within ${PROBE_WITHIN_us / 1000} ms.`;
  return { notMeasured: [doubt('reference', stretch.output, text)] };
}

/** `edges` are the observed ones without forgiven glitches. */
export function judgeFloating(evidence: Evidence, pairing: Pairing, edges: readonly Edge[]): Findings {
  const coils = coilOutputs(evidence.testCase);
  const probes = evidence.trace.probes.toSorted((a, b) => a.from_us - b.from_us);
  return together(
    ...OUTPUTS.filter((output) => !coils.includes(output)).flatMap((output) => {
      const all = stretches(evidence, pairing, edges, output);
      const floats = all.filter((stretch) => stretch.level === 'floating' && !stretch.high);
      const proved = probes.some((probe) => probe.result === 'floating' && floats.some((stretch) => inside(probe, stretch)));
      return all.map((stretch) => judgeStretch(evidence, pairing, stretch, probes, proved));
    }),
  );
}
