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
  /** Time of the processors that this process got meanwhile, its helper threads for compiling and collecting included. */
  readonly processor_s: number;
}

/** One case on a bench of its own. Throws where it does not run to its end: a figure from half a case would flatter. */
export const timeCase = async (asked: Case, seed: number, defect?: string): Promise<SpeedRun> => {
  const testCase = planProbes(asked, predict(asked));
  const simulation = simulate({ seed, occasion: 'bench', pace: 'virtual', defect });
  const { binding, path, clock } = simulation;
  try {
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: 'stand-in', seed });
    const from_s = simulation.counters().virtual_s;
    const [start, used] = [performance.now(), process.cpuUsage()];
    const trace = await bench.runCase(testCase);
    const wall_s = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(used);
    const virtual_s = simulation.counters().virtual_s - from_s;
    await bench.close();
    if (trace.end !== 'complete') throw new Error(`The case did not complete with seed ${seed}: ${trace.reason}`);
    return { testCase, trace, virtual_s, wall_s, processor_s: (user + system) / 1e6 };
  } finally {
    simulation.close();
  }
};
