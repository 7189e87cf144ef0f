import { expect } from 'chai';
import { runJobs } from './pool.ts';

/** A worker as a module of its own, so that the pool is tested without a bench. */
const worker = (answer: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort, threadId } from 'node:worker_threads'; parentPort.on('message', (job) => { ${answer} });`)}`,
  );
const DOUBLE = worker('parentPort.postMessage(job * 2)');

describe('pool', () => {
  it('gives results in the order of the jobs, also where a later one ends first', async () => {
    // The first job waits until the second one's result has been told: only a second worker can bring it.
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const inTurn = worker(`
      if (job.index === 0) Atomics.wait(job.gate, 0, 0);
      parentPort.postMessage('result ' + job.index);`);
    const done: number[] = [];
    const results = await runJobs<{ index: number; gate: Int32Array }, string>({
      worker: inTurn,
      jobs: [0, 1, 2].map((index) => ({ index, gate })),
      workers: 2,
      onDone: (index) => {
        done.push(index);
        Atomics.store(gate, 0, 1);
        Atomics.notify(gate, 0);
      },
    });
    expect(results).to.deep.equal(['result 0', 'result 1', 'result 2']);
    expect(done[0]).to.equal(1);
  });

  it('tells each start and each result once', async () => {
    const started: number[] = [];
    const done: string[] = [];
    await runJobs<number, number>({
      worker: DOUBLE,
      jobs: [5, 6, 7],
      workers: 2,
      onStart: (index) => started.push(index),
      onDone: (index, result) => done.push(`${index}: ${result}`),
    });
    expect(started.toSorted((a, b) => a - b)).to.deep.equal([0, 1, 2]);
    expect(done.toSorted()).to.deep.equal(['0: 10', '1: 12', '2: 14']);
  });

  it('stops after the first result that asks for it, with the same outcome for any number of workers', async () => {
    for (const workers of [1, 2, 3, 8]) {
      const results = await runJobs<number, number>({
        worker: DOUBLE,
        jobs: [0, 1, 2, 3, 4, 5, 6, 7],
        workers,
        stopAfter: (result) => result === 4 || result === 10,
      });
      expect(results, `${workers} workers`).to.deep.equal([0, 2, 4, undefined, undefined, undefined, undefined, undefined]);
    }
  });

  it('starts nothing more once aborted', async () => {
    const controller = new AbortController();
    const results = await runJobs<number, number>({
      worker: DOUBLE,
      jobs: [1, 2, 3],
      workers: 1,
      signal: controller.signal,
      onDone: () => controller.abort(),
    });
    expect(results).to.deep.equal([2, undefined, undefined]);
  });

  it('gives the jobs of a later run to the workers of an earlier one', async () => {
    const who = worker('parentPort.postMessage(threadId)');
    const ask = async (workerData?: unknown): Promise<number> =>
      (await runJobs<number, number>({ worker: who, jobs: [0], workers: 1, ...(workerData !== undefined && { workerData }) }))[0]!;
    const first = await ask();
    expect(await ask()).to.equal(first);
    // One that is told something at its start has been told it once for all.
    expect(new Set([first, await ask('a'), await ask('a')]).size).to.equal(3);
    expect(await ask()).to.equal(first);
  });

  it('tells every worker what the jobs share before its first one, also one that was told something else before', async () => {
    const told = worker(
      "if (job !== null && typeof job === 'object') globalThis.told = job.shared; else parentPort.postMessage([threadId, told, job]);",
    );
    const ask = (shared: string, jobs: readonly number[]) =>
      runJobs<number, readonly [number, string, number]>({ worker: told, jobs, workers: 2, shared });
    const first = await ask('a', [0, 1, 2, 3]);
    expect(first.map((one) => one?.slice(1))).to.deep.equal([0, 1, 2, 3].map((job) => ['a', job]));
    const second = await ask('b', [4, 5]);
    expect(second.map((one) => one?.slice(1))).to.deep.equal([4, 5].map((job) => ['b', job]));
    expect(first.map((one) => one?.[0])).to.include(second[0]?.[0], 'a thread of the run before');
  });

  it('keeps no worker that is still at its job when the run is aborted, and none that failed', async () => {
    const controller = new AbortController();
    const slow = worker("if (job === 'who') parentPort.postMessage(threadId); else if (job === 'fail') throw new Error('failed');");
    const ask = (job: string, signal?: AbortSignal) =>
      runJobs<string, number>({ worker: slow, jobs: [job], workers: 1, ...(signal && { signal }) }).catch(() => []);
    const [first] = await ask('who');
    setImmediate(() => controller.abort());
    await ask('for ever', controller.signal);
    const [second] = await ask('who');
    expect(second).not.to.equal(first);
    await ask('fail');
    const [third] = await ask('who');
    expect([first, second]).not.to.include(third);
  });

  it('has nothing to do without jobs', async () => {
    expect(await runJobs<number, number>({ worker: DOUBLE, jobs: [] })).to.deep.equal([]);
  });

  it('rejects when a worker itself fails', async () => {
    const failing = worker("throw new Error('out of order at job ' + job)");
    const caught = await runJobs<number, number>({ worker: failing, jobs: [3], workers: 1 }).catch((cause: unknown) => cause);
    expect(String(caught)).to.match(/out of order at job 3/);
    const leaving = worker('process.exit(7)');
    const left = await runJobs<number, number>({ worker: leaving, jobs: [3], workers: 1 }).catch((cause: unknown) => cause);
    expect(String(left)).to.match(/exit code 7/);
  });
});
