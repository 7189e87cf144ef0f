/** The mistakes of compiled cases that only a prediction or the bench's error budgets can show. */

import { entail } from '../../firmware-ref/entail.ts';
import { predict, type PlannedPrediction } from '../../firmware-ref/predict.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { acrossCases } from './across-cases.ts';
import { fineLimits } from './fine-limits.ts';
import { hangsOnUnit, missingAnchor, unreached } from './reached.ts';
import { isSurelyStricter } from './stricter.ts';

/** Of the planned case; where several checks need it, it is worked out once. */
export type PredictionOf = (testCase: Case) => PlannedPrediction;

const seeReference = ({ file }: { readonly file: string }): string => `rig predict ${file} shows what the reference allows`;

/** Demands that no allowed behaviour keeps, and those that forbid what the reference surely allows. */
function demands(testCase: Case, prediction: PlannedPrediction): readonly Issue[] {
  return testCase.expectations.flatMap((one): Issue[] => {
    const { place, text } = one;
    const related = entail(prediction, one);
    if (related === 'contradicted') {
      const missing = missingAnchor(prediction, one);
      if (missing !== null) {
        const message = `${text}: no good unit shows ${missing} here, so nothing is counted from it.`;
        return [{ id: 'never-comes', severity: 'error', ...place, message, hint: seeReference(place) }];
      }
      return [
        {
          id: 'contradicted',
          severity: 'error',
          ...place,
          message: `${text}: the reference allows no behaviour that keeps this.`,
          hint: seeReference(place),
        },
      ];
    }
    if (related !== 'stricter' || !isSurelyStricter(prediction, one)) return [];
    return [
      {
        id: 'stricter',
        severity: 'warning',
        ...place,
        message: `${text}: the reference allows more, so a unit may fail here by this limit alone.`,
        hint: seeReference(place),
      },
    ];
  });
}

/** A case that asks nothing of the unit has nothing to be set against the reference. */
function againstReference(testCase: Case, predictionOf: PredictionOf): readonly Issue[] {
  if (testCase.expectations.length === 0 && !hangsOnUnit(testCase)) return [];
  const prediction = predictionOf(testCase);
  return [...unreached(testCase, prediction), ...demands(testCase, prediction)];
}

/** Errors and warnings, file by file in their order, each at its place. Never throws for what a case contains. */
export const checkCases = (cases: readonly Case[], predictionOf: PredictionOf = predict): readonly Issue[] =>
  acrossCases(cases, (testCase) => [...againstReference(testCase, predictionOf), ...fineLimits(testCase)]);
