import { expect } from 'chai';
import { openFixtureBench } from '../bench/bench.ts';
import { runCase } from '../run/case-run.ts';
import { simulate } from '../run/simulated-case.ts';
import { readAndCompile } from '../../scenarios/compile.ts';
import { isSafe, type PinChange, watchPins } from './pin-log.ts';

const SHORT = `scenario: A supply for a moment
covers: [POWER-UP]
given: { supply: 20 V }
steps: []
until: 0.5 s
`;

describe('pin log', () => {
  it('tells each drive, bias switch and converter output by name, when it changed and to what', async () => {
    const compiled = readAndCompile({ file: 's.yaml', bytes: Buffer.from(SHORT) });
    if (!compiled.ok) throw new Error('The scenario does not compile.');
    const simulation = simulate({ seed: 3, occasion: 'pins', pace: 'virtual' });
    const { binding, path, clock } = simulation;
    const changes: PinChange[] = [];
    const state = new Map<string, PinChange['to']>();
    const safe: boolean[] = [];
    let now_ms = 100;
    watchPins(
      simulation,
      () => now_ms++,
      (change) => {
        changes.push(change);
        state.set(change.pin, change.to);
        safe.push(isSafe(state));
      },
    );
    const bench = await openFixtureBench({ binding, path, clock, simulated: true, unitImage: null, seed: 3 });
    expect(isSafe(state), 'before the case').to.equal(true);
    await runCase(bench, compiled.cases[0]!);
    await bench.close();
    simulation.close();
    expect(isSafe(state), 'behind it').to.equal(true);
    expect(safe).to.include(false);
    // Before the case the drop amplifiers are looked at with 1.5 V.
    const on = changes.find(({ pin, to }) => pin === 'supply' && typeof to === 'number' && to > 3_000)!;
    expect(on.to).to.be.closeTo(20_000, 2);
    const off = changes.find(({ pin, to, true_s }) => pin === 'supply' && to === 0 && true_s > on.true_s)!;
    expect(off.true_s - on.true_s).to.be.closeTo(0.5, 0.003);
    expect(new Set(changes.map(({ pin }) => pin))).to.include.keys('pole1', 'remoteLink', 'supplyEnable', 'loadBias');
    expect(changes.map(({ at_ms }) => at_ms)).to.deep.equal(changes.map((_, index) => 100 + index));
  });
});
