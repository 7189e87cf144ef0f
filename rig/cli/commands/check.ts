/** `rig check`: reads and compiles scenarios, sets them against reference and bench, and lists every mistake, all at once. */

import type { Argv } from 'yargs';
import { checkFiles } from '../../check/check-files.ts';
import { estimateText } from '../../check/estimate.ts';
import { campaignProgress } from '../campaign-progress.ts';
import { EXIT_BAD_INPUT, UsageError } from '../failures.ts';
import { issueLine } from '../issue-lines.ts';
import { JSON_OPTION } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { howMany } from '../../../reports/render/how-many.ts';

/** So many files take about a second. */
const WORTH_PROGRESS = 200;
const TOLD_EACH = 20;

export const OPTIONS = {
  'bench-file': { type: 'string', requiresArg: true, describe: 'a bench whose ratings and channels the scenarios must keep to' },
  profile: { type: 'string', requiresArg: true, describe: 'a profile made by rig learn: what its unit can keep of the demands' },
  rules: { type: 'boolean', default: false, describe: 'lists every rule: what it finds, and what mends it' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', describe: 'scenario files or folders, a bench file or a station file' })
    .options(OPTIONS)
    .example('$0 check scenarios/regression', 'every mistake in the regression suite')
    .example('$0 check --rules', 'what there is to find, and what mends it')
    .example('$0 check bench.yaml', 'every mistake in a bench file')
    .example('$0 check station.yaml', 'every mistake in a station file')
    .example('$0 check scenarios/eol --bench-file bench.yaml', 'what that bench cannot do of it')
    .example('$0 check my.yaml --profile unit.yaml', 'demands that no unit of this profile keeps');

interface Args {
  readonly files?: readonly string[];
  readonly rules: boolean;
  readonly 'bench-file'?: string;
  readonly profile?: string;
  readonly json: boolean;
}

export const handle = async (
  { files, rules, 'bench-file': benchFile, profile: profileFile, json }: Args,
  surroundings: Surroundings,
): Promise<number> => {
  const { out } = surroundings;
  // What few checks ask for is loaded for those.
  if (rules) return (await import('../rule-list.ts')).listRules(json, surroundings);
  if (files === undefined || files.length === 0)
    throw new UsageError('A file, a folder or an action is missing.', 'rig check scenarios, or rig check --rules');
  const profile = profileFile === undefined ? null : (await import('../profile-option.ts')).profileInForce(profileFile, surroundings);
  const progress = campaignProgress('files', json, surroundings);
  const { fileCount, estimates, issues } = await checkFiles(files, { benchFile, profile }, (done, of) => {
    if (of >= WORTH_PROGRESS && (done % TOLD_EACH === 0 || done === of)) progress.tell(done, of);
  });
  progress.finish();
  if (json) {
    const { toCheckDocument } = await import('../../../reports/check-document.ts');
    const document = toCheckDocument(fileCount, estimates.length, issues, [...estimates]);
    out.write(`${JSON.stringify(document)}\n`);
    return document.exit;
  }
  for (const issue of issues) out.write(issueLine(issue));
  if (estimates.length > 0) out.write(`${estimateText(estimates)}\n`);
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  out.write(
    `${howMany(fileCount, 'file')}, ${howMany(estimates.length, 'case')}: ${howMany(errors, 'mistake')}, ${howMany(issues.length - errors, 'warning')}\n`,
  );
  return errors > 0 ? EXIT_BAD_INPUT : 0;
};
