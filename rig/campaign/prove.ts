/** The campaign of proofs: every case on the defective units that break what it covers, on all cores, into the tables beside the scenarios. */

import { runJobs } from '../run/pool.ts';
import { noProofs, proofsFileOf, readProofs, writeProofs, type Proofs } from './proofs.ts';
import type { Proved, Wanted } from './prove-case.ts';
import type { ProveJob } from './prove-worker.ts';

export interface ProveOptions {
  readonly wanted: readonly Omit<Wanted, 'hints'>[];
  readonly seed: number;
  readonly answers?: ProveJob['answers'] | undefined;
  readonly signal?: AbortSignal;
  readonly onDone?: (index: number, proved: Proved) => void;
}

/** Defects that proved a case before are tried first. `undefined`: not run, after a stop. */
export const prove = ({ wanted, seed, answers = null, signal, onDone }: ProveOptions): Promise<(Proved | undefined)[]> => {
  const tables = new Map<string, Proofs | null>();
  const hintsOf = ({ testCase: { id, place } }: Omit<Wanted, 'hints'>): Wanted['hints'] => {
    const file = proofsFileOf(place.file);
    if (!tables.has(file)) tables.set(file, readProofs(file));
    return tables.get(file)?.cases[id]?.caught ?? {};
  };
  return runJobs<ProveJob, Proved>({
    worker: new URL('./prove-worker.ts', import.meta.url),
    jobs: wanted.map((one) => ({ ...one, hints: hintsOf(one), seed, answers })),
    ...(signal === undefined ? {} : { signal }),
    ...(onDone === undefined ? {} : { onDone }),
  });
};

/** Writes what was proved into the table of each folder. `all`: the cases are all there are, so rows of others go. Gives the files written. */
export const storeProofs = (
  wanted: ProveOptions['wanted'],
  proved: readonly (Proved | undefined)[],
  { seed, all }: { readonly seed: number; readonly all: boolean },
): readonly string[] => {
  const files = new Map<string, Proofs>();
  for (const [index, { testCase }] of wanted.entries()) {
    const known = proved[index];
    if (known === undefined) continue;
    const file = proofsFileOf(testCase.place.file);
    const table = files.get(file) ?? (all ? noProofs(seed) : { ...(readProofs(file) ?? noProofs(seed)), seed });
    files.set(file, { ...table, cases: { ...table.cases, [testCase.id]: { hash: testCase.scenarioHash, caught: { ...known.caught } } } });
  }
  for (const [file, table] of files) writeProofs(file, table);
  return [...files.keys()];
};
