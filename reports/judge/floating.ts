/** The proof that an output floats: not high is not enough, a probe has to have pulled it up. */

import type { PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Probe } from '../../scenarios/contracts/trace.ts';
import { OUTPUTS, type Level, type OutputSignal } from '../../scenarios/signals.ts';
import { notFloating } from './differences.ts';
import { doubt, edgesOf, fault, NOTHING, together, type Evidence, type Findings } from './findings.ts';
import type { Pairing } from './pair.ts';
import { seconds, signalName } from './wording.ts';

/** The fixture probes within this after a falling edge. Source: ELECTRICS.md, "Outputs". */
const PROBE_WITHIN_us = 20_000;
/** A probe takes this long at most, so a state shorter than both together cannot be proved and need not be. */
const PROBE_us = 3_000;
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
  const pairOf = new Map(pairing.pairs.map((one) => [one.edge.seq, one.predicted]));
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

function judgeStretch(evidence: Evidence, stretch: Stretch, probes: readonly Probe[], proved: boolean): Partial<Findings> {
  const mine = probes.filter((probe) => inside(probe, stretch));
  // A probe in which the edge itself fell may have seen the level before it.
  const whole = mine.filter((probe) => probe.from_us >= stretch.from_us + stretch.uncertainty_us && probe.to_us <= stretch.to_us);
  const contrary = whole.find((probe) => (probe.result === 'high') !== stretch.high);
  if (contrary !== undefined) {
    const says = stretch.high ? 'high' : 'not high';
    const text = `A probe found ${signalName(stretch.output)} ${contrary.result} at ${seconds(contrary.from_us)} where the comparator says ${says}: one of the two is wrong.`;
    return { faults: [fault('rig', text)] };
  }
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
  const probes = evidence.trace.probes.toSorted((a, b) => a.from_us - b.from_us);
  return together(
    ...OUTPUTS.flatMap((output) => {
      const all = stretches(evidence, pairing, edges, output);
      const floats = all.filter((stretch) => stretch.level === 'floating' && !stretch.high);
      const proved = probes.some((probe) => probe.result === 'floating' && floats.some((stretch) => inside(probe, stretch)));
      return all.map((stretch) => judgeStretch(evidence, stretch, probes, proved));
    }),
  );
}
