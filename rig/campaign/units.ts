/** Runs many units under one suite, each in a worker thread of its own time: what every campaign is made of. */

import { runJobs } from '../run/pool.ts';
import type { UnitOptions } from '../run/unit-choice.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { AnswersFile } from '../../scenarios/language/answers.ts';
import type { Act } from '../sim/faults/fault.ts';
import { RigError, type RigErrorCode } from '../error.ts';
import type { UnitOutcome } from './outcome.ts';

/** One unit: what it is, and the seed that draws its bench, parts and crystals. */
export interface UnitJob extends UnitOptions {
  readonly seed: number;
  /** With `bail` only a case that fails the unit on this signal ends its run; any, where it is left out. */
  readonly bailOn?: string;
  /** What the bench is like: clocks that drift, noise on the cable. */
  readonly conditions?: readonly Act[];
  /** Ids of the cases it is given; all where left out. */
  readonly only?: readonly string[];
}

/** What all workers of a campaign share. */
export interface Suite {
  readonly cases: readonly Case[];
  /** The first case that fails a unit ends its run. */
  readonly bail: boolean;
  /** What is answered where a case asks; without it such a case stays inconclusive. */
  readonly answers?: AnswersFile | null | undefined;
}

export type UnitAnswer =
  | { readonly ok: true; readonly outcome: UnitOutcome }
  | { readonly ok: false; readonly fault: { readonly code: RigErrorCode; readonly message: string; readonly hint: string } };

export interface UnitsOptions extends Suite {
  readonly units: readonly UnitJob[];
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly onDone?: (index: number, outcome: UnitOutcome) => void;
}

/** In the order of the units; `undefined` = not run, after an abort. Throws RigError where a unit could not be run at all. */
export const runUnits = async ({
  units,
  cases,
  bail,
  answers: given,
  workers,
  signal,
  onDone,
}: UnitsOptions): Promise<(UnitOutcome | undefined)[]> => {
  const suite: Suite = { cases, bail, answers: given };
  const answers = await runJobs<UnitJob, UnitAnswer>({
    worker: new URL('./worker.ts', import.meta.url),
    shared: suite,
    jobs: units,
    signal,
    ...(workers === undefined ? {} : { workers }),
    onDone: (index, answer) => {
      if (answer.ok) onDone?.(index, answer.outcome);
    },
  });
  return answers.map((answer) => {
    if (answer === undefined) return undefined;
    if (answer.ok) return answer.outcome;
    const { code, message, hint } = answer.fault;
    throw new RigError(code, message, { hint });
  });
};
