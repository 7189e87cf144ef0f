/** `rig explain`: what a recorded run shows first, what stands behind it, and who may have caused it. */

import type { Argv } from 'yargs';
import { explain } from '../../../reports/explain/explain.ts';
import { toExplainDocument } from '../../../reports/json.ts';
import { renderExplanation } from '../../../reports/render/explanation.ts';
import { UsageError } from '../failures.ts';
import { JSON_OPTION } from '../options.ts';
import { loadRun, STORED_RUN_OPTIONS, withStoredRun } from '../stored-run.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  case: { type: 'string', requiresArg: true, describe: 'only cases whose name contains this' },
  ...STORED_RUN_OPTIONS,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  withStoredRun(y)
    .options(OPTIONS)
    .example('$0 explain', 'the run before this')
    .example('$0 explain reports/runs/20260102-030405-0007 --case r03-wait', 'one case of an earlier run');

interface Args {
  readonly run: string;
  readonly case?: string;
  readonly out: string;
  readonly json: boolean;
}

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { record } = await loadRun(args.run, args.out);
  if (args.case !== undefined && !record.cases.some(({ case: { id } }) => id.includes(args.case!)))
    throw new UsageError(
      `No case of run ${record.runId} has "${args.case}" in its name.`,
      `there are: ${record.cases.map(({ case: { id } }) => id).join(', ')}`,
    );
  const explanation = explain(record, args.case);
  const { out } = surroundings;
  out.write(args.json ? `${JSON.stringify(toExplainDocument(explanation))}\n` : renderExplanation(explanation, printOptions(surroundings)));
  return 0;
};
