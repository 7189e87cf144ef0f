/** `rig stats`: what the archive knows of its units, on the terminal, as a page or as a document. */

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import type { ArchiveQueries, RunFilter } from '../../../reports/archive/archive-queries.ts';
import { renderStats } from '../../../reports/render/stats.ts';
import { RigError } from '../../error.ts';
import { inOurWords } from '../archive-errors.ts';
import { UsageError } from '../failures.ts';
import { labUrl } from '../filing.ts';
import { JSON_OPTION } from '../options.ts';
import { STORED_RUN_OPTIONS } from '../stored-run.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;

export const OPTIONS = {
  from: text('runs from this date on, ISO 8601'),
  to: text('runs before this date'),
  station: text('runs of this station alone'),
  'work-order': text('runs of this work order alone'),
  'unit-version': text('units with this firmware version alone'),
  serial: text('runs of this unit alone'),
  simulated: { type: 'boolean', default: false, describe: 'simulated units alone; they are never counted with real ones' },
  html: text('file for the page'),
  ...STORED_RUN_OPTIONS,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 stats', 'all units of the archive')
    .example('$0 stats --from 2026-11-01 --station "line 2" --html november.html', 'a month of a station as a page');

interface Args {
  readonly from?: string;
  readonly to?: string;
  readonly station?: string;
  readonly 'work-order'?: string;
  readonly 'unit-version'?: string;
  readonly serial?: string;
  readonly simulated: boolean;
  readonly html?: string;
  readonly out: string;
  readonly json: boolean;
}

const instant = (name: string, value: string | undefined): string | undefined => {
  if (value === undefined) return undefined;
  if (!/^\d{4}-\d\d-\d\d/.test(value) || Number.isNaN(Date.parse(value)))
    throw new UsageError(`--${name} wants a date, not "${value}".`, `for example --${name} 2026-11-01 or 2026-11-01T06:00:00Z`);
  return new Date(value).toISOString();
};

const filterOf = (args: Args): RunFilter => {
  const wanted = {
    from: instant('from', args.from),
    to: instant('to', args.to),
    station: args.station,
    workOrder: args['work-order'],
    unitVersion: args['unit-version'],
    serial: args.serial,
    simulated: args.simulated ? true : undefined,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
};

interface Opened {
  readonly archive: ArchiveQueries;
  /** What a person should know of runs that are not in it yet. */
  readonly notes: readonly string[];
}

/** The lab's archive, the folder's own, or the runs of a folder that has none. */
const open = async (out: string, { env }: Surroundings): Promise<Opened> => {
  const { lackingNotes, uncountedNotes } = await import('../../../reports/archive/uncounted.ts');
  const { databaseFile, openArchive } = await import('../../../reports/archive/open-archive.ts');
  const url = labUrl(env);
  if (url !== null) return { archive: await openArchive(out, url), notes: await uncountedNotes(out, () => false) };
  if (existsSync(databaseFile(out)))
    return { archive: await openArchive(out), notes: [...(await uncountedNotes(out, () => false)), ...(await lackingNotes(out))] };
  const { openFolder, runFolders } = await import('../../../reports/archive/folder-archive.ts');
  const notes = await uncountedNotes(out, (run) => existsSync(path.join(out, run, 'record.json')));
  if ((await runFolders(out)).length === 0)
    throw new RigError('runMissing', [`There is no archive and no run in ${out}.`, ...notes].join(' '), {
      hint: 'run a scenario first, or name the folder of runs with --out',
      blame: 'operator',
    });
  return { archive: await openFolder(out), notes };
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const filter = filterOf(args);
  const { gatherStats } = await import('../../../reports/archive/gather-stats.ts');
  const { archive, notes } = await inOurWords(() => open(args.out, surroundings));
  try {
    const counted = await inOurWords(() => gatherStats(archive, filter));
    // First: whoever misses a run looks for the reason.
    const stats = { ...counted, notes: [...notes, ...counted.notes] };
    if (args.html !== undefined) {
      const { renderStatsPage } = await import('../../../reports/render/stats-html.ts');
      await writeFile(args.html, renderStatsPage(stats)).catch((cause: unknown) => {
        throw new RigError('outUnwritable', `${args.html} cannot be written: ${(cause as Error).message}.`, {
          hint: 'give another file',
          blame: 'operator',
          cause,
        });
      });
    }
    surroundings.out.write(args.json ? `${JSON.stringify(stats)}\n` : renderStats(stats, printOptions(surroundings)));
    return 0;
  } finally {
    await archive.close();
  }
};
