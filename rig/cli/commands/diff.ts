/** `rig diff`: two runs, or two folders of runs, held against each other; exit 1 where the second is worse. */

import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { compare } from '../../../reports/diff/compare.ts';
import { runFeatures, type RunFeatures } from '../../../reports/diff/features.ts';
import { toDiffDocument } from '../../../reports/diff/document.ts';
import { renderDiff, renderDiffPage } from '../../../reports/render/diff.ts';
import { RigError } from '../../error.ts';
import { JSON_OPTION } from '../options.ts';
import { loadRun, STORED_RUN_OPTIONS } from '../stored-run.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  html: { type: 'string', requiresArg: true, describe: 'file for the comparison as a page' },
  ...STORED_RUN_OPTIONS,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('before', { type: 'string', describe: 'a run (folder, name or latest), or a folder of runs' })
    .positional('after', { type: 'string', describe: 'another, of what came later' })
    .options(OPTIONS)
    .example('$0 diff 20260102-030405-0007 latest', 'the last run against an earlier one')
    .example('$0 diff runs/firmware-1.4 runs/firmware-1.5 --html diff.html', 'all runs of one firmware against all of the next');

interface Args {
  readonly before: string;
  readonly after: string;
  readonly html?: string;
  readonly out: string;
  readonly json: boolean;
}

/** The folders below this one that hold a run; empty where it holds one itself, or none. */
const runsIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.includes('record.json')) return [];
  const inside = await Promise.all(
    names.map(async (name) =>
      (await readdir(path.join(folder, name)).catch((): string[] => [])).includes('record.json') ? [path.join(folder, name)] : [],
    ),
  );
  return inside.flat().toSorted();
};

/** One record after the other: of each only what is compared stays. Throws RigError for any that cannot be read. */
const sideOf = async (where: string, out: string): Promise<readonly RunFeatures[]> => {
  const inside = await runsIn(where);
  const features: RunFeatures[] = [];
  for (const run of inside.length === 0 ? [where] : inside) {
    const { record } = await loadRun(run, out);
    if (record.mode === 'reference')
      throw new RigError('recordDamaged', `Run ${record.runId} was of the reference alone; no unit took part in it.`, {
        hint: 'compare runs of units',
        blame: 'operator',
      });
    features.push(runFeatures(record));
  }
  return features;
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const comparison = compare(await sideOf(args.before, args.out), await sideOf(args.after, args.out));
  if (args.html !== undefined)
    await writeFile(args.html, renderDiffPage(comparison)).catch((cause: unknown) => {
      throw new RigError('outUnwritable', `${args.html} cannot be written: ${(cause as Error).message}.`, {
        hint: 'give another file',
        cause,
      });
    });
  const { out } = surroundings;
  out.write(args.json ? `${JSON.stringify(toDiffDocument(comparison))}\n` : renderDiff(comparison, printOptions(surroundings)));
  return comparison.regression ? 1 : 0;
};
