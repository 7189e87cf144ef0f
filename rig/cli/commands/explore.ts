/** `rig explore`: draws random legal sequences, runs them, and saves the smallest one in which the unit differs from the reference as a scenario. */

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Argv } from 'yargs';
import { renderExplore } from '../../../reports/render/explore.ts';
import type { ExploreDocument } from '../../../reports/shape/campaigns.ts';
import type { BenchFile } from '../../../scenarios/contracts/bench-file.ts';
import { benchIssues } from '../../bench-file/apply.ts';
import { explore, type Explored } from '../../campaign/explore/explore.ts';
import { findFile } from '../../campaign/explore/find-file.ts';
import { BENCH_OPTIONS, chooseBench, isSimulated, resolveBench } from '../bench-choice.ts';
import { checkUnit } from '../bench-run.ts';
import { campaignProgress } from '../campaign-progress.ts';
import { openExploreBench } from '../explore-bench.ts';
import { EXIT_STOPPED, UsageError } from '../failures.ts';
import { JSON_OPTION, readDuration_ms, readSeed, UNIT_OPTIONS } from '../options.ts';
import { prepareOut } from '../out-folder.ts';
import { listenForStop } from '../stop.ts';
import { printOptions, type Surroundings } from '../surroundings.ts';

const DEFAULT_BUDGET = '60 s';
/** For making a find smaller, beyond the budget. */
const SHRINK_ms = 60_000;

export const OPTIONS = {
  ...BENCH_OPTIONS,
  ...UNIT_OPTIONS,
  budget: { type: 'string', requiresArg: true, default: DEFAULT_BUDGET, describe: 'how long to look for a difference: 30 s, 10 min, 2 h' },
  out: { type: 'string', requiresArg: true, default: path.join('reports', 'runs'), describe: 'folder for what is found' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 explore --defect slow-charger', 'finds what is wrong with a unit by itself')
    .example('$0 explore --bench /dev/ttyACM0 --budget 8h', 'a night on a real fixture');

interface Args {
  readonly bench: string;
  readonly 'bench-file'?: string;
  readonly unit?: string;
  readonly defect?: string;
  readonly seed?: string;
  readonly budget: string;
  readonly out: string;
  readonly json: boolean;
}

const refuseBadBench = (args: Args, simulated: boolean): void => {
  if (args.bench === 'reference') throw new UsageError('The reference cannot be explored: it has no unit.', 'give sim or a serial port');
  for (const option of ['unit', 'defect'] as const) {
    if (!simulated && args[option] !== undefined)
      throw new UsageError(`--${option} is for the simulated bench; the bench asked for is ${args.bench}.`, 'leave one of the two out');
  }
};

const toDocument = (explored: Explored, simulated: boolean | null, seed: number, file: string | null): ExploreDocument => {
  const { find, sequences, virtual_s, hit, total, missing, undecided } = explored;
  return {
    schema: 'bms-rig/explore/1',
    exit: find !== null ? 1 : undecided.length > 0 ? 3 : 0,
    simulated,
    seed,
    sequences,
    virtual_s,
    found:
      find === null || file === null
        ? []
        : [{ file, seed: find.seed, steps: find.sequence.steps.length, after: find.after, text: find.run.result.reason }],
    transitions: { hit, total, missing: [...missing] },
    undecided: [...undecided],
  };
};

/** Saves a find and gives the path; null where there is none. */
const save = async ({ find }: Explored, out: string): Promise<string | null> => {
  if (find === null) return null;
  const { name, text } = findFile(find);
  const file = path.join(out, name);
  await writeFile(file, text);
  return file;
};

const fitsBench = (file: BenchFile | null): ((...args: Parameters<typeof benchIssues>[0]) => boolean) =>
  file === null ? () => true : (...cases) => benchIssues(cases, file).length === 0;

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { unit, defect, out, json } = args;
  const choice = chooseBench(args, surroundings);
  const simulated = isSimulated(choice);
  refuseBadBench(args, simulated);
  const seed = readSeed(args.seed);
  const budget_ms = readDuration_ms('budget', args.budget);
  if (simulated) checkUnit({ unit, defect });
  await prepareOut(out);
  const { clock } = surroundings;
  const stop = listenForStop(() => process.exit(EXIT_STOPPED));
  const { signal } = stop;
  const progress = campaignProgress('seconds', json, surroundings);
  try {
    const bench = await openExploreBench({
      bench: await resolveBench(choice, seed, surroundings),
      file: choice.file,
      seed,
      unit,
      defect,
      clock,
      signal,
    });
    try {
      const start_ms = clock.now();
      const explored = await explore({
        seed,
        tryOut: bench.tryOut,
        isLegal: fitsBench(choice.file),
        elapsed_ms: () => clock.now() - start_ms,
        budget_ms,
        shrink_ms: SHRINK_ms,
        signal,
        onSequence: ({ sequences, hit, total }) => {
          const passed_s = Math.min(clock.now() - start_ms, budget_ms) / 1000;
          progress.tell(Math.floor(passed_s), budget_ms / 1000, `: ${sequences} sequences, ${hit} of ${total} transitions`);
        },
      });
      progress.finish();
      const document = toDocument(explored, bench.simulated, seed, await save(explored, out));
      surroundings.out.write(json ? `${JSON.stringify(document)}\n` : `${renderExplore(document, printOptions(surroundings))}\n`);
      return signal.aborted ? EXIT_STOPPED : document.exit;
    } finally {
      await bench.close();
    }
  } finally {
    stop.release();
  }
};
