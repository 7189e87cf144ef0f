/** Finds for each requirement that a case shows a defect that breaks it and that the case catches, trying as few defective units as it can. */

import type { CaseResult } from '../../reports/judge/result.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { failsUnit } from './outcome.ts';
import { breakersOf, brokenBy } from '../sim/defects/breaks.ts';
import type { Defect } from '../sim/defects/catalogue.ts';

export interface Wanted {
  readonly testCase: Case;
  /** What it shows and says it covers. */
  readonly requirements: readonly string[];
  /** By requirement: defects to try first, from an earlier proof. */
  readonly hints: Readonly<Record<string, string>>;
}

export interface Proved {
  readonly caught: Readonly<Record<string, string>>;
  /** Requirements for which no defect was caught, with the defects that break them. */
  readonly open: readonly { readonly requirement: string; readonly tried: readonly string[] }[];
  readonly runs: number;
}

/** What the judge itself calls broken. */
const named = ({ differences }: CaseResult): readonly string[] =>
  differences.flatMap(({ blame, requirement }) => (blame === 'unit' && requirement !== null ? [requirement] : []));

/** All that a caught defect proves: what it declares to break, and what the judge says it broke. */
export const provenBy = (defect: Defect, result: CaseResult): ReadonlySet<string> =>
  new Set(failsUnit(result) ? [...brokenBy(defect), ...named(result)] : []);

/** The untried defect that would show most of what is open. */
function nextDefect(open: readonly string[], tried: ReadonlySet<string>, hints: Wanted['hints']): Defect | null {
  const candidates = open.flatMap((requirement) => breakersOf(requirement)).filter(({ name }) => !tried.has(name));
  const hinted = new Set(open.map((requirement) => hints[requirement]));
  const worth = (defect: Defect): number =>
    (hinted.has(defect.name) ? 100 : 0) + brokenBy(defect).filter((one) => open.includes(one)).length;
  return candidates.toSorted((a, b) => worth(b) - worth(a))[0] ?? null;
}

/** `run` gives the result of the case on a unit with the defect; null where the run left none. */
export async function proveCase(
  { requirements, hints }: Omit<Wanted, 'testCase'>,
  run: (defect: Defect) => Promise<CaseResult | null>,
): Promise<Proved> {
  const caught: Record<string, string> = {};
  const tried = new Set<string>();
  const open = (): readonly string[] => requirements.filter((one) => caught[one] === undefined);
  for (let defect = nextDefect(open(), tried, hints); defect !== null; defect = nextDefect(open(), tried, hints)) {
    tried.add(defect.name);
    const result = await run(defect);
    if (result === null) continue;
    const proven = provenBy(defect, result);
    for (const requirement of open()) if (proven.has(requirement)) caught[requirement] = defect.name;
  }
  return {
    caught,
    open: open().map((requirement) => ({ requirement, tried: breakersOf(requirement).map(({ name }) => name) })),
    runs: tried.size,
  };
}
