/** The table of proofs beside each folder's scenarios: which defect of the simulated unit a case has caught for which requirement. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Case } from '../../scenarios/contracts/case.ts';
import { RigError } from '../error.ts';

export const PROOFS_FILE = 'proofs.json';

const caseProofs = z.strictObject({
  /** Of the scenario's file: a file that has changed since has to be proven again. */
  hash: z.string(),
  /** By requirement: the defect that breaks it and that this case has caught. */
  caught: z.record(z.string(), z.string()),
});

const proofsShape = z.strictObject({
  schema: z.literal('bms-rig/proofs/1'),
  seed: z.number().int(),
  cases: z.record(z.string(), caseProofs),
});

export type CaseProofs = z.infer<typeof caseProofs>;
export type Proofs = z.infer<typeof proofsShape>;

export const noProofs = (seed: number): Proofs => ({ schema: 'bms-rig/proofs/1', seed, cases: {} });

export const proofsFileOf = (scenarioFile: string): string => path.join(path.dirname(scenarioFile), PROOFS_FILE);

/** Null where there is none. Throws RigError for a file that is no table of proofs: it is generated, so it is written anew and never mended. */
export const readProofs = (file: string): Proofs | null => {
  if (!existsSync(file)) return null;
  const broken = (cause: unknown): RigError =>
    new RigError('fileUnreadable', `${file} is no table of proofs.`, {
      hint: 'delete it and run rig coverage --prove on its folder',
      cause,
    });
  try {
    return proofsShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw broken(cause);
  }
};

const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** One line a case, so that a change of one is a change of one line. */
export const proofsText = ({ schema, seed, cases }: Proofs): string => {
  const rows = Object.entries(sorted(cases)).map(
    ([id, { hash, caught }]) => `    ${JSON.stringify(id)}: ${JSON.stringify({ hash, caught: sorted(caught) })}`,
  );
  return `{\n  "schema": ${JSON.stringify(schema)},\n  "seed": ${seed},\n  "cases": {\n${rows.join(',\n')}\n  }\n}\n`;
};

export const writeProofs = (file: string, proofs: Proofs): void => writeFileSync(file, proofsText(proofs));

/** Finds the proofs of a case, reading each table once. */
export class ProofShelf {
  readonly #tables = new Map<string, Proofs | null>();

  /** `null`: none; `stale`: of an earlier text of the file. */
  of({ id, place, scenarioHash }: Case): CaseProofs['caught'] | 'stale' | null {
    const file = proofsFileOf(place.file);
    let table = this.#tables.get(file);
    if (table === undefined) this.#tables.set(file, (table = readProofs(file)));
    const known = table?.cases[id];
    if (known === undefined) return null;
    return known.hash === scenarioHash ? known.caught : 'stale';
  }
}
