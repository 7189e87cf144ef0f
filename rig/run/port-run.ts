/** A run on a fixture behind a serial port: case after case on one bench, which is opened anew after an attempt that was spoilt. */

import type { Case } from '../../scenarios/contracts/case.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { type Bench, type BenchIdentity, type BenchSettings, openFixtureBench } from '../bench/bench.ts';
import type { CalibrationChoice } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import type { BindingInterface } from '../link/bindings.ts';
import { attemptUpTo } from './attempts.ts';
import { type CaseRun, type CaseRunOptions, faultOf, runCase } from './case-run.ts';
import { endsRun, lastOf, type RunOptions, type RunOutcome, tellDone, whyNotRun, withAttempts } from './run.ts';
import { faulted, notRun, unattached } from './without-trace.ts';

const otherBoardFault = (first: string, now: string): RigError =>
  new RigError('fixtureReset', `Board ${now} answers where board ${first} did before.`, {
    hint: 'Let the fixture stay plugged in while a run goes on.',
  });

/** A fixture behind a serial port, opened anew for each attempt after a spoilt one: what spoilt it may be what the conversation has become. */
class PortBench {
  readonly #open: () => Promise<Bench>;
  #bench: Bench;
  /** Of the first bench; another board later is no longer the bench that was asked for. */
  readonly identity: BenchIdentity;

  private constructor(open: () => Promise<Bench>, bench: Bench) {
    this.#open = open;
    this.#bench = bench;
    this.identity = bench.identity;
  }

  static async open(open: () => Promise<Bench>): Promise<PortBench> {
    return new PortBench(open, await open());
  }

  async run(testCase: Case, attempt: number, options: CaseRunOptions): Promise<CaseRun> {
    try {
      if (attempt > 1) {
        await this.close();
        this.#bench = await this.#open();
        if (this.#bench.identity.board !== this.identity.board) throw otherBoardFault(this.identity.board, this.#bench.identity.board);
      }
      return await runCase(this.#bench, testCase, options);
    } catch (cause) {
      if (options.signal?.aborted) return notRun(testCase, whyNotRun(options.signal));
      return faulted(testCase, faultOf(cause));
    }
  }

  close(): Promise<void> {
    return this.#bench.close();
  }
}

export interface PortRunOptions extends RunOptions {
  /** Absent: the machine's own serial ports. */
  readonly binding?: BindingInterface;
  readonly path: string;
  readonly clock: Clock;
  readonly calibration?: CalibrationChoice | undefined;
  readonly settings?: BenchSettings | undefined;
}

/** All cases one after the other on a fixture behind a serial port. */
export const runOnPort = async (options: PortRunOptions): Promise<RunOutcome> => {
  const { cases, path, binding, clock, calibration, settings, retries = 0, signal, listener, basis, ask } = options;
  const bench = await PortBench.open(() =>
    openFixtureBench({
      path,
      clock,
      simulated: false,
      unitImage: null,
      seed: null,
      calibration,
      settings,
      signal,
      ...(binding && { binding }),
    }),
  );
  const attempts: (readonly CaseRun[])[] = [];
  const start_ms = clock.now();
  try {
    let ended = false;
    for (const [index, testCase] of cases.entries()) {
      if (ended || signal.aborted) {
        attempts.push([notRun(testCase, whyNotRun(signal))]);
        continue;
      }
      listener.onStart?.(index);
      const idle = unattached(testCase);
      if (idle !== null) {
        attempts.push([idle]);
        listener.onAttempt?.(index, 1, idle);
        tellDone(listener, index, [idle]);
        continue;
      }
      const onProgress: CaseRunOptions['onProgress'] = ({ at_us, of_us }) => listener.onProgress?.(index, at_us / of_us);
      const onLine: CaseRunOptions['onLine'] = (line) => listener.onLine?.(index, line);
      const once = async (attempt: number): Promise<CaseRun> => {
        const run = await bench.run(testCase, attempt, { signal, onProgress, onLine, basis, ask });
        listener.onAttempt?.(index, attempt, run);
        return run;
      };
      const runs = await attemptUpTo(
        1 + retries,
        once,
        ({ result }) => result,
        () => !signal.aborted,
      );
      attempts.push(runs);
      tellDone(listener, index, runs);
      ended = endsRun(lastOf(runs).result.verdict, options.bail);
    }
  } finally {
    await bench.close();
  }
  const { board, firmware, simulated } = bench.identity;
  return { mode: 'unit', simulated, board, firmware, ...withAttempts(attempts, signal), virtual_s: (clock.now() - start_ms) / 1000 };
};
