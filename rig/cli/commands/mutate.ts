/** `rig mutate`: runs scenarios against every defect of the library and tells which defect is caught by which scenario. */

import type { Argv } from 'yargs';
import { renderKillMatrix } from '../../../reports/render/kill-matrix.ts';
import { toMutateDocument } from '../../campaign/kill-summary.ts';
import type { Mutant } from '../../campaign/generated/mutants.ts';
import { mutate } from '../../campaign/mutate.ts';
import { DEFECTS, type Defect, findDefect } from '../../sim/defects/catalogue.ts';
import { ANSWERS_OPTION, loadAnswers } from '../ask-operator.ts';
import { campaignCases } from '../campaign-cases.ts';
import { campaignProgress } from '../campaign-progress.ts';
import { EXIT_STOPPED, UsageError } from '../failures.ts';
import { JSON_OPTION, readCount, readSeed, UNIT_OPTIONS, WORKERS_OPTION } from '../options.ts';
import { listenForStop } from '../stop.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  defect: {
    type: 'string',
    requiresArg: true,
    describe: 'only these, names with commas between them (with --generated: places as poles.c:57) [default: all]',
  },
  boundary: {
    type: 'boolean',
    default: false,
    describe: 'instead: for each number of the reference a unit just outside it and one just inside',
  },
  generated: { type: 'boolean', default: false, describe: 'instead: mechanical mutants of the stand-in, built with avr-gcc' },
  bail: { type: 'boolean', default: false, describe: 'a defect is done with the first scenario that catches it' },
  ...ANSWERS_OPTION,
  seed: UNIT_OPTIONS.seed,
  ...WORKERS_OPTION,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', describe: 'scenario files or folders', defaultDescription: 'all suites' })
    .options(OPTIONS)
    .example('$0 mutate', 'every defect against every suite')
    .example('$0 mutate scenarios/eol --defect wait-25s,load-leaky', 'two defects against the end of the line')
    .example('$0 mutate --boundary', 'units 1.5 U outside and inside every limit of the reference')
    .example('$0 mutate scenarios/eol scenarios/regression --generated', 'every slip of the hand in its firmware')
    .example('$0 mutate scenarios/limits --generated --defect poles.c:57', 'those of one line of it');

interface Args {
  readonly files?: readonly string[];
  readonly defect?: string;
  readonly boundary: boolean;
  readonly generated: boolean;
  readonly bail: boolean;
  readonly answers?: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly json: boolean;
}

const chosenDefects = (names: string | undefined): readonly Defect[] =>
  names === undefined
    ? DEFECTS
    : names.split(',').map((name) => {
        const lookup = findDefect(name.trim());
        if (lookup.found !== null) return lookup.found;
        throw new UsageError(
          `There is no defect called "${name.trim()}".`,
          lookup.nearest === null ? '`rig run --defect list` names them' : `did you mean ${lookup.nearest}?`,
        );
      });

const isAt = ({ id }: Mutant, place: string): boolean => id.startsWith(place) && /[: ]/u.test(id.charAt(place.length));

/** By place, since what a mutant changes has commas in it: `poles.c`, `poles.c:57` or `poles.c:57:9`. */
const chosenMutants = (all: readonly Mutant[], places: string | undefined): readonly Mutant[] => {
  if (places === undefined) return all;
  const wanted = places.split(',').map((place) => place.trim());
  const nowhere = wanted.find((place) => !all.some((one) => isAt(one, place)));
  if (nowhere !== undefined)
    throw new UsageError(
      `No mechanical mutant is at "${nowhere}".`,
      'a file of rig/sim/unit/firmware, its line, and its column: `poles.c:57:9`',
    );
  return all.filter((one) => wanted.some((place) => isAt(one, place)));
};

/** Own scenarios and own units, so what chooses those of the library is for another campaign. */
const boundary = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { json, defect, bail, files, answers } = args;
  if (defect !== undefined || bail || answers !== undefined || files?.length)
    throw new UsageError('--boundary has scenarios and units of its own.', 'leave out files, --defect, --answers and --bail');
  const { runPairs } = await import('../../campaign/boundary/pairs.ts');
  const { renderBoundary } = await import('../../../reports/render/boundary.ts');
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  const progress = campaignProgress('pairs', json, surroundings);
  try {
    const workers = readCount('workers', args.workers);
    const document = await runPairs({ seed: readSeed(args.seed), workers, signal: stop.signal, onDone: progress.tell });
    stop.signal.throwIfAborted();
    progress.finish();
    surroundings.out.write(json ? `${JSON.stringify(document)}\n` : `${renderBoundary(document, printOptions(surroundings))}\n`);
    return document.exit;
  } finally {
    stop.release();
  }
};

/** A killed mutant is done, so `--bail` says nothing new. */
const generated = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { json, defect, bail } = args;
  if (bail) throw new UsageError('With --generated a mutant is always done with the first scenario that kills it.', 'leave out --bail');
  const { allMutants } = await import('../../campaign/generated/build.ts');
  const mutants = chosenMutants(allMutants(), defect);
  const { runGenerated } = await import('../../campaign/generated/generated.ts');
  const { renderMutants } = await import('../../../reports/render/mutants.ts');
  const seed = readSeed(args.seed);
  const workers = readCount('workers', args.workers);
  const cases = campaignCases(args.files, json, surroundings);
  const answers = loadAnswers(args.answers, cases);
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  const progress = campaignProgress('mutants', json, surroundings);
  try {
    const document = await runGenerated({ cases, mutants, seed, answers, workers, signal: stop.signal, onDone: progress.tell });
    stop.signal.throwIfAborted();
    progress.finish();
    surroundings.out.write(json ? `${JSON.stringify(document)}\n` : `${renderMutants(document, printOptions(surroundings))}\n`);
    return document.exit;
  } finally {
    stop.release();
  }
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  if (args.boundary && args.generated) throw new UsageError('--boundary and --generated are two campaigns.', 'one after the other');
  if (args.boundary) return boundary(args, surroundings);
  if (args.generated) return generated(args, surroundings);
  const { bail, json } = args;
  const seed = readSeed(args.seed);
  const workers = readCount('workers', args.workers);
  const defects = chosenDefects(args.defect);
  const cases = campaignCases(args.files, json, surroundings);
  const answers = loadAnswers(args.answers, cases);
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  const progress = campaignProgress('units', json, surroundings);
  try {
    const rows = await mutate({ defects, cases, seed, bail, answers, workers, signal: stop.signal, onDone: progress.tell });
    stop.signal.throwIfAborted();
    progress.finish();
    const document = toMutateDocument(rows, { cases, seed, bail });
    surroundings.out.write(json ? `${JSON.stringify(document)}\n` : `${renderKillMatrix(document, printOptions(surroundings))}\n`);
    return document.exit;
  } finally {
    stop.release();
  }
};
