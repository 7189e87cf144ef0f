/** How long `rig watch` takes from a save to the drawing of what was saved, as its users see it: a process of its own that is already watching, its output read as it comes. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { median } from './timed-run.ts';

const ROOT = path.join(import.meta.dirname, '../..');
/** The largest file that is written by hand: all that one end-of-line case has. */
const SCENARIO = path.join(ROOT, 'scenarios/eol/production.yaml');
const SAVES = 20;
/** The first saves find code that has never run. */
const FIRST_SAVES = 3;
const DRAWN = 'Ctrl-C ends)\n';
const PATIENCE_ms = 30_000;

export interface WatchRun {
  readonly median_ms: number;
  readonly slowest_ms: number;
  /** The very first save. */
  readonly first_ms: number;
}

/** As editors save: never half a file. */
const save = (file: string, text: string): void => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

/** Throws where a drawing does not come, or is not of what was saved. */
export const watchSaves = async (): Promise<WatchRun> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-watch-'));
  const file = path.join(folder, 'watched.yaml');
  const text = readFileSync(SCENARIO, 'utf8');
  save(file, text);
  const child = spawn(process.execPath, ['rig/cli/launcher.cjs', 'watch', file], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  const drawing = async (word: string): Promise<number> => {
    const until = performance.now() + PATIENCE_ms;
    while (!(out.includes(word) && out.endsWith(DRAWN))) {
      const left_ms = until - performance.now();
      if (left_ms <= 0) throw new Error(`rig watch drew nothing with "${word}" in ${PATIENCE_ms / 1000} s.`);
      await Promise.race([once(child.stdout, 'data'), delay(left_ms, undefined, { ref: false })]);
    }
    const at = performance.now();
    out = '';
    return at;
  };
  child.stdout.setEncoding('utf8').on('data', (more: string) => void (out += more));
  const ended = once(child, 'exit');
  try {
    await drawing('0 mistakes');
    const all_ms: number[] = [];
    for (let nth = 1; nth <= FIRST_SAVES + SAVES; nth += 1) {
      // At another instant between two looks each time.
      await delay(100 + ((nth * 7) % 40));
      // The title is drawn, and tells which save this is.
      const name = `saved-${nth}`;
      const began_ms = performance.now();
      save(file, text.replace(/^scenario: .*$/mu, `scenario: ${name}`));
      all_ms.push((await drawing(name)) - began_ms);
    }
    const later = all_ms.slice(FIRST_SAVES);
    return { median_ms: median(later), slowest_ms: Math.max(...later), first_ms: all_ms[0]! };
  } finally {
    child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) {
  const { median_ms, slowest_ms, first_ms } = await watchSaves();
  process.stdout.write(
    `save to drawing: ${median_ms.toFixed(0)} ms (median of ${SAVES}), ${slowest_ms.toFixed(0)} ms at the worst, ${first_ms.toFixed(0)} ms for the first\n`,
  );
}
