/** `rig predict`: what the reference allows for a scenario, drawn for a person or as data for a program. */

import type { Argv } from 'yargs';
import { predict } from '../../../firmware-ref/predict.ts';
import { toPredictDocument } from '../../../reports/json.ts';
import { renderPrediction } from '../../../reports/render/prediction.ts';
import { compileFiles } from '../../run/compile-files.ts';
import { IssuesError } from '../failures.ts';

export const build = (y: Argv) =>
  y
    .positional('file', { type: 'string', demandOption: true, describe: 'scenario file' })
    .option('json', { type: 'boolean', default: false, describe: 'one JSON document on standard output' })
    .example('$0 predict scenarios/eol/production.yaml', 'windows, causes and rules of every edge');

interface Args {
  readonly file: string;
  readonly json: boolean;
}

export const handle = async ({ file, json }: Args): Promise<number> => {
  const { cases, issues } = compileFiles([file]);
  if (issues.some(({ severity }) => severity === 'error')) throw new IssuesError(issues);
  const predictions = cases.map((testCase) => predict(testCase));
  if (json) process.stdout.write(`${JSON.stringify(toPredictDocument(predictions))}\n`);
  else {
    const options = { colour: process.stdout.isTTY === true && !process.env['NO_COLOR'], width: process.stdout.columns ?? 100 };
    for (const [index, prediction] of predictions.entries()) process.stdout.write(`${renderPrediction(cases[index]!, prediction, options)}\n`);
  }
  return 0;
};
