/** What a library of defects and its kill matrix have to come to, each with its number: printed with the matrix of the whole library. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MutateDocument } from '../../reports/shape/campaigns.ts';
import { DEFECTS, type Defect } from '../sim/defects/catalogue.ts';
import { FAMILIES, VOLTAGE_CLASSES } from '../sim/defects/defect.ts';

type Condition = NonNullable<MutateDocument['conditions']>[number];
type Matrix = Omit<MutateDocument, 'conditions'>;

const LEAST_FIRMWARE = 40;
const MOST_NUMBERS_ONLY = 3;
const LEAST_END_OF_LINE = 70;
/** Shares of those that could. */
const LEAST_KEPT = 0.95;
const LEAST_SIGNAL_FIRST = 0.95;

/** The changed lines of a patch with every number made the same, comments left out. */
const changed = (patch: string, sign: '+' | '-'): string =>
  patch
    .split('\n')
    .filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3)))
    .map((line) =>
      line
        .slice(1)
        .replaceAll(/\/\*.*?\*\//gu, '')
        .replaceAll(/\b\d\w*\b/gu, '0')
        .trim(),
    )
    .join('\n');

/** A firmware defect that differs from the good unit in a number only. */
export const isNumberOnly = (defect: Defect): boolean => {
  if (defect.kind !== 'firmware') return false;
  const patch = readFileSync(fileURLToPath(new URL(`../../${defect.patch}`, import.meta.url)), 'utf8');
  return changed(patch, '-') === changed(patch, '+');
};

const atLeast = (what: string, value: number, bound: number): Condition => ({ what, value, sense: '>=', bound, met: value >= bound });
const atMost = (what: string, value: number, bound: number): Condition => ({ what, value, sense: '<=', bound, met: value <= bound });

/** Families without a defect that shows in some class. */
const classesMissing = (defects: readonly Defect[]): number =>
  FAMILIES.flatMap((family) => VOLTAGE_CLASSES.map((volts) => [family, volts] as const)).filter(
    ([family, volts]) => !defects.some((one) => one.family === family && one.classes.includes(volts)),
  ).length;

/** Null for a part of the library, of which nothing of this can be said. */
export const killConditions = (matrix: Matrix, all: readonly Defect[] = DEFECTS): readonly Condition[] | null => {
  const { defects, total, caught, distinct, signalFirst, tooNear, endOfLine, cases } = matrix;
  if (!all.every(({ name }) => defects.some((one) => one.name === name))) return null;
  const suite = cases.filter((id) => id.startsWith('regression/') || id.startsWith('endurance/'));
  const byHand = new Set(all.filter((one) => one.byHand).map(({ name }) => name));
  const byRegression = defects.filter(
    ({ name, caught: is, by, oneIn }) => is && !byHand.has(name) && (oneIn > 1 || by.some((id) => suite.includes(id))),
  ).length;
  const intermittent = defects.filter(({ oneIn }) => oneIn > 1);
  return [
    atLeast('defects caught', caught, total),
    ...(suite.length === 0 ? [] : [atLeast('of them by regression and endurance alone', byRegression, total - byHand.size)]),
    atLeast('firmware defects as patches', all.filter(({ kind }) => kind === 'firmware').length, LEAST_FIRMWARE),
    atMost('of them with only a number changed', all.filter(isNumberOnly).length, MOST_NUMBERS_ONLY),
    atMost('families missing in a voltage class', classesMissing(all), 0),
    atLeast('distinct (rule, signal, kind)', distinct, 1),
    atMost('caught by less than 1.5 U', tooNear.length, 0),
    atLeast('intermittent ones caught in 19 of 20 seeds', intermittent.filter((one) => one.caught).length, intermittent.length),
    atLeast('right signal named first', signalFirst, Math.ceil(LEAST_SIGNAL_FIRST * total)),
    ...(endOfLine === null
      ? []
      : [
          atLeast('claim to show in an end-of-line pass', endOfLine.claimed, LEAST_END_OF_LINE),
          atLeast('of them shown by it', endOfLine.kept, Math.ceil(LEAST_KEPT * endOfLine.claimed)),
        ]),
  ];
};
