/** Which calibration a command measures with: the one named, the bench file's, or the simulated board's own. */

import { existsSync } from 'node:fs';
import type { CalibrationOption } from '../run/calibration-choice.ts';
import type { BenchChoice } from './bench-choice.ts';
import { UsageError } from './failures.ts';

interface CalibrationArgs {
  readonly bench: string;
  readonly calibration?: string;
}

/** The one named, else that of the bench file; a file that is not there yet is a board that is not calibrated. */
export const chooseCalibration = async (
  { bench, calibration }: CalibrationArgs,
  { file }: BenchChoice,
): Promise<CalibrationOption | undefined> => {
  if (calibration === undefined && file !== null) {
    const { besideFile } = await import('../bench-file/load.ts');
    const kept = besideFile(file, file.calibration);
    return existsSync(kept) ? (await import('../run/calibration-choice.ts')).readCalibration(kept) : 'none';
  }
  if (calibration === undefined || calibration === 'none') return calibration;
  if (bench === 'reference')
    throw new UsageError('--calibration is for a bench; the reference measures nothing.', 'leave one of the two out');
  if (calibration !== 'factory') return (await import('../run/calibration-choice.ts')).readCalibration(calibration);
  if (bench === 'sim') return calibration;
  throw new UsageError(
    `--calibration factory is that of a simulated board; the bench asked for is ${bench}.`,
    'give the file that rig calibrate made',
  );
};
