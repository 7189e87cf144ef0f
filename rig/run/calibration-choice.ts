/** Which calibration a run measures with, from the option --calibration: the factory's for a simulated board, a file, or none. */

import { calibrationText } from '../../reports/judge/instrument.ts';
import type { BenchFault } from '../../reports/judge/run.ts';
import type { RecordedCalibration } from '../../reports/record.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { type Calibration, calibrationId, calibrationShape } from '../calibration/calibration.ts';
import { RigError } from '../error.ts';
import { plainBytes } from './plain-file.ts';

/** `factory`: the one that belongs to the simulated board of the run's seed. */
export type CalibrationOption = 'factory' | 'none' | Calibration;

const unusable = (file: string, why: string, cause?: unknown): RigError =>
  new RigError('calibrationBad', `The calibration ${file} cannot be used: ${why}.`, {
    hint: 'make one with `rig calibrate`',
    blame: 'operator',
    cause,
  });

/** Throws RigError `calibrationBad`. */
export const readCalibration = (file: string): Calibration => {
  let json: unknown;
  try {
    json = JSON.parse(plainBytes(file).toString('utf8'));
  } catch (cause) {
    throw unusable(file, (cause as Error).message.replace(/\.$/, ''), cause);
  }
  const parsed = calibrationShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw unusable(file, `${path.length === 0 ? 'it' : path.join('.')}: ${message}`);
};

export const recordedCalibration = (calibration: Calibration): RecordedCalibration => {
  const { board, method, meter, made, expires } = calibration;
  return { id: calibrationId(calibration), board, method, meter: meter.name, made, expires };
};

/** The fault of the whole bench that a calibration is which does not count; the traces of a run say so. */
export const calibrationFaults = (traces: readonly (Trace | null)[]): readonly BenchFault[] => {
  const found = traces.find((trace) => trace !== null && trace.calibration.fault !== null);
  const text = found == null ? null : calibrationText(found.bench.board, found.calibration.fault);
  return text === null ? [] : [{ code: 'calibration', verdict: 'inconclusive', blame: 'rig', text }];
};
