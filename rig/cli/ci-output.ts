/** What a run tells the CI server it runs on: a summary beside the job, and findings at the lines of the scenarios. */

import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunRecord } from '../../reports/record.ts';
import { RigError } from '../error.ts';
import type { Surroundings } from './surroundings.ts';

export const CI_OPTIONS = {
  summary: { type: 'string', requiresArg: true, describe: 'file for a summary in Markdown [on GitHub: the summary of the job as well]' },
  'code-quality': { type: 'string', requiresArg: true, describe: "file for the findings as GitLab's code quality report" },
} as const;

export interface CiArgs {
  readonly summary?: string;
  readonly 'code-quality'?: string;
}

const refused = (file: string) => (cause: unknown) => {
  throw new RigError('outUnwritable', `${file} cannot be written: ${(cause as Error).message}.`, {
    hint: 'give another file',
    blame: 'operator',
    cause,
  });
};

/** As a server shows it beside a line: from the root of the repository, whichever folder the rig was called in. What lies elsewhere keeps its name. */
export const fromRoot = (file: string, env: Surroundings['env'], cwd = process.cwd()): string => {
  const root = [env['CI_PROJECT_DIR'], env['GITHUB_WORKSPACE']].find((one) => one !== undefined && one !== '') ?? cwd;
  const inside = path.relative(root, path.resolve(cwd, file));
  return inside === '' || inside.startsWith('..') || path.isAbsolute(inside) ? file : inside.replaceAll('\\', '/');
};

/** Only what was asked for, or what the server's own environment asks for. Throws RigError `outUnwritable`. */
export const tellCi = async (record: RunRecord, args: CiArgs, { env, err }: Pick<Surroundings, 'env' | 'err'>): Promise<void> => {
  const job = env['GITHUB_STEP_SUMMARY'] ?? '';
  const quality = args['code-quality'];
  if (args.summary !== undefined || job !== '') {
    const { renderMarkdown } = await import('../../reports/export/markdown.ts');
    const text = `${renderMarkdown(record)}\n`;
    if (args.summary !== undefined) await writeFile(args.summary, text).catch(refused(args.summary));
    // Other steps of the job have theirs in the same file.
    if (job !== '') await appendFile(job, text).catch(refused(job));
  }
  if (quality === undefined && env['GITHUB_ACTIONS'] !== 'true') return;
  const { annotationsOf, renderGithub, renderGitlab } = await import('../../reports/export/annotations.ts');
  const annotations = annotationsOf(record).map((one) => ({ ...one, file: fromRoot(one.file, env) }));
  if (quality !== undefined) await writeFile(quality, renderGitlab(annotations)).catch(refused(quality));
  if (env['GITHUB_ACTIONS'] === 'true') err.write(renderGithub(annotations));
};
