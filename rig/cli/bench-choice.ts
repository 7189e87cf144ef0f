/** Which bench a command line means: the simulated one, the model alone, a port, or the bench that a bench file describes. */

import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import { nearest } from '../../scenarios/language/nearest.ts';
import { BENCH_FILE_VARIABLE, defaultBenchFile, DEFAULT_BENCH_FILE, isBenchFileName, loadBenchFile } from '../bench-file/load.ts';
import { findPort } from '../bench-file/find-port.ts';
import { RigError } from '../error.ts';
import { boardIdOf } from '../sim/board-id.ts';
import { hex } from '../wire/lines.ts';
import { IssuesError, UsageError } from './failures.ts';
import type { Surroundings } from './surroundings.ts';

export const BENCH_OPTIONS = {
  bench: {
    type: 'string',
    requiresArg: true,
    default: 'sim',
    describe: 'sim, reference (the model alone), a serial port, or a bench file: its board is looked for on all ports',
  },
  'bench-file': {
    type: 'string',
    requiresArg: true,
    describe: `ratings, calibration and limits of the bench [default for a port: $${BENCH_FILE_VARIABLE}, else ./${DEFAULT_BENCH_FILE} where there is one]`,
  },
} as const;

export interface BenchArgs {
  readonly bench: string;
  readonly 'bench-file'?: string;
}

export interface BenchChoice {
  /** Null: the port on which the file's board answers. */
  readonly bench: string | null;
  readonly file: BenchFile | null;
}

/** What looks like a path, or like Windows' name of a port. */
const PORT_NAME = /[\\/]|^COM\d+$/i;

/** Throws IssuesError for a bench file with mistakes. */
const read = (file: string): BenchFile => {
  const loaded = loadBenchFile(file);
  if (!loaded.ok) throw new IssuesError(loaded.issues, 'bench file');
  return loaded.bench;
};

/** The bench file of a command that needs no bench: the one named, else the environment's or the folder's; null where there is none. Throws IssuesError. */
export const namedBenchFile = (named: string | undefined, { env }: Pick<Surroundings, 'env'>): BenchFile | null => {
  const found = named ?? defaultBenchFile(env);
  return found === null ? null : read(found);
};

/** Throws UsageError, or IssuesError for a bench file with mistakes. */
export const chooseBench = ({ bench, 'bench-file': named }: BenchArgs, { env, err }: Pick<Surroundings, 'env' | 'err'>): BenchChoice => {
  if (isBenchFileName(bench)) {
    if (named !== undefined)
      throw new UsageError(`--bench ${bench} is a bench file, and --bench-file names another.`, 'leave one of the two out');
    return { bench: null, file: read(bench) };
  }
  const meant = bench === 'sim' || bench === 'reference' || PORT_NAME.test(bench) ? undefined : nearest(bench, ['sim', 'reference']);
  if (meant !== undefined) throw new UsageError(`There is no bench "${bench}".`, `did you mean --bench ${meant}?`);
  if (bench === 'reference' && named !== undefined)
    throw new UsageError('--bench-file is for a bench; the reference is none.', 'leave one of the two out');
  if (named !== undefined) return { bench, file: read(named) };
  const found = bench === 'sim' || bench === 'reference' ? null : defaultBenchFile(env);
  if (found === null) return { bench, file: null };
  err.write(`Bench file: ${found}\n`);
  return { bench, file: read(found) };
};

export const isSimulated = ({ bench }: BenchChoice): boolean => bench === 'sim';

/** The port, `sim` or `reference`. Throws RigError where the file's board is on no port, or the simulated board is another than the file's. */
export const resolveBench = async ({ bench, file }: BenchChoice, seed: number, { clock }: Pick<Surroundings, 'clock'>): Promise<string> => {
  if (bench === null) return findPort(file!.board, { clock });
  if (bench === 'sim' && file !== null) assertBoard(hex(boardIdOf(seed), 8), file, `The simulated board of seed ${seed}`);
  return bench;
};

/** Throws RigError `boardMismatch` where a bench file speaks of another board. */
export const assertBoard = (board: string, file: BenchFile, what: string): void => {
  if (board === file.board) return;
  const { line } = file.placeOf('board');
  throw new RigError('boardMismatch', `${what} has the id ${board}; ${file.file}:${line} is for board ${file.board}.`, {
    hint: 'give the bench file of this board',
    blame: 'operator',
  });
};
