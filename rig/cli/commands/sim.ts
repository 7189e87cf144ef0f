/** `rig sim serve`: the simulated fixture as a serial device for other programs, until told to stop. */

import { rmSync, symlinkSync } from 'node:fs';
import type { Argv } from 'yargs';
import { simulate } from '../../run/simulated-case.ts';
import { serveFixture } from '../../sim/serve.ts';
import { UsageError } from '../failures.ts';
import { listenForStop } from '../stop.ts';

export const build = (y: Argv) =>
  y
    .positional('action', { choices: ['serve'] as const, demandOption: true, describe: 'serve: open a pseudo-terminal and answer on it' })
    .option('unit', { type: 'string', describe: 'Intel HEX image for the simulated unit' })
    .option('defect', { type: 'string', describe: 'a named defect of the simulated unit' })
    .option('seed', { type: 'number', default: 1, describe: 'draws parts, crystals and noise' })
    .option('link', { type: 'string', describe: 'also give the device this name (a symbolic link)' })
    .example('$0 sim serve --link ./fixture', 'then: rig run scenarios/eol --bench ./fixture');

interface Args {
  readonly unit?: string;
  readonly defect?: string;
  readonly seed: number;
  readonly link?: string;
}

export const handle = async ({ unit, defect, seed, link }: Args): Promise<number> => {
  const simulation = simulate({ unit, defect, seed, occasion: 'serve', pace: 'real' });
  const served = await serveFixture(simulation);
  if (link !== undefined) {
    try {
      symlinkSync(served.path, link);
    } catch (cause) {
      served.close();
      throw new UsageError(`--link ${link} cannot be made: ${(cause as Error).message}`, 'remove what is there or give another name');
    }
  }
  const stop = listenForStop();
  process.stdout.write(`${link ?? served.path}\n`);
  process.stderr.write(`A simulated fixture answers on ${served.path} at 500000 baud; Ctrl-C ends it.\n`);
  await new Promise<void>((resolve) => {
    if (stop.signal.aborted) resolve();
    else stop.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  stop.release();
  served.close();
  if (link !== undefined) rmSync(link, { force: true });
  const failure = simulation.failure();
  if (failure !== null) throw failure;
  return 0;
};
