/** Exploring against the firmware defects of the library: which of them it finds by itself, and after how much work of one core. */

import { factoryCalibration } from '../../sim/factory-calibration.ts';
import type { Defect } from '../../sim/defects/catalogue.ts';
import { DEFECTS } from '../../sim/defects/catalogue.ts';
import { runSimulatedCase } from '../../run/simulated-case.ts';
import { failsUnit } from '../outcome.ts';
import { explore } from './explore.ts';

/** Single faults of the firmware that are always there. */
export const FAULTS_TO_FIND: readonly Defect[] = DEFECTS.filter(({ kind, oneIn }) => kind === 'firmware' && oneIn === 1);

export interface Hunt {
  readonly defect: string;
  /** Draws the sequences, and the bench. */
  readonly seed: number;
}

export interface HuntLimits {
  /** Of whatever `elapsed` counts. */
  readonly budget: number;
  /** Counts from the start; told how many sequences there were. */
  readonly elapsed: (sequences: number) => number;
}

export interface Hunted extends Hunt {
  readonly found: boolean;
  readonly sequences: number;
  readonly text: string | null;
}

/** Finds are not made smaller: whether there is one is what is asked. */
export const hunt = async ({ defect, seed }: Hunt, { budget, elapsed }: HuntLimits): Promise<Hunted> => {
  const calibration = await factoryCalibration(seed);
  let sequences = 0;
  let failed = false;
  const { find } = await explore({
    seed,
    tryOut: async (testCase) => {
      sequences += 1;
      const { run } = await runSimulatedCase({ testCase, seed, defect, calibration, pace: 'virtual' });
      failed ||= failsUnit(run.result);
      return run;
    },
    elapsed_ms: () => (failed ? Infinity : elapsed(sequences)),
    budget_ms: budget,
    shrink_ms: 0,
    signal: new AbortController().signal,
  });
  return { defect, seed, found: find !== null, sequences, text: find?.run.result.reason ?? null };
};
