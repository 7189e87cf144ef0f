/** `rig calibrate`: guides through the calibration of a board with a meter and the test plug, and stores what came of it. */

import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { Argv } from 'yargs';
import { besideFile } from '../../bench-file/load.ts';
import { DRIVES } from '../../../scenarios/signals.ts';
import { isoOf, later } from '../../calendar.ts';
import { calibrationFile, calibrationId, type Calibration, YEAR_ms } from '../../calibration/calibration.ts';
import { calibrateFixture } from '../../calibration/on-fixture.ts';
import { meterPoints_mV } from '../../calibration/procedure.ts';
import { WORST_METER } from '../../calibration/quality.ts';
import { SIMULATED_METER, simulatedMeter } from '../../calibration/simulated-meter.ts';
import { TERMINAL_NODES } from '../../fixture/netlist/terminals.ts';
import { FIXTURE_IMAGE, loadImage, UNIT_IMAGE } from '../../run/images.ts';
import { PLUGGED_NETLIST } from '../../sim/factory-calibration.ts';
import { openSimulation } from '../../sim/simulation.ts';
import { BENCH_OPTIONS, type BenchArgs, chooseBench, isSimulated, resolveBench } from '../bench-choice.ts';
import { UsageError } from '../failures.ts';
import { JSON_OPTION, readSeed, UNIT_OPTIONS } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

export const OPTIONS = {
  ...BENCH_OPTIONS,
  seed: UNIT_OPTIONS.seed,
  out: {
    type: 'string',
    requiresArg: true,
    describe: "file for the calibration [default: the bench file's, else <board>.calibration.json]",
  },
  readings: { type: 'string', requiresArg: true, describe: 'file with what the meter shows, in volts, one a line, instead of typing' },
  meter: { type: 'string', requiresArg: true, describe: 'name of the meter, as it shall stand in the record' },
  ...JSON_OPTION,
} as const;

export const build = (y: Argv) =>
  y
    .options(OPTIONS)
    .example('$0 calibrate --bench bench.yaml --meter "DMM 7, serial 1234"', 'guided, readings typed in')
    .example('$0 calibrate --out board.json', 'the simulated board, with a simulated meter');

interface Args extends BenchArgs {
  readonly seed?: string;
  readonly out?: string;
  readonly readings?: string;
  readonly meter?: string;
  readonly json: boolean;
}

const volts = (mV: number): string => `${(mV / 1000).toFixed(1)} V`;

/** One reading in volts, as millivolts. */
const readingOf = (text: string): number => {
  const value = Number(text.trim().replace(/\s*V$/i, ''));
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`"${text}" is no voltage.`, 'volts with a decimal point, for example 14.987');
  return value * 1000;
};

/** Readings one after the other from a file. */
const fromFile = (file: string, points: readonly number[]): ((about_mV: number) => Promise<number>) => {
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '');
  } catch (cause) {
    throw new UsageError(`--readings ${file} cannot be read: ${(cause as Error).message}.`, 'check the path');
  }
  if (lines.length !== points.length)
    throw new UsageError(
      `--readings ${file} has ${lines.length} lines; ${points.length} readings are wanted.`,
      `one for each of ${points.map(volts).join(', ')}`,
    );
  const readings = lines.map(readingOf);
  return () => Promise.resolve(readings.shift()!);
};

const typed = (about_mV: number): Promise<number> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return terminal
    .question(`The meter between battery plus and minus of the plug, about ${volts(about_mV)}: `)
    .then(readingOf)
    .finally(() => terminal.close());
};

const guide = (
  points: readonly number[],
): string => `Put the test plug in the unit's place, the meter on its sockets for battery plus and minus (DC volts, 5 1/2 digits), and close the lid.
Up to ${volts(points.at(-1)!)} DC will be there. ${points.length} readings are asked for; the rest goes by itself.\n`;

export const handle = async (args: Args, surroundings: Surroundings): Promise<number> => {
  const { out, err, clock, now } = surroundings;
  const choice = chooseBench(args, surroundings);
  if (args.bench === 'reference')
    throw new UsageError('The reference has no board to calibrate.', 'give --bench sim, a port or a bench file');
  const simulated = isSimulated(choice);
  const seed = readSeed(args.seed);
  const name = args.meter ?? (simulated ? SIMULATED_METER.name : undefined);
  if (name === undefined) throw new UsageError('--meter is missing.', 'name the meter, for example --meter "DMM 7, serial 1234"');
  const supply_mV = choice.file?.ratings.supply_mV ?? DRIVES.supply.analog_mV.max;
  const points = meterPoints_mV(supply_mV);
  const read = args.readings === undefined ? null : fromFile(args.readings, points);
  const path = await resolveBench(choice, seed, surroundings);
  const file = choice.file;
  const made = now();
  const dates = { made: isoOf(made), expires: isoOf(later(made, file === null ? YEAR_ms : file.limits.calibration_us / 1000)) };
  const meter = { name, ...WORST_METER };
  if (!args.json && !simulated) err.write(guide(points));
  let calibration: Calibration;
  if (simulated) {
    const images = { fixtureImage: loadImage(FIXTURE_IMAGE, 'fixture').image, unitImage: loadImage(UNIT_IMAGE, 'unit').image };
    const simulation = openSimulation({ seed, occasion: 'calibrate', ...images, netlist: PLUGGED_NETLIST, pace: 'virtual' });
    const shows = simulatedMeter(seed);
    const show = (): Promise<number> => Promise.resolve(shows(simulation.circuit.voltage(TERMINAL_NODES.batteryPlus)));
    try {
      const { binding, path: port, clock: virtual } = simulation;
      calibration = await calibrateFixture({
        binding,
        path: port,
        clock: virtual,
        board: file?.board ?? null,
        read: read ?? show,
        meter,
        dividers: file?.dividers,
        supply_mV,
        ...dates,
      });
    } finally {
      simulation.close();
    }
  } else {
    calibration = await calibrateFixture({
      path,
      clock,
      board: file?.board ?? null,
      read: read ?? typed,
      meter,
      dividers: file?.dividers,
      supply_mV,
      ...dates,
    });
  }
  const target = args.out ?? (file === null ? `${calibration.board}.calibration.json` : besideFile(file, file.calibration));
  try {
    writeFileSync(target, calibrationFile(calibration));
  } catch (cause) {
    throw new UsageError(`The calibration cannot be written to ${target}: ${(cause as Error).message}.`, 'give another file with --out');
  }
  const { board, expires } = calibration;
  if (args.json) {
    const { toCalibrateDocument } = await import('../../../reports/json.ts');
    out.write(
      `${JSON.stringify(toCalibrateDocument({ simulated, board, id: calibrationId(calibration), file: target, made: calibration.made!, expires: expires! }))}\n`,
    );
  } else out.write(`Board ${board} is calibrated (${calibrationId(calibration)}), until ${expires}: ${target}\n`);
  return 0;
};
