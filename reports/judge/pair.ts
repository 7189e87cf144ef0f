/** Which observed edge stands for which predicted one, and what is left over on both sides. */

import type { Prediction, PredictedEdge } from '../../scenarios/contracts/prediction.ts';
import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import { isOutput, SENSES } from '../../scenarios/signals.ts';
import { bySeq, type EdgesBySeq } from './by-seq.ts';
import { burstsOf, type Burst } from './bursts.ts';
import { atLeast, type Decision } from './decision.ts';
import { agrees, edgesOf, fault } from './findings.ts';
import type { Fault } from './result.ts';
import { signalName } from './wording.ts';

export interface Pair {
  readonly predicted: PredictedEdge;
  readonly edge: Edge;
}

/** Two unexplained edges that belong together: away from a level and back. */
export interface Excursion {
  readonly away: Edge;
  readonly back: Edge;
  readonly length_us: number;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Predicted, required, and nothing observed stands for it. */
  readonly missing: readonly PredictedEdge[];
  /** Observed and explained by nothing, one by one. */
  readonly extra: readonly Edge[];
  readonly excursions: readonly Excursion[];
  /** Excursions about as long as R18 forgives: too near to decide. */
  readonly marginal: readonly Excursion[];
  /** Short, but too many to be forgiven. */
  readonly bursts: readonly Burst[];
  readonly glitches: readonly Excursion[];
  readonly faults: readonly Fault[];
}

/** R18: a single output change shorter than 1 ms, a single LED change shorter than 20 ms, is counted and forgiven; `burstsOf` says what is single. */
const GLITCH_OUTPUT_us = 1_000;
const GLITCH_LED_us = 20_000;
/** Away and back within this is one drop-out, not two strange edges. */
const EXCURSION_us = 1_000_000;

/** Which edges stand for a predicted one, by their numbers. */
class UsedEdges {
  readonly #numbered: EdgesBySeq;
  readonly #used: Uint8Array;

  constructor(numbered: EdgesBySeq, count: number) {
    this.#numbered = numbered;
    this.#used = new Uint8Array(count);
  }

  has(seq: number): boolean {
    return this.#used[this.#numbered.placeOf(seq)] === 1;
  }

  add(seq: number): void {
    this.#used[this.#numbered.placeOf(seq)] = 1;
  }
}

export function pair(prediction: Prediction, trace: Trace): Pairing {
  const numbered = bySeq(trace.edges);
  const used = new UsedEdges(numbered, trace.edges.length);
  const pairs: Pair[] = [];
  const missing: PredictedEdge[] = [];
  const faults: Fault[] = [];
  for (const predicted of prediction.edges) {
    if (predicted.observed === null) {
      if (predicted.required) missing.push(predicted);
      continue;
    }
    const edge = numbered.get(predicted.observed);
    if (edge === undefined || edge.signal !== predicted.signal || !agrees(edge.level, predicted.level) || used.has(edge.seq)) {
      const why =
        edge === undefined ? 'does not exist' : used.has(edge.seq) ? 'already stands for another' : `is ${edge.signal} ${edge.level}`;
      faults.push(
        fault(
          'rig',
          `The account takes edge ${predicted.observed} for ${predicted.signal} ${predicted.level} (${predicted.id}), but that edge ${why}.`,
        ),
      );
      continue;
    }
    used.add(edge.seq);
    pairs.push({ predicted, edge });
  }
  const left = SENSES.map((signal) => excursionsOf(edgesOf(trace.edges, signal), used, trace.clock.bound_ppm));
  return {
    pairs,
    missing,
    faults,
    extra: left.flatMap((one) => one.extra),
    excursions: left.flatMap((one) => one.excursions),
    marginal: left.flatMap((one) => one.marginal),
    bursts: left.flatMap((one) => one.bursts),
    glitches: left.flatMap((one) => one.glitches),
  };
}

function excursionsOf(edges: readonly Edge[], used: UsedEdges, bound_ppm: number) {
  const extra: Edge[] = [];
  const excursions: Excursion[] = [];
  const brief: { readonly one: Excursion; readonly long: Decision }[] = [];
  for (let index = 0; index < edges.length; index++) {
    const away = edges[index];
    if (away === undefined || used.has(away.seq)) continue;
    const back = edges[index + 1];
    const length_us = back === undefined ? Infinity : back.at_us - away.at_us;
    if (back === undefined || used.has(back.seq) || back.level === away.level || !(length_us <= EXCURSION_us)) {
      extra.push(away);
      continue;
    }
    index++;
    const limit_us = isOutput(away.signal) ? GLITCH_OUTPUT_us : GLITCH_LED_us;
    const uncertainty_us = away.uncertainty_us + back.uncertainty_us + (length_us * bound_ppm) / 1e6;
    const long = atLeast(length_us, limit_us, uncertainty_us);
    if (long === 'pass') excursions.push({ away, back, length_us });
    else brief.push({ one: { away, back, length_us }, long });
  }
  // One that is too near to its limit is either forgiven or a difference of its own: it counts among the many in any case.
  const bursts = burstsOf(brief.map(({ one }) => one));
  const many = new Set(bursts.flat());
  const single = brief.filter(({ one }) => !many.has(one));
  const those = (decision: Decision) => single.filter(({ long }) => long === decision).map(({ one }) => one);
  return { extra, excursions, bursts, marginal: those('marginal'), glitches: those('fail') };
}

export const excursionText = ({ away, length_us }: Excursion): string =>
  `${signalName(away.signal)} went to ${away.level} for ${(length_us / 1000).toFixed(3)} ms at ${(away.at_us / 1e6).toFixed(3)} s`;

/** The edges that no further check may build on: forgiven, or about to be decided as marginal. */
export const unsettled = ({ glitches, marginal }: Pairing): ReadonlySet<number> =>
  new Set([...glitches, ...marginal].flatMap(({ away, back }) => [away.seq, back.seq]));
