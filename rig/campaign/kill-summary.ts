/** What the kill matrix comes to: as the document of `rig mutate --json`, from which the page is drawn too. */

import type { MutateDocument, MutateRow } from '../../reports/shape/campaigns.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { killConditions } from './kill-conditions.ts';
import { type DefectRow, LEAST_BREACH_U } from './mutate.ts';

const rowDocument = ({ defect, first, clearest, by, ...row }: DefectRow): MutateRow => {
  const { name, family, kind, requirement, signal, oneIn } = defect;
  return {
    name,
    family,
    kind,
    requirement,
    signal,
    oneIn,
    ...row,
    by: [...by],
    first:
      first === null
        ? null
        : { rule: first.rule, requirement: first.requirement, signal: first.signal, kind: first.kind, text: first.text },
    breach_U: clearest === null || !Number.isFinite(clearest.breach_U) ? null : Math.round(clearest.breach_U * 10) / 10,
  };
};

const names = (rows: readonly DefectRow[]): string[] => rows.map(({ defect }) => defect.name);

/** The claims of the defects about one end-of-line pass, against what the cases tagged `eol` did. */
const endOfLine = (rows: readonly DefectRow[], cases: readonly Case[], bail: boolean): MutateDocument['endOfLine'] => {
  const ids = cases.filter(({ tags }) => tags.includes('eol')).map(({ id }) => id);
  // A run that ended before may have ended before the end of the line.
  if (ids.length === 0 || bail) return null;
  const shown = ({ by }: DefectRow): boolean => ids.some((id) => by.includes(id));
  const claiming = rows.filter(({ defect }) => defect.endOfLine);
  const silent = rows.filter(({ defect }) => !defect.endOfLine);
  return {
    claimed: claiming.length,
    kept: claiming.filter(shown).length,
    notShown: names(claiming.filter((row) => !shown(row))),
    shownAllTheSame: names(silent.filter(shown)),
  };
};

export interface MutateSummaryOptions {
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly bail: boolean;
}

/** Survivors first, else in the order of the rows. Exit 1 where a defect survived. */
export const toMutateDocument = (rows: readonly DefectRow[], { cases, seed, bail }: MutateSummaryOptions): MutateDocument => {
  const caught = rows.filter((row) => row.caught);
  const triples = new Set(caught.map(({ clearest }) => (clearest === null ? '' : `${clearest.rule} ${clearest.signal} ${clearest.kind}`)));
  triples.delete('');
  const matrix: Omit<MutateDocument, 'conditions'> = {
    schema: 'bms-rig/mutate/1',
    exit: caught.length === rows.length ? 0 : 1,
    simulated: true,
    seed,
    bail,
    total: rows.length,
    caught: caught.length,
    cases: cases.map(({ id }) => id),
    defects: rows.toSorted((a, b) => Number(a.caught) - Number(b.caught)).map(rowDocument),
    distinct: triples.size,
    signalFirst: caught.filter(({ defect, first }) => first?.signal === defect.signal).length,
    tooNear: names(caught.filter(({ clearest }) => (clearest?.breach_U ?? 0) < LEAST_BREACH_U)),
    endOfLine: endOfLine(rows, cases, bail),
  };
  const conditions = bail ? null : killConditions(matrix);
  return { ...matrix, conditions: conditions === null ? null : [...conditions] };
};
