/** `rig check` of many files: each by itself, on all cores where there are enough of them, and together only what takes them all: cases of the same id. */

import { availableParallelism } from 'node:os';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { runJobs } from '../run/pool.ts';
import { loadScenarioFiles, type ScenarioSource } from '../run/scenario-files.ts';
import { Twins } from '../run/twins.ts';
import type { Against, FileCheck } from './check-source.ts';
import type { Estimate } from './estimate.ts';
import { lonelyFragments } from './lonely-fragments.ts';
import { Nursery } from './nursery.ts';

export interface CheckedFiles {
  readonly fileCount: number;
  readonly estimates: readonly Estimate[];
  /** What was found in the texts, then of fragments that no file includes, against reference and bench, of `covers`, and against the bench file; each in the order of the files. */
  readonly issues: readonly Issue[];
}

/** So many files for each thread: a thread's own code is slow until it is compiled, which costs it as much time as some 1 200 files do afterwards. */
const WORTH_A_THREAD = 2_000;
/** A worker is handed so many at a time: few enough that none waits long for the last. So often the nursery is looked at as well. */
const BATCH = 16;

/** Is told how many files are done. */
export type OnChecked = (done: number, of: number) => void;

const inBatches = (sources: readonly ScenarioSource[]): readonly (readonly ScenarioSource[])[] =>
  Array.from({ length: Math.ceil(sources.length / BATCH) }, (_, index) => sources.slice(index * BATCH, (index + 1) * BATCH));

async function checked(
  sources: readonly ScenarioSource[],
  against: Against,
  workers: number,
  onChecked: OnChecked,
): Promise<readonly FileCheck[]> {
  const of = sources.length;
  if (workers < 2) {
    const { checkSource, openCheck } = await import('./check-source.ts');
    const check = openCheck(against);
    const nursery = new Nursery();
    try {
      return sources.map((source, index) => {
        const found = checkSource(source, check);
        if (index % BATCH === 0) nursery.look();
        onChecked(index + 1, of);
        return found;
      });
    } finally {
      nursery.leave();
    }
  }
  let done = 0;
  const batches = await runJobs<readonly ScenarioSource[], readonly FileCheck[]>({
    worker: new URL('./check-worker.ts', import.meta.url),
    workerData: against,
    jobs: inBatches(sources),
    workers,
    onDone: (_, { length }) => {
      done += length;
      onChecked(done, of);
    },
  });
  return batches.flatMap((batch) => batch ?? []);
}

/** Loaded where it is needed alone: where workers check the files this thread starts them the sooner. */
const benchFileIssues = async (against: Against): Promise<readonly Issue[]> =>
  against.benchFile === undefined ? [] : (await import('./check-source.ts')).openCheck(against).issues;

/** `against`: a bench file, a profile, or neither. Throws RigError for a table of proofs that cannot be read. A bench file that cannot be read is an issue. */
export const checkFiles = async (
  paths: readonly string[],
  against: Against,
  onChecked: OnChecked = () => undefined,
  workers?: number,
): Promise<CheckedFiles> => {
  const { sources, issues } = loadScenarioFiles(paths);
  const most = Math.min(availableParallelism(), Math.floor(sources.length / WORTH_A_THREAD));
  const all = await checked(sources, against, workers ?? most, onChecked);
  const twins = new Twins();
  const counted = all.map((file) => ({ file, ...twins.take(file.cases) }));
  return {
    fileCount: sources.length,
    estimates: counted.flatMap(({ file, kept }) => file.estimates.slice(0, kept)),
    issues: [
      ...issues,
      ...counted.flatMap(({ file, issues: twice }) => [...file.read, ...twice]),
      ...lonelyFragments(sources),
      ...all.flatMap(({ checked: found }) => found),
      ...all.flatMap(({ covers }) => covers),
      ...(await benchFileIssues(against)),
      ...all.flatMap(({ bench }) => bench),
    ],
  };
};
