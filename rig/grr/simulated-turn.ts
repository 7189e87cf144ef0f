/** What a turn of a gauge study is on a simulated bench: one bench, the part put in anew, and a converter that is as noisy as a real one. */

import type { Turn } from '../../reports/statistics/study.ts';
import type { SimulatedJob } from '../run/simulated-case.ts';

export type SimulatedTurn = Required<Pick<SimulatedJob, 'insertion' | 'conditions'>>;

/** Source: BENCH.md B-NOISE. */
const CONVERTER_rms_mV = 2;
/** Parts of two studies are not the same ones. */
const PARTS = 100;

interface Plan {
  readonly seed: number;
  readonly parts: readonly string[];
  readonly operators: readonly string[];
  readonly trials: number;
}

/** The part is drawn by its place in the plan, so that each operator gets the same one; contacts and noise by the turn. */
export const simulatedTurn = ({ part, operator, trial }: Turn, { seed, parts, operators, trials }: Plan): SimulatedTurn => {
  const at = parts.indexOf(part);
  return {
    insertion: { unit: seed * PARTS + at + 1, mating: (at * operators.length + operators.indexOf(operator)) * trials + trial },
    conditions: [{ do: 'converterNoise', of: 'fixture', rms_mV: CONVERTER_rms_mV }],
  };
};
