// Whole cases with both boards' programs interpreted, translated where they are hot, and translated wherever they come to: no byte may differ.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { predict } from '../../firmware-ref/predict.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { openFixtureBench } from '../bench/bench.ts';
import { planProbes } from '../bench/plan-probes.ts';
import type { Translates } from '../sim/avr/chip.ts';
import { simulate } from './simulated-case.ts';

const SCENARIOS = path.join(import.meta.dirname, '../../scenarios');

/** All that a run leaves, both memories and every line on the wire with its time. */
const leftBy = async (file: string, seed: number, translates: Translates): Promise<Readonly<Record<string, unknown>>> => {
  const compiled = readAndCompile({ file, bytes: readFileSync(path.join(SCENARIOS, file)) });
  if (!compiled.ok) throw new Error(`${file} does not compile.`);
  const asked = compiled.cases[0]!;
  const testCase = planProbes(asked, predict(asked));
  const simulation = simulate({ seed, occasion: 'same', pace: 'virtual', translates });
  try {
    const { binding, clock } = simulation;
    const bench = await openFixtureBench({ binding, path: simulation.path, clock, simulated: true, unitImage: 'stand-in', seed });
    const trace = await bench.runCase(testCase);
    await bench.close();
    const { fixture, unit } = simulation.boards;
    return {
      trace,
      transcript: [...bench.transcript],
      counters: simulation.counters(),
      cycles: [fixture.chip.cycles, unit.chip.cycles],
      memories: [fixture.chip.ram, unit.chip.ram].map((ram) => Buffer.from(ram).toString('hex')),
    };
  } finally {
    simulation.close();
  }
};

describe('a case whose programs are translated', () => {
  for (const [file, seed] of [
    ['eol/production.yaml', 1],
    ['eol/production.yaml', 2],
    ['regression/r03-wait.yaml', 3],
  ] as const) {
    it(`${file} with seed ${seed} is the same as one whose programs are interpreted`, async () => {
      const interpreted = await leftBy(file, seed, false);
      expect((interpreted['trace'] as { readonly edges: readonly unknown[] }).edges).to.have.length.above(5);
      for (const translates of [true, 'eagerly'] as const) expect(await leftBy(file, seed, translates)).to.deep.equal(interpreted);
    });
  }
});
