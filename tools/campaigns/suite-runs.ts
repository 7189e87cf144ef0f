/** Every suite on good units with many seeds: `npm run campaigns -- suites`, and a day of one unit's life: `npm run campaigns -- day`. */

import type { SimulatedJob } from '../../rig/run/simulated-case.ts';
import { everyCase, isSlow } from '../../rig/run/suites.ts';
import type { WorkerAnswer } from '../../rig/run/worker.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Campaign } from './campaign.ts';
import { onWorkers, seedsFrom } from './on-workers.ts';

const SUITES = ['eol', 'regression', 'full', 'limits', 'endurance'] as const;

interface SuiteRun {
  readonly testCase: Case;
  readonly seed: number;
  readonly verdict: string;
  readonly reason: string;
  readonly virtual_s: number;
  readonly wall_s: number;
}

/** In the order of the jobs. */
export const runCases = async (cases: readonly Case[], seeds: readonly number[]): Promise<readonly SuiteRun[]> => {
  const jobs = seeds.flatMap((seed) => cases.map((testCase): SimulatedJob => ({ testCase, seed, pace: 'virtual' })));
  const answers = await onWorkers<WorkerAnswer>(
    new URL('../../rig/run/worker.ts', import.meta.url),
    jobs,
    (done) => `${done} of ${jobs.length} cases`,
  );
  return answers.map(({ attempts, wall_ms }, index): SuiteRun => {
    const { testCase, seed } = jobs[index]!;
    const { result, trace } = attempts.at(-1)!.run;
    return {
      testCase,
      seed,
      verdict: result.verdict,
      reason: result.reason,
      virtual_s: (trace?.ended_us ?? 0) / 1e6,
      wall_s: wall_ms / 1e3,
    };
  });
};

const passed = ({ verdict }: SuiteRun): boolean => verdict === 'pass';
const sum = (runs: readonly SuiteRun[], of: (run: SuiteRun) => number): number => runs.reduce((total, run) => total + of(run), 0);
const told = ({ testCase: { id }, seed, verdict, reason }: SuiteRun): string => `${verdict}: ${id}, seed ${seed}: ${reason}`;

export const SUITE_RUNS: Campaign = {
  summary: 'every case of every suite on good units: how many did not pass?',
  counts: 'seeds',
  usual: 10,
  run: async ({ count, seed, row }) => {
    const cases = everyCase(...SUITES).filter((one) => !isSlow(one));
    const runs = await runCases(cases, seedsFrom(seed, count));
    const bySuite = SUITES.map((suite) => ({ suite, own: runs.filter(({ testCase }) => testCase.id.startsWith(`${suite}/`)) }));
    return {
      rows: bySuite.map(({ suite, own }) =>
        row(`not-passed-${suite}`, own.filter((run) => !passed(run)).length, `of ${own.length}`, '<=', 0),
      ),
      notes: [
        ...bySuite.map(
          ({ suite, own }) =>
            `${suite}: ${own.length / count} cases, ${(sum(own, ({ virtual_s }) => virtual_s) / count).toFixed(1)} virtual s a seed, ${sum(own, ({ wall_s }) => wall_s).toFixed(0)} s of one core in all`,
        ),
        ...runs.filter((run) => !passed(run)).map(told),
      ],
    };
  },
};

export const DAY: Campaign = {
  summary: '24 h of random but legal life of one good unit: does it pass, and how long does it take?',
  counts: 'seeds',
  usual: 1,
  run: async ({ count, seed, row }) => {
    const before = process.cpuUsage();
    const runs = await runCases(everyCase('endurance').filter(isSlow), seedsFrom(seed, count));
    const { user, system } = process.cpuUsage(before);
    const slowest_s = runs.reduce((most, { wall_s }) => Math.max(most, wall_s), 0);
    return {
      rows: [
        row('not-passed-day', runs.filter((run) => !passed(run)).length, `of ${runs.length}`, '<=', 0),
        row('day-wall', slowest_s, 's', '<=', 300),
      ],
      notes: [
        ...runs.map((run) => `${told(run)} ${run.virtual_s.toFixed(0)} virtual s in ${run.wall_s.toFixed(0)} s`),
        `${((user + system) / 1e6).toFixed(0)} s of processor time in all`,
      ],
    };
  },
};
