/** What a run knows of its unit's firmware: on a simulated bench what runs, on a real one what was put there, or what somebody says. */

import path from 'node:path';
import type { BenchFile } from '../../scenarios/contracts/bench-file.ts';
import type { Clock } from '../../scenarios/contracts/clocks.ts';
import { programUnit, type UnitFirmware } from '../flash/program-unit.ts';
import { loadImage } from './images.ts';
import { chooseUnit, type UnitOptions } from './unit-choice.ts';

export interface KnownFirmware {
  /** Null where no unit takes part. */
  readonly known: UnitFirmware | null;
  /** sha256 of the image; null where none was named. */
  readonly hash: string | null;
}

export interface FirmwareOptions extends UnitOptions {
  readonly bench: string;
  readonly benchFile?: BenchFile | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What a programmer says. */
  readonly onOutput?: (text: string) => void;
}

/** Puts the image into a real unit where the bench file says how. Throws what `programUnit` and `loadImage` throw. */
export const prepareUnit = async (options: FirmwareOptions): Promise<KnownFirmware> => {
  const { bench, unit, benchFile, clock, signal, onOutput = () => undefined } = options;
  if (bench === 'reference') return { known: null, hash: null };
  if (bench !== 'sim' && unit === undefined) return { known: 'unknown', hash: null };
  const { image } = chooseUnit(options);
  const { hash } = loadImage(image, 'unit');
  if (bench === 'sim') return { known: 'verified', hash };
  const program = benchFile?.unitProgram ?? null;
  if (program === null) return { known: 'declared', hash };
  const folder = path.dirname(benchFile!.file);
  return { known: await programUnit({ program, folder, image, clock, signal, onOutput }), hash };
};
