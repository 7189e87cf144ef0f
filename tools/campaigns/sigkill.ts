/** A rig killed by SIGKILL while it runs a case over a pseudo-terminal in real time, judged by the emulated pins. */

import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { randomStream } from '../../rig/sim/random.ts';
import { MAIN, now_ms, ROOT, ServedFixture } from './served-fixture.ts';

const ENERGETIC = ['loadSink', 'preAlarmSink', 'chargerSink1mA', 'chargerSink10mA', 'chargerShort'];
const LATEST_ms = 12_000;

export interface Killed {
  readonly all_ms: number;
  readonly sinks_ms: number;
}

/** Milliseconds of the wall clock from the kill to the last pin that went safe. */
export const sigkill = async (seed: number): Promise<Killed> => {
  const fixture = await ServedFixture.open(seed);
  try {
    const out = path.join(fixture.folder, 'out');
    const run = ['run', path.join(ROOT, 'scenarios/eol/production.yaml'), '--bench', fixture.device, '--out', out];
    const child = spawn(process.execPath, [MAIN, ...run], { cwd: ROOT, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await fixture.powered();
    await wait(randomStream(seed, 'kill').between(0, LATEST_ms));
    const killed_ms = now_ms();
    child.kill('SIGKILL');
    const { at_ms } = await fixture.safe(killed_ms);
    await ended;
    const sinkOff = fixture.changes.findLast(({ pin, to }) => ENERGETIC.includes(pin) && to === 'low');
    return { all_ms: at_ms - killed_ms, sinks_ms: Math.max(0, (sinkOff?.at_ms ?? 0) - killed_ms) };
  } finally {
    await fixture.close();
  }
};
