/** `rig predict`: what the reference allows for a scenario, drawn for a person or as data for a program. */

import type { Argv } from 'yargs';
import { PARAMETERS } from '../../../firmware-ref/parameters.ts';
import { predict } from '../../../firmware-ref/predict.ts';
import { toPredictDocument } from '../../../reports/json.ts';
import { renderPrediction } from '../../../reports/render/prediction.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { profileInForce } from '../profile-option.ts';
import { IssuesError } from '../failures.ts';
import { JSON_OPTION } from '../options.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  profile: { type: 'string', requiresArg: true, describe: 'a profile made by rig learn: what it leaves of the reference' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', demandOption: true, describe: 'scenario files or folders' })
    .options(OPTIONS)
    .example('$0 predict scenarios/eol/production.yaml', 'windows, causes and rules of every edge')
    .example('$0 predict scenarios/eol/production.yaml --profile unit.yaml', 'the same of a unit of this profile');

interface Args {
  readonly files: readonly string[];
  readonly profile?: string;
  readonly json: boolean;
}

export const handle = async ({ files, profile, json }: Args, surroundings: Surroundings): Promise<number> => {
  const parameters = profile === undefined ? PARAMETERS : profileInForce(profile, surroundings).parameters;
  const { cases, issues } = compileFiles(files);
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  const predictions = cases.map((testCase) => predict(testCase, parameters));
  const { out } = surroundings;
  if (json) out.write(`${JSON.stringify(toPredictDocument(predictions))}\n`);
  else
    for (const [index, prediction] of predictions.entries())
      out.write(`${renderPrediction(cases[index]!, prediction, printOptions(surroundings))}\n`);
  return 0;
};
