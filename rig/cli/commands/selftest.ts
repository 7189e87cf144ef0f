/** `rig selftest`: every channel of the fixture, looked at through the test plug; stored for whoever asks whether the board is sound. */

import { writeFileSync } from 'node:fs';
import type { Argv } from 'yargs';
import { renderSelfTest } from '../../../reports/render/self-test.ts';
import { besideFile } from '../../bench-file/load.ts';
import { selfTestName } from '../../bench-file/self-tested.ts';
import { loadKnown } from '../../selftest/known.ts';
import { selfTest, type SelfTestOptions } from '../../selftest/self-test.ts';
import { simulatedSelfTest } from '../../selftest/simulated.ts';
import { BENCH_OPTIONS, type BenchArgs, chooseBench, isSimulated, resolveBench } from '../bench-choice.ts';
import { findFaults } from '../../sim/faults/catalogue.ts';
import { UsageError } from '../failures.ts';
import { listFaults } from '../fault-list.ts';
import { FAULT_OPTION, JSON_OPTION, readFaults, readSeed, UNIT_OPTIONS } from '../options.ts';
import { isLively, printOptions, type Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  ...BENCH_OPTIONS,
  seed: UNIT_OPTIONS.seed,
  ...FAULT_OPTION,
  all: { type: 'boolean', default: false, describe: 'list every check, not only those that failed' },
  out: { type: 'string', requiresArg: true, describe: 'file for the result [default: <board>.selftest.json, beside the bench file]' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 selftest --bench bench.yaml', "with the test plug in the unit's place, 10 V")
    .example('$0 selftest --fault bias-load-stuck-off', 'the simulated board with a fault: which checks it fails')
    .example('$0 selftest --out board.json --all', 'the simulated board, every value with its range');

interface Args extends BenchArgs {
  readonly seed?: string;
  readonly fault?: string | readonly string[];
  readonly all: boolean;
  readonly out?: string;
  readonly json: boolean;
}

const GUIDE = `Put the test plug in the unit's place and close the lid. At most 10 V will be there, and 1 A for some milliseconds.\n`;

const progress = (json: boolean, surroundings: Surroundings) => {
  const { err } = surroundings;
  const lively = !json && isLively(surroundings, err);
  return {
    onProgress: (done: number, of: number, title: string): void => {
      if (lively) err.write(`\r\u001B[K[${done + 1}/${of}] ${title}`);
      else if (!json) err.write(`[${String(done + 1).padStart(2)}/${of}] ${title}\n`);
    },
    finish: (): void => {
      if (lively) err.write('\r\u001B[K');
    },
  };
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { out, err, clock, now } = surroundings;
  const names = readFaults(args.fault);
  if (names.includes('list')) return listFaults(args.json, surroundings);
  const choice = chooseBench(args, surroundings);
  if (args.bench === 'reference') throw new UsageError('The reference has no board to test.', 'give --bench sim, a port or a bench file');
  const simulated = isSimulated(choice);
  if (names.length > 0 && !simulated)
    throw new UsageError('--fault is for the simulated board; a real one has its own.', 'leave one of the two out');
  const faults = findFaults(names);
  const seed = readSeed(args.seed);
  const path = await resolveBench(choice, seed, surroundings);
  const { file } = choice;
  if (!args.json && !simulated) err.write(GUIDE);
  const show = progress(args.json, surroundings);
  const options: Omit<SelfTestOptions, 'path' | 'clock' | 'simulated'> = {
    board: file?.board ?? null,
    known: loadKnown(),
    made: now(),
    onProgress: show.onProgress,
  };
  const running = simulated ? simulatedSelfTest(options, { seed, faults }) : selfTest({ ...options, path, clock, simulated });
  const result = await running.finally(show.finish);
  const name = selfTestName(result.board);
  const target = args.out ?? (file === null ? name : besideFile(file, name));
  try {
    writeFileSync(target, `${JSON.stringify(result, null, 2)}\n`);
  } catch (cause) {
    throw new UsageError(`The result cannot be written to ${target}: ${(cause as Error).message}.`, 'give another file with --out');
  }
  out.write(
    args.json ? `${JSON.stringify(result)}\n` : renderSelfTest(result, { ...printOptions(surroundings), all: args.all, file: target }),
  );
  return result.exit;
};
