/** A command run inside the test's process: its two streams as text, its exit code, and a folder that goes away with the test. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { errorDocument } from '../../../reports/shape/documents.ts';
import type { Clock } from '../../../scenarios/contracts/clocks.ts';
import { hostTime } from '../../../scenarios/contracts/clocks.ts';
import { wallTimeOf, type WallTime_ms } from '../../calendar.ts';
import { hostClock } from '../../host-clock.ts';
import { runCommandLine } from '../command-line.ts';
import type { TextStream } from '../surroundings.ts';

export interface Finished {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Any day will do. */
const TODAY = wallTimeOf('2026-11-28T10:00:00Z');

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly isTerminal?: boolean;
  readonly clock?: Clock;
  readonly now?: WallTime_ms;
  /** Called with what is written on standard error, as it is written. */
  readonly onErr?: (text: string) => void;
}

const stream = (add: (text: string) => void, terminal: boolean): TextStream => ({
  write: add,
  isTerminal: terminal,
  columns: 100,
  rows: 24,
});

export const runCommand = async (
  argv: readonly string[],
  { env = {}, isTerminal = false, clock = hostClock, now = TODAY, onErr }: CommandOptions = {},
): Promise<Finished> => {
  let out = '';
  let err = '';
  const exit = await runCommandLine(argv, {
    out: stream((text) => (out += text), isTerminal),
    // The live list goes to the process's own standard error; its test uses a real terminal.
    err: stream((text) => {
      err += text;
      onErr?.(text);
    }, false),
    // Never the keys of whoever runs the tests.
    env: { RIG_KEYS: path.join(tmpdir(), 'bms-rig-test-keys'), ...env },
    clock,
    now: () => now,
  });
  return { exit, out, err };
};

/** The host's clock, so many times as fast: seconds of patience pass in a moment. */
export const hurriedClock = (factor: number): Clock => ({
  now: () => hostTime(hostClock.now() * factor),
  sleep: (ms, signal) => hostClock.sleep(ms / factor, signal),
  external: (work) => work,
});

/**
 * Runs a command that must be refused, both ways: the same message for people on standard error and for programs in the one error document on standard
 * output. Gives the message and its hint.
 */
export const refused = async (
  argv: readonly string[],
  exit: 2 | 3,
  options: CommandOptions = {},
): Promise<{ readonly message: string; readonly hint: string; readonly issues: readonly string[]; readonly code: string }> => {
  const [plain, json] = [await runCommand(argv, options), await runCommand([...argv, '--json'], options)];
  expect([plain.exit, json.exit], plain.err).to.deep.equal([exit, exit]);
  expect(plain.out, 'nothing but results on standard output').to.equal('');
  expect(plain.err, 'no stack').not.to.match(/\n\s+at |Error:/);
  expect(json.err).to.equal('');
  const document = errorDocument.parse(JSON.parse(json.out));
  expect(document.exit).to.equal(exit);
  const { message, hint, code } = document.error;
  expect(plain.err).to.contain(message).and.to.contain(hint);
  expect(message).to.match(/[.!?]$/);
  return {
    message,
    hint,
    code,
    issues: document.issues.map(({ line, col, message: what, hint: how }) => `${line}:${col} ${what} (${how})`),
  };
};

export interface Scratch {
  readonly path: string;
  /** Writes a file and gives its path. */
  file(name: string, contents: string | Uint8Array): string;
  remove(): void;
}

export const scratchFolder = (): Scratch => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bms-rig-cli-'));
  return {
    path: folder,
    file: (name, contents) => {
      const file = path.join(folder, name);
      writeFileSync(file, contents);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** Four seconds with nothing happening: passes on a good unit. */
export const QUIET_SCENARIO = `scenario: Nothing happens to a healthy battery
covers: [LOAD-HEALTHY]
steps: []
until: 4 s
`;
