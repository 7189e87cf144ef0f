/** A sample of the campaigns: the best-known defects, each in one case that must show it on its signal, and the good unit in the same cases. */

import { expect } from 'chai';
import type { Case } from '../../scenarios/contracts/case.ts';
import { runSimulatedCase } from './simulated-case.ts';
import { suiteCases } from './suites.ts';

/** Defect, the signal on which it shows first, and a case of the suites that shows it. Swapped parts show first on whichever of the two the case asks first. */
const SAMPLE = [
  ['load-stuck-high', 'load', 'regression/r02-broken-chain'],
  ['load-never-returns', 'load', 'regression/r10-recovery'],
  ['prealarm-missing', 'preAlarm', 'regression/r01-inputs-together'],
  ['wait-25s', 'load', 'regression/r03-wait'],
  ['charger-ignores-over-temperature', 'charger', 'regression/r07-charge-independent'],
  ['charger-stuck-floating', 'charger', 'regression/r18-no-glitch'],
  ['led-blue-dead', 'ledBlue', 'regression/r18-no-glitch'],
  ['led-red-dead', 'ledRed', 'regression/r17-leds'],
  ['leds-swapped', 'ledBlue', 'regression/r18-no-glitch'],
  ['remote-h-ignored', 'load', 'regression/r13-remote'],
  ['poles-1-3-swapped', 'preAlarm', 'regression/r07-charge-independent'],
  ['load-dropout-20ms', 'load', 'regression/r03-wait'],
  ['load-weak', 'loadDrop', 'eol/production'],
  ['load-low-instead-of-floating', 'load', 'regression/r02-broken-chain'],
] as const;

const SEED = 7;

describe('a unit under the suites', () => {
  const cases = new Map(suiteCases('eol', 'regression').map((one): [string, Case] => [one.id, one]));
  const judge = async (id: string, defect?: string) => {
    const testCase = cases.get(id);
    if (testCase === undefined) throw new Error(`There is no case ${id}.`);
    return (await runSimulatedCase({ testCase, seed: SEED, pace: 'virtual', defect })).run.result;
  };

  for (const [defect, signal, id] of SAMPLE) {
    it(`fails with ${defect}: ${id} says so on ${signal}`, async () => {
      const { verdict, blame, differences } = await judge(id, defect);
      expect({ verdict, blame }).to.deep.equal({ verdict: 'fail', blame: 'unit' });
      expect(differences[0]?.signal).to.equal(signal);
    });
  }

  for (const id of new Set(SAMPLE.map(([, , one]) => one))) {
    it(`passes ${id} when it is good`, async () => {
      const { verdict, reason } = await judge(id);
      expect(verdict, reason).to.equal('pass');
    });
  }
});
