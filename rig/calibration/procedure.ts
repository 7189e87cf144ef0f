/** How a board is calibrated: a meter tells the volts of a few supply codes, the supply then tells the volts of many codes of every channel. */

import { RigError } from '../error.ts';
import { CONVERTER } from '../fixture/channels.ts';
import { nominalValue } from '../bench/measure.ts';
import { CALIBRATED, CALIBRATION_SCHEMA, type CalibratedChannel, type Calibration, type Correction } from './calibration.ts';
import { fitLine, type Point } from './fit.ts';
import { lsb_mV, qualityFaults } from './quality.ts';

/** Codes of one window: mean of the channel, mean of the reference. */
export interface Codes {
  readonly code: number;
  readonly reference: number;
}

/** A board with the test plug in the unit's place. */
export interface CalibrationTarget {
  /** Puts the supply's converter to a code; resolves when the voltage stands. */
  supply(code: number): Promise<void>;
  /** Puts the outputs of the plug on the supply. */
  outputs(on: boolean): Promise<void>;
  sample(channel: CalibratedChannel): Promise<Codes>;
}

/** Volts between battery plus and minus at the plug, in mV, as the meter shows them. */
export type ReadMeter = (about_mV: number) => Promise<number>;

export interface Progress {
  (done: number, of: number): void;
}

/** What the meter is asked for. The first is low enough to show the offset, the last the end of what the supply gives. */
export const METER_POINTS_mV = [2_000, 8_000, 15_000, 40_000, 69_000] as const;
/** Supply codes of a sweep: high enough for the plug's transistors, and spread so that they fall on all parts of a converter's steps. */
const SWEEP = 64;
const GOLDEN = 0.618_033_988_749_895;
const SWEEPS = { fine: { from_mV: 3_000, to_mV: 15_200 }, coarse: { from_mV: 3_000, to_mV: 69_000 } } as const;
/** How far a supply may be from nominal: +-0.3 % and 10 mV of its converter, twice. */
const SUPPLY_ERROR = 0.006;
const SUPPLY_OFFSET_mV = 20;

const CODES = 65_536;
const codeOf = (mV: number): number => Math.round((mV * CODES) / CONVERTER.supply.fullScale_mV);
const nominal_mV = (code: number): number => (code * CONVERTER.supply.fullScale_mV) / CODES;

/** Null where a reading is what a sound fixture may give, else what is wrong with it. */
export const readingFault = (code: number, read_mV: number): string | null => {
  const wanted = nominal_mV(code);
  const allowed = wanted * SUPPLY_ERROR + SUPPLY_OFFSET_mV;
  if (!Number.isFinite(read_mV)) return 'that is no voltage';
  if (Math.abs(read_mV - wanted) <= allowed) return null;
  return `${(read_mV / 1000).toFixed(3)} V is more than ${(allowed / 1000).toFixed(2)} V from the ${(wanted / 1000).toFixed(2)} V set`;
};

const fine = (channel: CalibratedChannel): boolean => channel.endsWith('Fine');

/** Rising, so that each step is short. */
const sweepCodes = ({ from_mV, to_mV }: (typeof SWEEPS)['fine' | 'coarse']): readonly number[] =>
  Array.from({ length: SWEEP }, (_, index) => codeOf(from_mV + ((to_mV - from_mV) * (index + ((index * GOLDEN) % 1) * 0.9)) / SWEEP));

export interface ProcedureOptions {
  readonly target: CalibrationTarget;
  readonly read: ReadMeter;
  readonly meter: Calibration['meter'];
  readonly board: string;
  readonly method: Calibration['method'];
  readonly made: string | null;
  readonly expires: string | null;
  readonly onProgress?: Progress;
}

/** Throws RigError `calibrationFailed` where a reading, or what comes of it, is not what a sound board gives. */
export const calibrate = async (options: ProcedureOptions): Promise<Calibration> => {
  const { target, meter, board, method, made, expires } = options;
  const steps = METER_POINTS_mV.length + 2 * SWEEP;
  let done = 0;
  const progress = (): void => options.onProgress?.(++done, steps);

  // Without current through the shunts the plug has the supply's own voltage.
  await target.outputs(false);
  const readings: Calibration['readings'] = [];
  for (const wanted_mV of METER_POINTS_mV) {
    const code = codeOf(wanted_mV);
    await target.supply(code);
    const read_mV = await options.read(wanted_mV);
    const fault = readingFault(code, read_mV);
    if (fault !== null)
      throw bad(`The meter's reading cannot be: ${fault}.`, 'Is the meter on the plug, the plug in its place, the range DC volts?');
    readings.push({ code, read_mV });
    progress();
  }
  const supply = correctionOf(readings.map(({ code, read_mV }) => ({ nominal: nominal_mV(code), truth: read_mV })));

  await target.outputs(true);
  const points = new Map<CalibratedChannel, Point[]>(CALIBRATED.map((channel) => [channel, []]));
  for (const range of ['fine', 'coarse'] as const) {
    for (const code of sweepCodes(SWEEPS[range])) {
      await target.supply(code);
      const truth = supply.gain * nominal_mV(code) + supply.offset_mV;
      for (const channel of CALIBRATED) {
        if (fine(channel) !== (range === 'fine')) continue;
        const { code: mean, reference } = await target.sample(channel);
        points.get(channel)!.push({ nominal: nominalValue(channel, mean, reference), truth });
      }
      progress();
    }
  }
  await target.supply(0);
  const channels = Object.fromEntries(
    CALIBRATED.map((channel) => [channel, channelCorrection(channel, points.get(channel)!)]),
  ) as Calibration['channels'];
  const [fault] = qualityFaults({ channels, meter });
  if (fault !== undefined)
    throw bad(`The calibration is not good enough: ${fault}.`, 'Look at that divider, and use a meter of 5 1/2 digits.');
  return { schema: CALIBRATION_SCHEMA, board, method, made, expires, meter, supply, channels, readings };
};

const correctionOf = (points: readonly Point[]): Correction => {
  const { gain, offset, residual } = fitLine(points);
  return { gain, offset_mV: offset, residual_mV: residual };
};

/** A perfect converter is half a step off at the edge of each step, whether or not the sweep met one; the line is known to a twentieth. */
const channelCorrection = (channel: CalibratedChannel, points: readonly Point[]): Correction => {
  const correction = correctionOf(points);
  return { ...correction, residual_mV: Math.max(correction.residual_mV, lsb_mV(channel) / 2) + lsb_mV(channel) / 20 };
};

const bad = (message: string, hint: string): RigError => new RigError('calibrationFailed', message, { hint });

/** One step of a range's converter, for whoever tells how good a channel is. */
export const residual_LSB = (channel: CalibratedChannel, { residual_mV }: Correction): number => residual_mV / lsb_mV(channel);
