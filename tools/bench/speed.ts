/** How fast the whole simulated rig runs a case, both real images in it: virtual and wall time from the begin of the case to its complete trace. */

import { predict } from '../../firmware-ref/predict.ts';
import { openFixtureBench } from '../../rig/bench/bench.ts';
import { planProbes } from '../../rig/bench/plan-probes.ts';
import { simulate } from '../../rig/run/simulated-case.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';

export interface SpeedRun {
  readonly testCase: Case;
  readonly trace: Trace;
  readonly virtual_s: number;
  readonly wall_s: number;
  readonly fixtureCycles: number;
  readonly unitCycles: number;
  readonly handOvers: number;
}

export const timeEndOfLine = async (asked: Case, seed: number): Promise<SpeedRun> => {
  const testCase = planProbes(asked, predict(asked));
  const simulation = simulate({ seed, occasion: 'bench', pace: 'virtual' });
  try {
    const { binding, path, clock } = simulation;
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: 'stand-in', seed });
    const before = simulation.counters();
    const start = performance.now();
    const trace = await bench.runCase(testCase);
    const wall_s = (performance.now() - start) / 1000;
    const after = simulation.counters();
    await bench.close();
    if (trace.end !== 'complete') throw new Error(`The case did not complete: ${trace.reason}`);
    return {
      testCase,
      trace,
      virtual_s: after.virtual_s - before.virtual_s,
      wall_s,
      fixtureCycles: after.fixture.executedCycles - before.fixture.executedCycles,
      unitCycles: after.unit.executedCycles - before.unit.executedCycles,
      handOvers: after.handOvers - before.handOvers,
    };
  } finally {
    simulation.close();
  }
};
