/** `rig sim serve`: the simulated fixture as a serial device for other programs, until told to stop. */

import { once } from 'node:events';
import { closeSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import type { Argv } from 'yargs';
import { calibrationFile } from '../../calibration/calibration.ts';
import { simulate } from '../../run/simulated-case.ts';
import { factoryCalibration } from '../../sim/factory-calibration.ts';
import { BOOTLOADER_FAULT_NAMES, type BootloaderFault } from '../../sim/bootloader/bootloader-fault.ts';
import { watchPins } from '../../sim/pin-log.ts';
import { serveFixture } from '../../sim/serve.ts';
import { listDefects } from '../defect-list.ts';
import { UsageError } from '../failures.ts';
import { readSeed, UNIT_OPTIONS } from '../options.ts';
import { listenForStop } from '../stop.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  ...UNIT_OPTIONS,
  calibration: {
    type: 'string',
    requiresArg: true,
    describe: "also write the board's factory calibration to this file; rig run --calibration takes it",
  },
  blank: { type: 'boolean', default: false, describe: 'the fixture’s board has nothing flashed: for rig flash' },
  plug: { type: 'boolean', default: false, describe: "the test plug is in the unit's place: for rig selftest" },
  bootloader: { choices: BOOTLOADER_FAULT_NAMES, requiresArg: true, describe: 'what is wrong with its bootloader, for rig flash' },
  link: { type: 'string', requiresArg: true, describe: 'also give the device this name (a symbolic link)' },
  pins: {
    type: 'string',
    requiresArg: true,
    describe: "also write each change of the fixture's pins to this file, one JSON object a line",
  },
} as const;

export const build = (y: Argv) =>
  y
    .positional('action', { choices: ['serve'] as const, demandOption: true, describe: 'serve: open a pseudo-terminal and answer on it' })
    .options(OPTIONS)
    .example(
      '$0 sim serve --link ./fixture --calibration fixture.json',
      'then: rig run scenarios/eol --bench ./fixture --calibration fixture.json --unproven',
    )
    .example('$0 sim serve --link ./fixture --blank', 'then: rig flash ./fixture');

interface Args {
  readonly unit?: string;
  readonly defect?: string;
  readonly seed?: string;
  readonly blank: boolean;
  readonly plug: boolean;
  readonly bootloader?: BootloaderFault;
  readonly link?: string;
  readonly calibration?: string;
  readonly pins?: string;
}

/** The name of the device, or a UsageError. */
const linkTo = (device: string, link: string): void => {
  try {
    symlinkSync(device, link);
  } catch (cause) {
    throw new UsageError(`--link ${link} cannot be made: ${(cause as Error).message}.`, 'remove what is there or give another name');
  }
};

const writeCalibration = async (seed: number, file: string): Promise<void> => {
  try {
    writeFileSync(file, calibrationFile(await factoryCalibration(seed)));
  } catch (cause) {
    throw new UsageError(`--calibration ${file} cannot be written: ${(cause as Error).message}.`, 'give another name');
  }
};

/** A file to append to, or a UsageError. */
const openLog = (file: string): number => {
  try {
    return openSync(file, 'a');
  } catch (cause) {
    throw new UsageError(`--pins ${file} cannot be written: ${(cause as Error).message}.`, 'give another name');
  }
};

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { unit, defect, link, calibration, pins, blank, plug, bootloader = null } = args;
  if (defect === 'list') return listDefects(false, surroundings);
  if (plug && (unit ?? defect) !== undefined)
    throw new UsageError('--plug puts the test plug where the unit would be.', 'leave --unit and --defect out');
  const seed = readSeed(args.seed);
  if (calibration !== undefined) await writeCalibration(seed, calibration);
  const log = pins === undefined ? null : openLog(pins);
  const simulation = simulate({ unit, defect, seed, occasion: 'serve', pace: 'real', blank, plug, bootloaderFault: bootloader });
  if (log !== null)
    watchPins(
      simulation,
      () => performance.timeOrigin + performance.now(),
      (change) => writeSync(log, `${JSON.stringify(change)}\n`),
    );
  const stop = listenForStop();
  const served = await serveFixture(simulation);
  let linked = false;
  try {
    if (link !== undefined) {
      linkTo(served.path, link);
      linked = true;
    }
    surroundings.out.write(`${link ?? served.path}\n`);
    surroundings.err.write(`A simulated fixture answers on ${served.path} at 500000 baud; Ctrl-C ends it.\n`);
    if (!stop.signal.aborted) await once(stop.signal, 'abort');
  } finally {
    stop.release();
    served.close();
    if (log !== null) closeSync(log);
    if (linked && link !== undefined) rmSync(link, { force: true });
  }
  const failure = simulation.failure();
  if (failure !== null) throw failure;
  return 0;
};
