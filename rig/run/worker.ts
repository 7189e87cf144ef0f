/** A worker thread of a simulated run: one case a message, answered with its attempts, each with its result or with the fault that left none. */

import { parentPort } from 'node:worker_threads';
import type { Answer, AskOperator } from '../bench/operator.ts';
import { attemptUpTo } from './attempts.ts';
import { type CaseRun, faultOf } from './case-run.ts';
import { runSimulatedCase, type SimulatedCaseRun, type SimulatedJob } from './simulated-case.ts';
import { faulted } from './without-trace.ts';

export interface WorkerJob extends SimulatedJob {
  /** How often a spoilt attempt may be followed by another. Default: not at all. */
  readonly retries?: number;
  /** Whoever gave the job answers what it asks. */
  readonly asks?: boolean;
}

export interface SimulatedAttempt {
  readonly run: CaseRun;
  /** Null where the case could not be run at all. */
  readonly done: Pick<SimulatedCaseRun, 'identity' | 'counters'> | null;
}

export interface WorkerAnswer {
  /** In order, at least one. */
  readonly attempts: readonly SimulatedAttempt[];
  readonly wall_ms: number;
}

/** The person is where the command is: the question goes there. One at a time, as a case asks. */
let answered: PromiseWithResolvers<Answer> | null = null;
const askMain: AskOperator = (question) => {
  answered = Promise.withResolvers();
  parentPort?.postMessage({ asks: question }, []);
  return answered.promise;
};

const once = async (job: WorkerJob): Promise<SimulatedAttempt> => {
  try {
    const { run, identity, counters } = await runSimulatedCase(job, undefined, job.asks === true ? askMain : undefined);
    return { run, done: { identity, counters } };
  } catch (cause) {
    return { run: faulted(job.testCase, faultOf(cause)), done: null };
  }
};

const answer = async ({ retries = 0, ...job }: WorkerJob): Promise<WorkerAnswer> => {
  const start = process.hrtime.bigint();
  const attempts = await attemptUpTo(
    1 + retries,
    (attempt) => once({ ...job, attempt }),
    ({ run }) => run.result,
  );
  return { attempts, wall_ms: Number(process.hrtime.bigint() - start) / 1e6 };
};

parentPort?.on('message', (message: WorkerJob | { readonly answered: Answer }) => {
  if ('answered' in message) return answered?.resolve(message.answered);
  const job = message;
  void answer(job).then((result) => parentPort?.postMessage(result, []));
});
