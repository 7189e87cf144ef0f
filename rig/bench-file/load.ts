/** Which bench file a command means, and the file read: given by option or environment, or the `bench.yaml` of the folder one stands in. */

import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { Issue } from '../../scenarios/contracts/issue.ts';
import { readBenchFile } from '../../scenarios/language/bench/read.ts';
import { plainBytes } from '../run/plain-file.ts';
import { LARGEST_FILE_bytes } from '../run/scenario-files.ts';

export const DEFAULT_BENCH_FILE = 'bench.yaml';
export const BENCH_FILE_VARIABLE = 'RIG_BENCH_FILE';

export type LoadedBench = { readonly ok: true; readonly bench: BenchFile } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Looks like a bench file and not like a port: `--bench bench.yaml`. */
export const isBenchFileName = (bench: string): boolean => /\.ya?ml$/i.test(bench);

/**
 * Where no option names a file, the environment does, and else the folder has one. Only for commands on a real fixture: what the simulated bench does
 * must not depend on the folder one stands in.
 */
export const defaultBenchFile = (env: Readonly<Record<string, string | undefined>>): string | null => {
  const named = env[BENCH_FILE_VARIABLE];
  if (named !== undefined && named !== '') return named;
  return existsSync(DEFAULT_BENCH_FILE) ? DEFAULT_BENCH_FILE : null;
};

const unreadable = (file: string, message: string): LoadedBench => ({
  ok: false,
  issues: [{ id: 'file-unreadable', severity: 'error', file, line: 1, col: 1, message, hint: 'check the path of the bench file' }],
});

export const loadBenchFile = (file: string): LoadedBench => {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_FILE_bytes) return unreadable(file, `the file has ${size} bytes; a bench file has a few hundred`);
    return readBenchFile({ file, bytes: plainBytes(file) });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return unreadable(file, code === 'ENOENT' ? 'the file does not exist' : `the file cannot be read: ${message}`);
  }
};

/** A path that the file names, from where the file lies. */
export const besideFile = ({ file }: BenchFile, named: string): string => path.resolve(path.dirname(file), named);

/** What is kept of a board beside its calibration: `<board>.<name>`. */
export const besideCalibration = (file: BenchFile, name: string): string =>
  path.join(path.dirname(besideFile(file, file.calibration)), `${file.board}.${name}`);
