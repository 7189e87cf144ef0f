/** All numbers of the reference at their limits: which have a pair of units, which cannot have one and why, and what came of them. */

import { PARAMETERS, type ParameterName } from '../../../firmware-ref/parameters.ts';
import type { BoundaryDocument, BoundaryRow } from '../../../reports/shape/boundary.ts';
import { runJobs } from '../../run/pool.ts';
import { RigError } from '../../error.ts';
import { DISTANCE_U } from './boundary.ts';
import { LIMITS, NO_LIMIT_OF_A_UNIT } from './limits.ts';

export interface PairJob {
  readonly parameter: ParameterName;
  readonly seed: number;
}
export type PairAnswer = { readonly ok: true; readonly row: BoundaryRow } | { readonly ok: false; readonly message: string };

export interface PairsOptions {
  readonly seed: number;
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly onDone?: (done: number, of: number) => void;
}

/** Held where it is said why there can be no pair: a number that is added without either is not. */
const withoutPair = (parameter: ParameterName): BoundaryRow => {
  const { value, unit, source } = PARAMETERS[parameter];
  const reason = NO_LIMIT_OF_A_UNIT[parameter] ?? null;
  const none = { signal: null, side: null, uncertainty: null, outside: null, inside: null };
  return { parameter, limit: value, unit, source, ...none, held: reason !== null, reason };
};

/** In the order of the reference's table. Throws RigError where a pair could not be made. */
export const runPairs = async ({ seed, workers, signal, onDone }: PairsOptions): Promise<BoundaryDocument> => {
  const jobs = LIMITS.map(({ parameter }): PairJob => ({ parameter, seed }));
  let done = 0;
  const answers = await runJobs<PairJob, PairAnswer>({
    worker: new URL('./worker.ts', import.meta.url),
    jobs,
    signal,
    ...(workers === undefined ? {} : { workers }),
    onDone: () => onDone?.((done += 1), jobs.length),
  });
  const rows = answers.flatMap((answer) => {
    if (answer === undefined) return [];
    if (answer.ok) return [answer.row];
    throw new RigError('internal', answer.message);
  });
  const all = (Object.keys(PARAMETERS) as ParameterName[]).map(
    (name) => rows.find(({ parameter }) => parameter === name) ?? withoutPair(name),
  );
  return {
    schema: 'bms-rig/boundary/1',
    exit: all.every(({ held }) => held) ? 0 : 1,
    simulated: true,
    seed,
    distance_U: DISTANCE_U,
    pairs: rows.length,
    held: rows.filter(({ held }) => held).length,
    rows: all,
  };
};
