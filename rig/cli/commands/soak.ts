/** `rig soak`: draws good units and good benches and runs them; nothing but a pass may come of any. */

import type { Argv } from 'yargs';
import { renderSoak } from '../../../reports/render/soak.ts';
import { soak } from '../../campaign/soak.ts';
import { ANSWERS_OPTION, loadAnswers } from '../ask-operator.ts';
import { campaignCases } from '../campaign-cases.ts';
import { campaignProgress } from '../campaign-progress.ts';
import { EXIT_STOPPED } from '../failures.ts';
import { JSON_OPTION, readCount, readSeed, UNIT_OPTIONS, WORKERS_OPTION } from '../options.ts';
import { listenForStop } from '../stop.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

const DEFAULT_UNITS = 50;
const DEFAULT_EACH = 3;

export const OPTIONS = {
  units: { type: 'string', requiresArg: true, describe: `how many units [default: ${DEFAULT_UNITS}]` },
  each: { type: 'string', requiresArg: true, describe: `cases a unit is given, drawn from all [default: ${DEFAULT_EACH}]` },
  seed: { ...UNIT_OPTIONS.seed, describe: 'draws the first unit; each further one has the next [default: 1]' },
  ...ANSWERS_OPTION,
  ...WORKERS_OPTION,
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .positional('files', { type: 'string', describe: 'scenario files or folders', defaultDescription: 'all suites' })
    .options(OPTIONS)
    .example('$0 soak --units 200', 'two hundred good units, three cases each')
    .example('$0 soak scenarios/eol --units 1 --seed 4711', 'one of them again');

interface Args {
  readonly files?: readonly string[];
  readonly units?: string;
  readonly each?: string;
  readonly seed?: string;
  readonly answers?: string;
  readonly workers?: string;
  readonly json: boolean;
}

/** More would not fit into a list of results. */
const MOST_UNITS = 1_000_000;

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { json } = args;
  const seed = readSeed(args.seed);
  const units = readCount('units', args.units, MOST_UNITS) ?? DEFAULT_UNITS;
  const each = readCount('each', args.each, MOST_UNITS) ?? DEFAULT_EACH;
  const workers = readCount('workers', args.workers);
  const cases = campaignCases(args.files, json, surroundings);
  const answers = loadAnswers(args.answers, cases);
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  const progress = campaignProgress('units', json, surroundings);
  try {
    const document = await soak({ cases, units, seed, each, answers, workers, signal: stop.signal, onDone: progress.tell });
    progress.finish();
    surroundings.out.write(json ? `${JSON.stringify(document)}\n` : `${renderSoak(document, printOptions(surroundings))}\n`);
    return stop.signal.aborted ? EXIT_STOPPED : document.exit;
  } finally {
    stop.release();
  }
};
