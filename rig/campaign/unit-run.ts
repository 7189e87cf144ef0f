/** One unit through a suite, case by case, each on a simulated bench of its own. */

import { unjudged } from '../../reports/judge/run.ts';
import type { Case } from '../../scenarios/contracts/case.ts';
import { fromFile } from '../bench/operator.ts';
import { RigError } from '../error.ts';
import { type CaseRun, runInReference } from '../run/case-run.ts';
import { runSimulatedCase } from '../run/simulated-case.ts';
import { caseOutcome, failsUnit, type UnitOutcome, unitOutcome } from './outcome.ts';
import type { Suite, UnitJob } from './units.ts';

export const asRigError = (cause: unknown): RigError =>
  cause instanceof RigError ? cause : new RigError('internal', `The rig itself failed: ${String(cause)}`, { cause });

/** A fault of the simulated world is a broken case, as in any run; one that is the caller's (a bad image) is thrown on. */
const runCase = async (testCase: Case, job: UnitJob, answers: Suite['answers']): Promise<CaseRun> => {
  try {
    return (await runSimulatedCase({ ...job, testCase, pace: 'virtual' }, undefined, fromFile(answers ?? null))).run;
  } catch (cause) {
    const { code, message, hint, blame } = asRigError(cause);
    if (blame === 'operator') throw cause;
    return { ...runInReference(testCase), result: unjudged(testCase, 'broken', blame, message), fault: { code, message, hint, blame } };
  }
};

const endsUnit = (run: CaseRun, { bailOn }: UnitJob): boolean =>
  failsUnit(run.result) && (bailOn === undefined || caseOutcome(run).findings.some(({ signal }) => signal === bailOn));

/** Throws RigError for an image or a name that cannot be used. */
export const runUnit = async (job: UnitJob, { cases, bail, answers }: Suite): Promise<UnitOutcome> => {
  const runs: CaseRun[] = [];
  for (const testCase of cases.filter(({ id }) => job.only?.includes(id) ?? true)) {
    const run = await runCase(testCase, job, answers);
    runs.push(run);
    if (bail && endsUnit(run, job)) break;
  }
  return unitOutcome(runs);
};
