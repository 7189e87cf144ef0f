/** The mistakes of compiled cases that only a prediction or the bench's error budgets can show. */

import { entail } from '../../firmware-ref/entail.ts';
import type { Parameters } from '../../firmware-ref/parameters.ts';
import { predict, type PlannedPrediction } from '../../firmware-ref/predict.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { acrossCases } from './across-cases.ts';
import { fineLimits } from './fine-limits.ts';
import { hangsOnUnit, missingAnchor, unreached } from './reached.ts';
import { isSurelyStricter } from './stricter.ts';

/** Of the planned case; where several checks need it, it is worked out once. */
export type PredictionOf = (testCase: Case) => PlannedPrediction;

/** A unit's profile that narrows the reference, from a file. */
export interface ProfileFile {
  readonly file: string;
  readonly parameters: Parameters;
}

/** Each case worked out once. */
export const predictedOnce = (): PredictionOf => {
  const known = new Map<Case, PlannedPrediction>();
  return (testCase) => {
    const prediction = known.get(testCase) ?? predict(testCase);
    known.set(testCase, prediction);
    return prediction;
  };
};

const allowing = (profile: ProfileFile | null): string => (profile === null ? 'the reference' : `the reference with ${profile.file}`);
const seeReference = ({ file }: { readonly file: string }, profile: ProfileFile | null): string =>
  profile === null
    ? `rig predict ${file} shows what the reference allows`
    : `rig predict ${file} --profile ${profile.file} shows what it leaves of the reference`;

/** Demands that no allowed behaviour keeps, and those that forbid what the reference surely allows. */
function demands(testCase: Case, prediction: PlannedPrediction, profile: ProfileFile | null): readonly Issue[] {
  return testCase.expectations.flatMap((one): Issue[] => {
    const { place, text } = one;
    const related = entail(prediction, one);
    if (related === 'contradicted') {
      const missing = missingAnchor(prediction, one);
      if (missing !== null) {
        const message = `${text}: no good unit shows ${missing} here, so nothing is counted from it.`;
        return [{ id: 'never-comes', severity: 'error', ...place, message, hint: seeReference(place, profile) }];
      }
      return [
        {
          id: 'contradicted',
          severity: 'error',
          ...place,
          message: `${text}: ${allowing(profile)} allows no behaviour that keeps this.`,
          hint: seeReference(place, profile),
        },
      ];
    }
    if (related !== 'stricter' || !isSurelyStricter(prediction, one)) return [];
    return [
      {
        id: 'stricter',
        severity: 'warning',
        ...place,
        message: `${text}: ${allowing(profile)} allows more, so a unit may fail here by this limit alone.`,
        hint: seeReference(place, profile),
      },
    ];
  });
}

/** A case that asks nothing of the unit has nothing to be set against the reference. */
function againstReference(testCase: Case, predictionOf: PredictionOf, profile: ProfileFile | null): readonly Issue[] {
  if (testCase.expectations.length === 0 && !hangsOnUnit(testCase)) return [];
  const prediction = predictionOf(testCase);
  return [...unreached(testCase, prediction), ...demands(testCase, prediction, profile)];
}

/** Errors and warnings, file by file in their order, each at its place. `predictionOf` has to be that of the profile, where there is one. Never throws for what a case contains. */
export const checkCases = (
  cases: readonly Case[],
  predictionOf: PredictionOf = predict,
  profile: ProfileFile | null = null,
): readonly Issue[] => acrossCases(cases, (testCase) => [...againstReference(testCase, predictionOf, profile), ...fineLimits(testCase)]);

/** The same against what a profile leaves of the reference. */
export const checkWithProfile = (cases: readonly Case[], profile: ProfileFile): readonly Issue[] =>
  checkCases(cases, (testCase) => predict(testCase, profile.parameters), profile);
