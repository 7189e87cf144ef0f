/** Mechanical mutants of the stand-in under the suites: killed, equivalent with the reason, or surviving. */

import type { MutantRow, MutantsDocument } from '../../../reports/shape/mutants.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import type { UnitOutcome } from '../outcome.ts';
import { runUnits, type UnitsOptions } from '../units.ts';
import { type BuiltMutant, MutantBuilds } from './build.ts';
import { equivalence } from './equivalents.ts';
import type { Mutant } from './mutants.ts';

export interface GeneratedOptions {
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly mutants: readonly Mutant[];
  readonly answers?: UnitsOptions['answers'];
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly onDone?: (done: number, of: number) => void;
}

/** As wide as one end-of-line pass first: it kills most, and a killed mutant is done. */
const quickFirst = (cases: readonly Case[]): readonly Case[] =>
  cases.toSorted((a, b) => Number(b.tags.includes('eol')) - Number(a.tags.includes('eol')));

const killedBy = ({ cases }: UnitOutcome): MutantRow['by'] => {
  const killer = cases.find(({ verdict, blame }) => verdict === 'fail' && blame === 'unit');
  return killer === undefined ? null : { case: killer.id, text: killer.findings[0]?.text ?? killer.reason };
};

const rowOf = ({ mutant, image }: BuiltMutant, outcome: UnitOutcome | undefined): MutantRow => {
  const { id, kind, file, line } = mutant;
  const row = { id, kind, file, line, by: null, reason: null, verdict: null };
  if (image === 'none') return { ...row, fate: 'notCompiled' };
  if (image === 'same') return { ...row, fate: 'equivalent', reason: 'the image is the same, byte for byte' };
  // A run that a bench-wide fault spoilt has killed nothing.
  const by = outcome === undefined || outcome.exit !== 1 ? null : killedBy(outcome);
  const verdict = outcome?.verdict ?? null;
  const reason = equivalence(mutant);
  if (by !== null) return { ...row, fate: 'killed', by, reason, verdict };
  return { ...row, fate: reason === null ? 'surviving' : 'equivalent', reason, verdict };
};

/** Throws RigError where there is no compiler. */
export const runGenerated = async (options: GeneratedOptions): Promise<MutantsDocument> => {
  const { cases, seed, mutants, answers, workers, signal, onDone } = options;
  const builds = new MutantBuilds();
  try {
    const built = mutants.map((mutant) => builds.build(mutant));
    const others = built.filter((one) => one.image === 'other');
    let done = 0;
    const outcomes = await runUnits({
      units: others.map(({ hex }) => ({ seed, unit: hex })),
      cases: quickFirst(cases),
      bail: true,
      answers,
      workers,
      signal,
      onDone: () => onDone?.((done += 1), others.length),
    });
    const outcomeOf = new Map(others.map((one, index) => [one.mutant, outcomes[index]]));
    const rows = built.map((one) => rowOf(one, outcomeOf.get(one.mutant)));
    const count = (fate: MutantRow['fate']): number => rows.filter((row) => row.fate === fate).length;
    const compiled = rows.length - count('notCompiled');
    const surviving = count('surviving');
    const contradicted = rows.some(({ fate, reason }) => fate === 'killed' && reason !== null);
    return {
      schema: 'bms-rig/mutants/1',
      exit: surviving === 0 && !contradicted ? 0 : 1,
      simulated: true,
      seed,
      cases: cases.map(({ id }) => id),
      total: compiled,
      notCompiled: count('notCompiled'),
      killed: count('killed'),
      equivalent: count('equivalent'),
      surviving,
      survivingShare: compiled === 0 ? 0 : surviving / compiled,
      mutants: rows,
    };
  } finally {
    builds.remove();
  }
};
