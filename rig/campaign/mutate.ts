/** The library of defects under a suite: which defect is caught by which case, on the signal it declares. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Blame, Verdict } from '../../scenarios/contracts/blame.ts';
import type { Defect } from '../sim/defects/catalogue.ts';
import { type CaseOutcome, failsUnit, type Finding, type UnitOutcome } from './outcome.ts';
import { runUnits, type UnitJob, type UnitsOptions } from './units.ts';

/** An intermittent defect is caught when this many of its seeds are. */
export const INTERMITTENT_SEEDS = 20;
const INTERMITTENT_CAUGHT = 19;
/** A difference nearer than this to what is allowed shows a good unit as much as a bad one. */
export const LEAST_BREACH_U = 1.5;

/** What a case said of a defect, over its seeds: the worst that happened in most of them. */
export type Mark = 'caught' | 'other' | 'inconclusive' | 'broken' | 'pass' | 'notRun';

export interface DefectRow {
  readonly defect: Defect;
  readonly caught: boolean;
  readonly verdict: Verdict | 'notRun';
  readonly blame: Blame | null;
  /** Cases that failed the unit with a difference on the signal that the defect declares, in the order of the suite. */
  readonly by: readonly string[];
  readonly marks: Readonly<Record<string, Mark>>;
  /** Of how many units, how many were caught. */
  readonly units: { readonly run: number; readonly caught: number };
  /** The first difference of the first case that failed the unit: what a person is told first. */
  readonly first: Finding | null;
  /** The difference that lies farthest beyond what is allowed, on the declared signal. */
  readonly clearest: Finding | null;
}

export interface MutateOptions {
  readonly defects: readonly Defect[];
  readonly cases: readonly Case[];
  readonly seed: number;
  /** A unit's run ends with the first case that catches it. */
  readonly bail: boolean;
  readonly answers?: UnitsOptions['answers'];
  readonly workers?: number | undefined;
  readonly signal: AbortSignal;
  readonly onDone?: (done: number, of: number) => void;
}

const shows = (findings: readonly Finding[], { signal }: Defect): readonly Finding[] => findings.filter((one) => one.signal === signal);

const catches = (outcome: CaseOutcome, defect: Defect): boolean => failsUnit(outcome) && shows(outcome.findings, defect).length > 0;

const markOf = (outcome: CaseOutcome | undefined, defect: Defect): Mark => {
  if (outcome === undefined || outcome.verdict === 'notRun') return 'notRun';
  if (catches(outcome, defect)) return 'caught';
  return outcome.verdict === 'fail' ? 'other' : outcome.verdict;
};

const MARKS: readonly Mark[] = ['caught', 'other', 'broken', 'inconclusive', 'pass', 'notRun'];

/** Caught = the run ends fail, with blame unit, and a case says so on the declared signal. */
const unitCaught = (unit: UnitOutcome, defect: Defect): boolean =>
  unit.exit === 1 && unit.verdict === 'fail' && unit.blame === 'unit' && unit.cases.some((one) => catches(one, defect));

export const rowOf = (defect: Defect, units: readonly UnitOutcome[], cases: readonly Pick<Case, 'id'>[]): DefectRow => {
  const outcomes = units.flatMap((unit) => unit.cases);
  const of = (id: string): readonly CaseOutcome[] => outcomes.filter((one) => one.id === id);
  const marks = cases.map(({ id }) => {
    const seen = of(id).map((one) => markOf(one, defect));
    return [id, MARKS.find((mark) => seen.includes(mark)) ?? 'notRun'] as const;
  });
  const caughtUnits = units.filter((unit) => unitCaught(unit, defect)).length;
  const caught = units.length > 0 && caughtUnits >= (defect.oneIn === 1 ? units.length : INTERMITTENT_CAUGHT);
  const told = units.find((unit) => unitCaught(unit, defect) === caught) ?? units[0];
  const failed = outcomes.filter(failsUnit);
  const own = failed.flatMap(({ findings }) => shows(findings, defect)).filter(({ consequence }) => !consequence);
  return {
    defect,
    caught,
    verdict: told?.verdict ?? 'notRun',
    blame: told?.blame ?? null,
    by: marks.filter(([, mark]) => mark === 'caught').map(([id]) => id),
    marks: Object.fromEntries(marks),
    units: { run: units.length, caught: caughtUnits },
    first: failed[0]?.findings[0] ?? null,
    clearest: own.toSorted((a, b) => b.breach_U - a.breach_U)[0] ?? null,
  };
};

const unitsOf = ({ name, oneIn, signal }: Defect, seed: number): readonly UnitJob[] =>
  Array.from({ length: oneIn === 1 ? 1 : INTERMITTENT_SEEDS }, (_, index) => ({ defect: name, seed: seed + index, bailOn: signal }));

const isOften = ({ tags }: Case): boolean => tags.includes('often');

/** A defect that is always there needs no hundred occurrences: such cases are for it only where the others do not show it. */
const withoutOften = (cases: readonly Case[]): readonly Case[] => (cases.every(isOften) ? cases : cases.filter((one) => !isOften(one)));

/** Cases with many occurrences first: where an intermittent defect shows soonest. */
const manyFirst = (cases: readonly Case[]): readonly Case[] => cases.toSorted((a, b) => Number(isOften(b)) - Number(isOften(a)));

/** A row a defect, in the order given. An intermittent defect's units end with the case that catches them. */
export const mutate = async ({
  defects,
  cases,
  seed,
  bail,
  answers,
  workers,
  signal,
  onDone,
}: MutateOptions): Promise<readonly DefectRow[]> => {
  const steady = defects.filter(({ oneIn }) => oneIn === 1);
  const intermittent = defects.filter(({ oneIn }) => oneIn > 1);
  let of = [...steady, ...intermittent].reduce((sum, defect) => sum + unitsOf(defect, seed).length, 0);
  let done = 0;
  const rows = new Map<string, DefectRow>();
  const run = async (some: readonly Defect[], suite: readonly Case[], ends: boolean): Promise<void> => {
    const units = some.flatMap((defect) => unitsOf(defect, seed));
    const outcomes = await runUnits({ units, cases: suite, bail: ends, answers, workers, signal, onDone: () => onDone?.((done += 1), of) });
    for (const defect of some) {
      const its = outcomes.filter((outcome, index) => outcome !== undefined && units[index]!.defect === defect.name) as UnitOutcome[];
      rows.set(defect.name, rowOf(defect, its, cases));
    }
  };
  if (steady.length > 0) await run(steady, withoutOften(cases), bail);
  const left = steady.filter(({ name }) => rows.get(name)?.caught === false);
  if (left.length > 0 && withoutOften(cases).length < cases.length && !signal.aborted) {
    of += left.length;
    await run(left, cases, bail);
  }
  if (intermittent.length > 0) await run(intermittent, manyFirst(cases), true);
  return defects.flatMap(({ name }) => rows.get(name) ?? []);
};
