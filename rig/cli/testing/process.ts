/** The rig as a process of its own, for what only a process can show: signals, exit codes, a terminal. */

import { execFileSync, spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
export const LAUNCHER = fileURLToPath(new URL('../launcher.cjs', import.meta.url));

const RUNS_TYPESCRIPT = 24;

/** A Node.js on this machine that is too old to run the rig itself, so that the launcher must start the packaged one; null where there is none. */
export const olderNode = (): string | null => {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
  const programs = folders.map((folder) => path.join(folder, 'node')).filter((file) => existsSync(file));
  return (
    programs.find((file) => Number(/^v(\d+)/.exec(execFileSync(file, ['--version'], { encoding: 'utf8' }))?.[1]) < RUNS_TYPESCRIPT) ?? null
  );
};

export interface Started {
  readonly child: ChildProcess;
  /** Resolves when standard error has said it. */
  readonly says: (words: string) => Promise<void>;
  /** When all its streams are closed, also those that a child of its own had. */
  readonly ended: Promise<{
    readonly exit: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly out: string;
    readonly err: string;
  }>;
}

export const start = (
  program: string,
  argv: readonly string[],
  { stdio = ['ignore', 'pipe', 'pipe'], cwd }: { stdio?: StdioOptions; cwd?: string } = {},
): Started => {
  const child = spawn(program, argv, { stdio, ...(cwd !== undefined && { cwd }) });
  let out = '';
  let err = '';
  const waiting: { readonly words: string; readonly resolve: () => void }[] = [];
  const look = (): void => {
    for (const { words, resolve } of waiting) if (err.includes(words)) resolve();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    look();
  });
  const ended = new Promise<Awaited<Started['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => resolve({ exit, signal, out, err }));
  });
  return {
    child,
    says: (words) =>
      new Promise((resolve, reject) => {
        waiting.push({ words, resolve });
        look();
        void ended.then(() => reject(new Error(`It ended without saying "${words}": ${err}`)));
      }),
    ended,
  };
};
