/** The search for proofs as a command: what is wanted of which case, progress on standard error, tables written at the end. */

import { exercised } from '../../firmware-ref/exercised/evidence.ts';
import { REQUIREMENTS, type RequirementId } from '../../scenarios/requirements.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { prove, storeProofs, type ProveOptions } from '../campaign/prove.ts';
import { listenForStop } from './stop.ts';
import { EXIT_STOPPED } from './failures.ts';
import type { Surroundings } from './surroundings.ts';

export interface ProvingOptions {
  readonly seed: number;
  /** The cases are all there are: rows of others are dropped. */
  readonly all: boolean;
  readonly quiet: boolean;
  readonly answers: ProveOptions['answers'];
  readonly surroundings: Surroundings;
}

/** Only what a unit can show, and the case says and shows, can be proven by it. */
export const wantedOf = (cases: readonly Case[]): ProveOptions['wanted'] =>
  cases.map((testCase) => {
    const shown = new Set<string>(exercised(testCase).evidence.map(({ requirement }) => requirement));
    const requirements = testCase.covers.filter((id) => shown.has(id) && REQUIREMENTS[id as RequirementId].shownBy === 'unit');
    return { testCase, requirements };
  });

export const findProofs = async (
  cases: readonly Case[],
  { seed, all, quiet, answers, surroundings: { err } }: ProvingOptions,
): Promise<void> => {
  const wanted = wantedOf(cases);
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  try {
    const { signal } = stop;
    let done = 0;
    if (!quiet) err.write(`Proving ${cases.length} cases on defective units ...\n`);
    const proved = await prove({
      wanted,
      seed,
      answers,
      signal,
      onDone: (index, { open, runs }) => {
        done += 1;
        if (quiet) return;
        const left = open.length === 0 ? '' : `, nothing caught for ${open.map(({ requirement }) => requirement).join(', ')}`;
        err.write(`[${done}/${cases.length}] ${wanted[index]!.testCase.id}: ${runs} runs${left}\n`);
      },
    });
    signal.throwIfAborted();
    const files = storeProofs(wanted, proved, { seed, all });
    if (!quiet) for (const file of files) err.write(`Wrote ${file}\n`);
  } finally {
    stop.release();
  }
};
