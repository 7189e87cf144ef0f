/** A case that left no trace: never begun, or ended by a fault before the fixture had anything to tell. */

import type { CaseResult } from '../../reports/judge/result.ts';
import { unjudged } from '../../reports/judge/run.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { type CaseFault, type CaseRun, faultText } from './case-run.ts';

const DARK = { load: 'floating', preAlarm: 'floating', charger: 'floating', ledBlue: 'off', ledRed: 'off' } as const;

const without = (testCase: Case, result: CaseResult, fault: CaseFault | null): CaseRun => ({
  testCase,
  trace: null,
  prediction: {
    case: testCase.id,
    basis: 'planned',
    initial: DARK,
    edges: [],
    allowed: [],
    unexplained: [],
    readings: [],
    states: { most: 0, bound: 0 },
    complete: false,
    parameters: {},
  },
  result,
  contacts: [],
  fault,
  transcript: null,
});

export const notRun = (testCase: Case, why: string): CaseRun => without(testCase, unjudged(testCase, 'notRun', null, why), null);

/** The bench could not run it at all. */
export const faulted = (testCase: Case, fault: CaseFault): CaseRun =>
  without(testCase, unjudged(testCase, 'broken', fault.blame, faultText(fault)), fault);

/** A fixture cannot hang a contactor on the unit by itself, and without it the case would show nothing of what it says; null where nothing is attached. */
export const unattached = (testCase: Case): CaseRun | null => {
  const outputs = Object.keys(testCase.attached);
  if (outputs.length === 0) return null;
  const text = `What this case attaches to ${outputs.join(' and ')} is not there: nobody has said that it is.`;
  return without(testCase, unjudged(testCase, 'broken', 'operator', text), null);
};
