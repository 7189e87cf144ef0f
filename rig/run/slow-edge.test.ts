// A capacitor on an output and a bias that does nothing look alike to one reading; in a case in which LOAD never falls nothing else tells them apart.
import { expect } from 'chai';
import { judgedOn } from './testing/faulty-bench.ts';
import { runSimulatedCase } from './simulated-case.ts';
import { suiteCases } from './suites.ts';

describe('an output that no probe pulls up, where LOAD does not fall in the whole case', () => {
  for (const id of ['regression/r07-charge-independent', 'regression/off-at-8-volts'])
    it(`is the unit's where a capacitor hangs on it, and the bench's where the bias is dead: ${id}`, async () => {
      const testCase = suiteCases('regression').find((one) => one.id === id)!;
      for (const seed of [1, 2, 3]) {
        const { result } = (await runSimulatedCase({ testCase, seed, defect: 'load-slow-edge', pace: 'virtual' })).run;
        expect([result.verdict, result.blame], result.reason).to.deep.equal(['fail', 'unit']);
        const bench = await judgedOn(testCase, { seed, faults: ['bias-load-stuck-off'] });
        expect([bench.verdict, bench.blame], bench.reason).to.deep.equal(['broken', 'rig']);
        expect(bench.reason).to.contain('Q.load.bias');
      }
    });
});
