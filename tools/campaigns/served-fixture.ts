/** A simulated fixture served to another process, and what its pins do, read from the log it writes. */

import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isSupplyOfCase } from '../../rig/sim/case-supply.ts';
import { isSafe, type PinChange } from '../../rig/sim/pin-log.ts';

export const ROOT = path.join(import.meta.dirname, '../..');
export const MAIN = path.join(ROOT, 'rig/cli/main.ts');

const LOOK_ms = 5;
const CHUNK = 65_536;

/** Wall clock in ms, the same for all processes of one machine to within a fraction of a millisecond. */
export const now_ms = (): number => performance.timeOrigin + performance.now();

export class ServedFixture {
  readonly folder: string;
  /** What another process opens. */
  readonly device: string;
  readonly changes: PinChange[] = [];
  readonly #state = new Map<string, PinChange['to']>();
  readonly #log: number;
  readonly #child: ChildProcess;
  #rest = '';

  private constructor(folder: string, child: ChildProcess) {
    this.folder = folder;
    this.device = path.join(folder, 'fixture');
    this.#log = openSync(path.join(folder, 'pins'), 'r');
    this.#child = child;
  }

  static async open(seed: number): Promise<ServedFixture> {
    const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-served-'));
    writeFileSync(path.join(folder, 'pins'), '');
    const served = ['sim', 'serve', '--link', path.join(folder, 'fixture'), '--pins', path.join(folder, 'pins'), '--seed', String(seed)];
    const child = spawn(process.execPath, [MAIN, ...served], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`rig sim serve ended with ${code}: ${said}`)));
    });
    return new ServedFixture(folder, child);
  }

  /** Reads what has been written since. */
  #read(): void {
    const buffer = Buffer.alloc(CHUNK);
    for (let length = readSync(this.#log, buffer); length > 0; length = readSync(this.#log, buffer)) {
      const lines = `${this.#rest}${buffer.toString('utf8', 0, length)}`.split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) {
        const change = JSON.parse(line) as PinChange;
        this.changes.push(change);
        this.#state.set(change.pin, change.to);
      }
    }
  }

  /** Resolves with the change after which `wanted` held; rejects after `patience_ms`. */
  async until(wanted: (state: ReadonlyMap<string, PinChange['to']>) => boolean, patience_ms: number): Promise<PinChange> {
    for (const end = now_ms() + patience_ms; now_ms() < end; await wait(LOOK_ms)) {
      this.#read();
      const last = this.changes.at(-1);
      if (last !== undefined && wanted(this.#state)) return last;
    }
    throw new Error(`The pins did not come to that within ${patience_ms} ms.`);
  }

  /** When a case has the supply on. */
  powered(): Promise<PinChange> {
    return this.until((state) => state.get('supplyStrong') === 'high' && isSupplyOfCase(Number(state.get('supply'))), 60_000);
  }

  /** Throws where nothing was on any more at `since_ms`: that would show nothing. */
  async safe(since_ms: number, patience_ms = 10_000): Promise<PinChange> {
    const last = await this.until(isSafe, patience_ms);
    if (last.at_ms < since_ms) throw new Error('The pins were safe before anything was stopped.');
    return last;
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await gone;
    closeSync(this.#log);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A case that lasts long enough to be stopped anywhere in it. */
export const minuteScenario = (folder: string): string => {
  const file = path.join(folder, 'minute.yaml');
  writeFileSync(file, 'scenario: A minute in real time\ncovers: [LOAD-HEALTHY]\nsteps: []\nuntil: 1 min\n');
  return file;
};
