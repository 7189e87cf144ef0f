/** A worker thread of a campaign of proofs: one case a message, answered with what it has caught. */

import { parentPort } from 'node:worker_threads';
import type { AnswersFile } from '../../scenarios/language/answers.ts';
import { fromFile } from '../bench/operator.ts';
import { runSimulatedCase } from '../run/simulated-case.ts';
import { proveCase, type Proved, type Wanted } from './prove-case.ts';

export interface ProveJob extends Wanted {
  readonly seed: number;
  /** What is answered where the case asks; without it nothing can be caught by what comes after a question. */
  readonly answers: AnswersFile | null;
}

const answer = ({ testCase, seed, answers, ...wanted }: ProveJob): Promise<Proved> =>
  proveCase(wanted, async ({ name }) => {
    try {
      return (await runSimulatedCase({ testCase, seed, defect: name, pace: 'virtual' }, undefined, fromFile(answers))).run.result;
    } catch {
      // A defect that ends the simulation has not been caught by the case.
      return null;
    }
  });

parentPort?.on('message', (job: ProveJob) => {
  void answer(job).then((proved) => parentPort?.postMessage(proved, []));
});
