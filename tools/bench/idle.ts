/** What the simulated bench costs while nothing happens: executed cycles, wakes and hand-overs over a quiet stretch of a case. */

import { openFixtureBench } from '../../rig/bench/bench.ts';
import { simulate } from '../../rig/run/simulated-case.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import type { Case } from '../../scenarios/contracts/case.ts';

const QUIET = `
scenario: Nothing happens to a healthy unit
covers: [POWER-UP]
given: { supply: 12.8 V, remote: link, poles: closed }
steps: []
until: { wait: 20 s }
`;
/** Start-up is over by then, and the end has not begun. */
const FROM_ms = 6_000;
const FOR_ms = 10_000;

export interface IdleCost {
  readonly fixtureCycles_per_s: number;
  readonly unitCycles_per_s: number;
  readonly handOvers_per_s: number;
}

export const quietCase = (): Case => {
  const compiled = readAndCompile({ file: 'bench/quiet.yaml', bytes: Buffer.from(QUIET) });
  if (!compiled.ok) throw new Error(`The quiet case does not compile: ${compiled.issues[0]?.message}`);
  return compiled.cases[0]!;
};

export const measureIdle = async (seed: number): Promise<IdleCost> => {
  const simulation = simulate({ seed, occasion: 'idle', pace: 'virtual' });
  const { binding, path, clock } = simulation;
  try {
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: 'stand-in', seed });
    const running = bench.runCase(quietCase());
    await clock.sleep(FROM_ms);
    const before = simulation.counters();
    await clock.sleep(FOR_ms);
    const after = simulation.counters();
    await running;
    await bench.close();
    const passed_s = after.virtual_s - before.virtual_s;
    return {
      fixtureCycles_per_s: (after.fixture.executedCycles - before.fixture.executedCycles) / passed_s,
      unitCycles_per_s: (after.unit.executedCycles - before.unit.executedCycles) / passed_s,
      handOvers_per_s: (after.handOvers - before.handOvers) / passed_s,
    };
  } finally {
    simulation.close();
  }
};
