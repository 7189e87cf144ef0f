/** The verdict of one case on a simulated bench with faults, a bench that cannot even be opened included: for tests and campaigns. */

import type { Blame, CaseVerdict } from '../../../scenarios/contracts/blame.ts';
import type { Case } from '../../../scenarios/contracts/case.ts';
import type { Trace } from '../../../scenarios/contracts/trace.ts';
import { RigError } from '../../error.ts';
import { runSimulatedCase, type SimulatedJob } from '../simulated-case.ts';

export interface Judged {
  readonly verdict: CaseVerdict;
  readonly blame: Blame | null;
  readonly reason: string;
  readonly trace: Trace | null;
}

export const judgedOn = async (testCase: Case, job: Omit<SimulatedJob, 'testCase' | 'pace'>): Promise<Judged> => {
  try {
    const { result, trace } = (await runSimulatedCase({ ...job, testCase, pace: 'virtual' })).run;
    return { verdict: result.verdict, blame: result.blame, reason: result.reason, trace };
  } catch (cause) {
    if (!(cause instanceof RigError)) throw cause;
    return { verdict: 'broken', blame: cause.blame, reason: cause.message, trace: null };
  }
};
