/** Two runs, or two sets of runs, held against each other: what changed, by how much, how surely, and what of it is worse. */

import type { CaseFeatures, Quantity, Reading, RunFeatures } from './features.ts';
import {
  fewerThan,
  holm,
  type Moved,
  movedSingle,
  QUANTITY_SPREAD,
  SAME_UNIT,
  SAME_UNIT_TIMING,
  testedSets,
  TIMING_SPREAD,
} from './noise.ts';
import { comparisonNotes, isOneUnit, simulatedOf, type Simulated } from './notes.ts';

export interface Change {
  readonly case: string;
  readonly kind: 'case' | 'verdict' | 'difference' | 'state' | 'timing' | 'measurement';
  /** What changed, e.g. `LOAD fell after PRE-ALARM rose`. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly delta: number | null;
  readonly unit: 'us' | 'mV' | 'uA' | null;
  /** Of `delta`: worst case for two runs, half its confidence interval for sets. */
  readonly uncertainty: number | null;
  /** That it is not chance; null where nothing is known of chance. */
  readonly confidence: number | null;
  /** Worse than before. */
  readonly regression: boolean;
  /** The values themselves, for a drawing. */
  readonly values: { readonly before: readonly number[]; readonly after: readonly number[] } | null;
}

export interface Comparison {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly changes: readonly Change[];
  /** What a reader has to know of the comparison itself. */
  readonly notes: readonly string[];
  readonly regression: boolean;
  /** So many verdicts, sequences and numbers were compared. */
  readonly compared: number;
  readonly simulated: Simulated;
}

interface Sides {
  readonly id: string;
  readonly a: readonly CaseFeatures[];
  readonly b: readonly CaseFeatures[];
}

const bare = { delta: null, unit: null, uncertainty: null, confidence: null, values: null } as const;

const tally = (list: readonly string[]): string =>
  [...Map.groupBy(list, (one) => one)].map(([text, same]) => (list.length === 1 ? text : `${same.length} ${text}`)).join(', ');

const verdicts = (list: readonly CaseFeatures[]): string => tally(list.map(({ verdict }) => (verdict === 'notRun' ? 'not run' : verdict)));
const failed = (list: readonly CaseFeatures[]): boolean => list.some(({ verdict }) => verdict === 'fail');
const bad = (list: readonly CaseFeatures[]): number => list.filter(({ verdict }) => verdict !== 'pass').length;

/** New in B where A had none is worse whatever chance says, and a failure also where A had what says nothing of the unit; more of it only where chance does not explain it. */
function verdictChange({ id, a, b }: Sides): readonly Change[] {
  if (b.length === 0)
    return [
      {
        ...bare,
        case: id,
        kind: 'case',
        what: 'case',
        before: verdicts(a),
        after: 'not there',
        regression: true,
      },
    ];
  const [before, after] = [verdicts(a), verdicts(b)];
  if (a.length === 0) return [{ ...bare, case: id, kind: 'case', what: 'case', before: 'not there', after, regression: bad(b) > 0 }];
  if (before === after && a.length === b.length) return [];
  const chance = fewerThan(bad(a), a.length, bad(b), b.length);
  const regression = (bad(a) === 0 && bad(b) > 0) || (!failed(a) && failed(b)) || chance < 0.01;
  // Two sets of other sizes of which all are alike did not change.
  if (new Set([...a, ...b].map(({ verdict }) => verdict)).size === 1) return [];
  const single = a.length === 1 && b.length === 1;
  if (!single && !regression && bad(a) / a.length === bad(b) / b.length) return [];
  const worst = b.find(({ verdict }) => verdict !== 'pass');
  const confidence = single ? null : 1 - Math.min(chance, fewerThan(bad(b), b.length, bad(a), a.length));
  return [
    {
      ...bare,
      case: id,
      kind: 'verdict',
      what: regression && worst !== undefined ? `verdict: ${worst.reason}` : 'verdict',
      before,
      after,
      confidence,
      regression,
    },
  ];
}

const count = (list: readonly CaseFeatures[], key: string): number => list.filter(({ differences }) => differences.has(key)).length;

function differenceChanges({ id, a, b }: Sides): readonly Change[] {
  const keys = new Set([...a, ...b].flatMap(({ differences }) => [...differences.keys()]));
  return [...keys].flatMap((what): readonly Change[] => {
    const [before, after] = [count(a, what), count(b, what)];
    const of = (n: number, list: readonly CaseFeatures[]): string =>
      n === 0 ? 'none' : list.length === 1 ? list[0]!.differences.get(what)! : `${n} of ${list.length}`;
    const regression = a.length > 0 && before === 0 && after > 0;
    if (a.length === 0 || b.length === 0 || (before === 0) === (after === 0)) return [];
    return [{ ...bare, case: id, kind: 'difference', what, before: of(before, a), after: of(after, b), regression }];
  });
}

const sequence = (levels: readonly string[]): string =>
  levels.length <= 8 ? levels.join(' > ') : `${levels.slice(0, 4).join(' > ')} > ... > ${levels.at(-1)} (${levels.length - 1} edges)`;

const told = (list: readonly string[]): string =>
  list
    .map((one) => sequence(one.split(' ')))
    .slice(0, 3)
    .join(' or ');

function stateChanges({ id, a, b }: Sides): readonly Change[] {
  const signals = new Set([...a, ...b].flatMap(({ states }) => [...states.keys()]));
  return [...signals].flatMap((what): readonly Change[] => {
    const of = (list: readonly CaseFeatures[]) => [
      ...new Set(list.flatMap(({ states }) => (states.has(what) ? [states.get(what)!.join(' ')] : []))),
    ];
    const [before, after] = [of(a), of(b)];
    const fresh = after.filter((one) => !before.includes(one));
    if (before.length === 0 || fresh.length === 0) return [];
    return [{ ...bare, case: id, kind: 'state', what, before: told(before), after: told(fresh), regression: false }];
  });
}

