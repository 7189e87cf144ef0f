/** Every way to stop a run at once, over a pseudo-terminal in real time, and how long it takes until the emulated pins are safe. */

import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { olderNode } from '../../rig/cli/testing/process.ts';
import { randomStream } from '../../rig/sim/random.ts';
import { MAIN, minuteScenario, now_ms, ROOT, ServedFixture } from './served-fixture.ts';

export interface AbortWay {
  readonly id: string;
  readonly start: (run: readonly string[]) => ChildProcess;
  readonly stop: (child: ChildProcess) => void;
}

const quiet: SpawnOptions = { cwd: ROOT, stdio: ['pipe', 'ignore', 'ignore'] };
const direct = (run: readonly string[]): ChildProcess => spawn(process.execPath, [MAIN, ...run], quiet);
const npx = (run: readonly string[]): ChildProcess => spawn('npx', ['--no-install', 'rig', ...run], quiet);
/** A parent that does nothing but have the rig as its child. */
const childOf = (run: readonly string[]): ChildProcess => {
  const code = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([MAIN, ...run])}, { stdio: 'ignore' }); setInterval(() => {}, 1e6);`;
  return spawn(process.execPath, ['-e', code], quiet);
};
/** `script` gives the command a terminal of its own, whose keyboard is our pipe. */
const inTerminal = (run: readonly string[]): ChildProcess =>
  spawn('script', ['-qec', ['npx', '--no-install', 'rig', ...run].map((word) => `'${word}'`).join(' '), '/dev/null'], quiet);
const signal =
  (name: NodeJS.Signals) =>
  (child: ChildProcess): void =>
    void child.kill(name);

export const ABORT_WAYS: readonly AbortWay[] = [
  { id: 'abort-sigint-rig', start: direct, stop: signal('SIGINT') },
  { id: 'abort-sigterm-rig', start: direct, stop: signal('SIGTERM') },
  {
    id: 'abort-sigterm-launcher',
    start: (run) => spawn(olderNode() ?? process.execPath, [path.join(ROOT, 'rig/cli/launcher.cjs'), ...run], quiet),
    stop: signal('SIGTERM'),
  },
  { id: 'abort-sigterm-npx', start: npx, stop: signal('SIGTERM') },
  { id: 'abort-sigkill-npx', start: npx, stop: signal('SIGKILL') },
  { id: 'abort-parent-gone', start: childOf, stop: signal('SIGKILL') },
  { id: 'abort-ctrl-c', start: inTerminal, stop: (child) => child.stdin?.write('\u0003') },
  { id: 'abort-terminal-gone', start: inTerminal, stop: signal('SIGKILL') },
];
export const ABORT_ms = 100;

/** Milliseconds from the stop to the last pin that went safe. */
export const abortOnce = async ({ start, stop }: AbortWay, seed: number): Promise<number> => {
  const fixture = await ServedFixture.open(seed);
  try {
    const run = ['run', minuteScenario(fixture.folder), '--bench', fixture.device, '--out', path.join(fixture.folder, 'out')];
    const child = start(run);
    const ended = new Promise((resolve) => child.once('close', resolve));
    await fixture.powered();
    await wait(randomStream(seed, 'abort').between(0, 300));
    const asked_ms = now_ms();
    stop(child);
    const { at_ms } = await fixture.safe(asked_ms);
    await ended;
    return at_ms - asked_ms;
  } finally {
    await fixture.close();
  }
};
