// Every fault of the bench's circuit is caught by the self-test, by the run on a good unit, or by both; what only the run can catch is named here.
import { expect } from 'chai';
import { RigError } from '../error.ts';
import { wallTimeOf } from '../calendar.ts';
import { suiteCases } from '../run/suites.ts';
import { judgedOn } from '../run/testing/faulty-bench.ts';
import { FAULTS } from '../sim/faults/catalogue.ts';
import type { Fault } from '../sim/faults/fault.ts';
import { loadKnown } from './known.ts';
import { simulatedSelfTest } from './simulated.ts';

const SEED = 1;
const known = loadKnown();
const made = wallTimeOf('2026-11-29T08:00:00Z');

/** These begin while a case runs, or come and go: a self-test may be over before, or see none of it. */
const COMES_LATER = /^(?:contact-.*-opens(?:-for-a-while)?|comparator-.*-(?:chatters|noisy))$/;

/** What else only a run catches, and why. */
const A_RUN_ALONE: ReadonlySet<string> = new Set([
  // It swings with all three poles closed, some thousand times a second: the self-test of it takes many minutes to emulate.
  'supply-foldback-weak',
  // 0.3 Ohm instead of 0.02: at the currents of the plug it moves what the self-test reads by less than the tolerances of its parts do.
  'bypass-worn',
]);

const failsSelfTest = async (fault: Fault): Promise<boolean> => {
  try {
    return !(await simulatedSelfTest({ board: null, known, made }, { seed: SEED, faults: [fault] })).passed;
  } catch (cause) {
    if (cause instanceof RigError) return true;
    throw cause;
  }
};

describe('a fault of the circuit', () => {
  const [testCase] = suiteCases('eol');
  for (const fault of FAULTS.filter(({ family }) => family === 'circuit')) {
    const later = COMES_LATER.test(fault.name) || A_RUN_ALONE.has(fault.name);
    it(`${fault.name} is caught by ${later ? 'the run' : 'the self-test, before there is a unit'}`, async () => {
      if (!later) expect(await failsSelfTest(fault)).to.equal(true);
      else {
        const judged = await judgedOn(testCase!, { seed: SEED, faults: [fault.name] });
        expect({ verdict: judged.verdict, blame: judged.blame }, judged.reason).to.deep.equal({
          verdict: fault.verdict,
          blame: fault.blame,
        });
      }
    });
  }
});