interface Numbers {
  readonly case: string;
  readonly kind: 'timing' | 'measurement';
  readonly what: string;
  readonly unit: 'us' | 'mV' | 'uA';
  readonly a: readonly Reading[];
  readonly b: readonly Reading[];
  /** An outcome against the limits that is worse than any before. */
  readonly worse: boolean;
}

const RANK = { pass: 0, notMeasured: 1, marginal: 1, fail: 2 } as const;
const worstOf = (list: readonly Quantity[]): number => list.reduce((worst, { outcome }) => Math.max(worst, RANK[outcome]), 0);

const gather = <T>(list: readonly CaseFeatures[], of: (one: CaseFeatures) => ReadonlyMap<string, T>, key: string): readonly T[] =>
  list.flatMap((one) => (of(one).has(key) ? [of(one).get(key)!] : []));

function numbersOf({ id, a, b }: Sides): readonly Numbers[] {
  const both = <T>(of: (one: CaseFeatures) => ReadonlyMap<string, T>) =>
    [...new Set(a.flatMap((one) => [...of(one).keys()]))]
      .map((what) => ({ what, a: gather(a, of, what), b: gather(b, of, what) }))
      .filter((one) => one.a.length > 0 && one.b.length > 0);
  return [
    ...both(({ timings }) => timings).map((one): Numbers => ({ ...one, case: id, kind: 'timing', unit: 'us', worse: false })),
    ...both(({ quantities }) => quantities).map((one): Numbers => ({
      ...one,
      case: id,
      kind: 'measurement',
      unit: one.b[0]!.unit,
      worse: worstOf(one.b) > worstOf(one.a),
    })),
  ];
}

/** A set of one, or against one: as its mean, as unsure as its values are apart. */
function asReading(list: readonly Reading[]): Reading {
  const values = list.map(({ value }) => value);
  return {
    value: values.reduce((sum, value) => sum + value, 0) / values.length,
    uncertainty: Math.max(...list.map(({ uncertainty }) => uncertainty)) + (Math.max(...values) - Math.min(...values)) / 2,
  };
}

const numberChange = ({ a, b, worse, ...rest }: Numbers, moved: Moved, say: (value: number) => string): Change => ({
  ...rest,
  before: say(moved.before),
  after: say(moved.after),
  delta: moved.delta,
  uncertainty: moved.uncertainty,
  confidence: moved.confidence,
  regression: worse,
  values: { before: a.map(({ value }) => value), after: b.map(({ value }) => value) },
});

function numberChanges(all: readonly Numbers[], oneUnit: boolean): readonly Change[] {
  const say =
    ({ unit, kind }: Numbers) =>
    (value: number): string =>
      kind === 'timing' ? `${(value / 1e6).toFixed(6)} s` : `${Number(value.toFixed(2))} ${unit}`;
  const sets = all.flatMap((one) => {
    const tested = one.a.length > 1 && one.b.length > 1 ? testedSets(one.a, one.b) : null;
    return tested === null ? [] : [{ one, p: tested.p, tested }];
  });
  const sure = new Map([...holm(sets)].map(({ one, tested }) => [one, tested]));
  const tried = new Set(sets.map(({ one }) => one));
  return all.flatMap((one): readonly Change[] => {
    const spread = one.kind === 'timing' ? (oneUnit ? SAME_UNIT_TIMING : TIMING_SPREAD) : oneUnit ? SAME_UNIT : QUANTITY_SPREAD;
    const moved = tried.has(one) ? sure.get(one) : movedSingle(asReading(one.a), asReading(one.b), spread);
    if (moved != null) return [numberChange(one, moved, say(one))];
    if (!one.worse) return [];
    // Worse against its limits, though not by more than noise: told all the same.
    const [before, after] = [asReading(one.a), asReading(one.b)];
    const delta = after.value - before.value;
    return [
      numberChange(
        one,
        { before: before.value, after: after.value, delta, uncertainty: before.uncertainty + after.uncertainty, confidence: null },
        say(one),
      ),
    ];
  });
}

const ORDER: readonly Change['kind'][] = ['case', 'verdict', 'difference', 'measurement', 'timing', 'state'];

const caseOf = (runs: readonly RunFeatures[], id: string): readonly CaseFeatures[] =>
  runs.flatMap(({ cases }) => (cases.has(id) ? [cases.get(id)!] : []));

/** The regressions first. Neither side is empty. */
export function compare(before: readonly RunFeatures[], after: readonly RunFeatures[]): Comparison {
  const ids = [...new Set([...before, ...after].flatMap(({ cases }) => [...cases.keys()]))];
  const sides = ids.map((id): Sides => ({ id, a: caseOf(before, id), b: caseOf(after, id) }));
  const numbers = sides.flatMap(numbersOf);
  const found = [
    ...sides.flatMap(verdictChange),
    ...sides.flatMap(differenceChanges),
    ...sides.flatMap(stateChanges),
    ...numberChanges(numbers, isOneUnit(before, after)),
  ];
  const changes = found.toSorted((a, b) => Number(b.regression) - Number(a.regression) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  return {
    before: before.map(({ run }) => run),
    after: after.map(({ run }) => run),
    changes,
    notes: comparisonNotes(before, after),
    simulated: simulatedOf([...before, ...after]),
    regression: changes.some(({ regression }) => regression),
    compared: numbers.length + sides.reduce((sum, { b }) => sum + 1 + (b[0]?.states.size ?? 0), 0),
  };
}
