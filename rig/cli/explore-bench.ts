/** The bench that exploring runs on: a simulated one for each sequence, or a fixture that stays open. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { openFixtureBench } from '../bench/bench.ts';
import { type CaseRun, runCase } from '../run/case-run.ts';
import { runSimulatedCase } from '../run/simulated-case.ts';
import type { UnitOptions } from '../run/unit-choice.ts';
import { factoryCalibration } from '../sim/factory-calibration.ts';
import { settingsOf } from './bench-run.ts';

export interface ExploreBench {
  readonly simulated: boolean | null;
  readonly tryOut: (testCase: Case) => Promise<CaseRun>;
  readonly close: () => Promise<void>;
}

export interface ExploreBenchOptions extends UnitOptions {
  /** `sim` or a serial port. */
  readonly bench: string;
  readonly file: BenchFile | null;
  readonly seed: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Throws RigError where the bench cannot be opened. */
export const openExploreBench = async ({ bench, file, seed, unit, defect, clock, signal }: ExploreBenchOptions): Promise<ExploreBench> => {
  if (bench === 'sim') {
    const calibration = await factoryCalibration(seed);
    return {
      simulated: true,
      tryOut: async (testCase) => (await runSimulatedCase({ testCase, seed, unit, defect, calibration, pace: 'virtual' }, signal)).run,
      close: () => Promise.resolve(),
    };
  }
  const fixture = await openFixtureBench({
    path: bench,
    clock,
    simulated: false,
    unitImage: null,
    seed: null,
    settings: settingsOf(file),
    signal,
  });
  return {
    simulated: fixture.identity.simulated,
    tryOut: (testCase) => runCase(fixture, testCase, { signal }),
    close: () => fixture.close(),
  };
};
