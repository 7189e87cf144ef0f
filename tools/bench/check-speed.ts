/** How long `rig check` takes for a thousand scenarios, each different from the others, as its users start it: a process of its own that has compiled code of an earlier start, and nothing else. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
const SUITE = path.join(ROOT, 'scenarios/regression');
export const FILES = 1_000;
/** By so much each copy's waits are longer than those of the copy before it, so that no prediction can be had twice. */
const LONGER_s = 1e-5;

const varied = (text: string, copy: number): string =>
  text.replaceAll(
    /\bwait: (\d+(?:\.\d+)?) s\b/gu,
    (_, seconds: string) => `wait: ${Number((Number(seconds) + copy * LONGER_s).toFixed(5))} s`,
  );

/** The regression suite again and again, into folders below `into`. */
const writeScenarios = (into: string): void => {
  const names = readdirSync(SUITE).filter((name) => name.endsWith('.yaml'));
  for (let index = 0; index < FILES; index += 1) {
    const [name, copy] = [names[index % names.length]!, Math.floor(index / names.length)];
    const folder = path.join(into, `copy-${copy}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, name), varied(readFileSync(path.join(SUITE, name), 'utf8'), copy));
  }
};

export interface CheckRun {
  readonly wall_s: number;
  /** Processor time of all its threads. */
  readonly busy_s: number;
  readonly cases: number;
}

/** Throws where the check does not find them sound. */
const check = (...paths: readonly string[]): CheckRun => {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--require', path.join(import.meta.dirname, 'busy.cjs'), 'rig/cli/launcher.cjs', 'check', ...paths, '--json'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const wall_s = (performance.now() - start) / 1000;
  const busy = /^busy (?<s>[\d.]+)$/mu.exec(stderr)?.groups?.['s'];
  if (status !== 0 || busy === undefined) throw new Error(`rig check of ${paths.length} folders of sound files ended with ${status}.`);
  return { wall_s, busy_s: Number(busy), cases: (JSON.parse(stdout) as { readonly cases: number }).cases };
};

/** Throws where the check does not find them sound. */
export const checkThousand = (): CheckRun => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-check-'));
  try {
    writeScenarios(folder);
    // Leaves its compiled code, that of the worker threads included.
    const warm = check(path.join(folder, 'copy-0'), path.join(folder, 'copy-1'), path.join(folder, 'copy-2'));
    if (warm.cases === 0) throw new Error('rig check found no case.');
    return check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) {
  const { wall_s, busy_s, cases } = checkThousand();
  process.stdout.write(`${FILES} files, ${cases} cases: ${wall_s.toFixed(2)} s, ${busy_s.toFixed(2)} s of processor time\n`);
}
