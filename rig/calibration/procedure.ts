/** How a board is calibrated: a meter tells the volts of a few supply codes, the supply then tells the volts of many codes of every channel. */

import { DRIVES } from '../../scenarios/signals.ts';
import { RigError } from '../error.ts';
import { type AdcChannel, CONVERTER } from '../fixture/channels.ts';
import { nominalValue } from '../bench/measure.ts';
import { CALIBRATED, CALIBRATION_SCHEMA, type CalibratedChannel, type Calibration, type Correction } from './calibration.ts';
import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { dividerShare, DIVIDERS_AS_BUILT } from './dividers.ts';
import { calibrateDerived, DERIVED_POINTS } from './derived.ts';
import { calibrateSinks, SINK_POINTS, type SinkTarget } from './sink-currents.ts';
import { fitLine, type Point } from './fit.ts';
import { lsb_mV, qualityFaults, range_mV } from './quality.ts';

/** Codes of one window: mean of the channel, mean of the reference. */
export interface Codes {
  readonly code: number;
  readonly reference: number;
}

/** A board with the test plug in the unit's place. */
export interface CalibrationTarget extends SinkTarget {
  /** Puts the supply's converter to a code; resolves when the voltage stands. */
  supply(code: number): Promise<void>;
  /** Puts the outputs of the plug on the supply. */
  outputs(on: boolean): Promise<void>;
  sample(channel: AdcChannel): Promise<Codes>;
}

/** Volts between battery plus and minus at the plug, in mV, as the meter shows them. */
export type ReadMeter = (about_mV: number) => Promise<number>;

export interface Progress {
  (done: number, of: number): void;
}

/** As far below what the supply may give as it may overshoot. */
const MARGIN_mV = 1_000;
const LOWEST_mV = 2_000;
/** What the meter is asked for on a bench whose supply may go that far: the first is low enough to show the offset, the last the end of it. */
export const meterPoints_mV = (supply_mV: number): readonly number[] => {
  const end_mV = supply_mV - MARGIN_mV;
  const between = [8_000, 15_000, 40_000].filter((point) => point <= 0.75 * end_mV);
  return [LOWEST_mV, ...(between.length > 0 ? between : [(LOWEST_mV + end_mV) / 2]), end_mV];
};
/** Supply codes of a sweep: high enough for the plug's transistors, and spread so that they fall on all parts of a converter's steps. */
const SWEEP = 64;
const GOLDEN = 0.618_033_988_749_895;
const SWEEP_FROM_mV = 3_000;
/** Of a range: beyond it an amplifier may be at its rail. */
const USED_OF_RANGE = 0.95;
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
const sweepCodes = (to_mV: number): readonly number[] =>
  Array.from({ length: SWEEP }, (_, index) =>
    codeOf(SWEEP_FROM_mV + ((to_mV - SWEEP_FROM_mV) * (index + ((index * GOLDEN) % 1) * 0.9)) / SWEEP),
  );

export interface ProcedureOptions {
  readonly target: CalibrationTarget;
  readonly read: ReadMeter;
  readonly meter: Calibration['meter'];
  readonly board: string;
  readonly method: Calibration['method'];
  readonly made: string | null;
  readonly expires: string | null;
  /** Of the bench file. Default: as built. */
  readonly dividers?: Dividers | undefined;
  /** What the supply may give at most. */
  readonly supply_mV?: number | undefined;
  readonly onProgress?: Progress;
}

/** Throws RigError `calibrationFailed` where a reading, or what comes of it, is not what a sound board gives. */
export const calibrate = async (options: ProcedureOptions): Promise<Calibration> => {
  const { target, meter, board, method, made, expires, dividers = DIVIDERS_AS_BUILT, supply_mV = DRIVES.supply.analog_mV.max } = options;
  const meterPoints = meterPoints_mV(supply_mV);
  const steps = meterPoints.length + 2 * SWEEP + DERIVED_POINTS + SINK_POINTS;
  let done = 0;
  const progress = (): void => options.onProgress?.(++done, steps);

  // Without current through the shunts the plug has the supply's own voltage.
  await target.outputs(false);
  const readings: Calibration['readings'] = [];
  for (const wanted_mV of meterPoints) {
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
    const swept = CALIBRATED.filter((channel) => fine(channel) === (range === 'fine'));
    const ends = new Map(swept.map((channel) => [channel, Math.min(USED_OF_RANGE * range_mV(channel, dividers), supply_mV - MARGIN_mV)]));
    for (const code of sweepCodes(Math.max(...ends.values()))) {
      await target.supply(code);
      const truth = supply.gain * nominal_mV(code) + supply.offset_mV;
      for (const [channel, end_mV] of ends) {
        if (truth > end_mV + SUPPLY_OFFSET_mV + truth * SUPPLY_ERROR) continue;
        const { code: mean, reference } = await target.sample(channel);
        points.get(channel)!.push({ nominal: nominalValue(channel, mean, reference), truth });
      }
      progress();
    }
  }
  await target.supply(0);
  const given = { supply, meter, supply_mV: supply_mV - MARGIN_mV, onPoint: progress };
  const bySupply = await calibrateDerived(target, given);
  const derived = { ...bySupply, ...(await calibrateSinks(target, { ...given, derived: bySupply })) };
  const channels = Object.fromEntries(
    CALIBRATED.map((channel) => [channel, channelCorrection(channel, points.get(channel)!, dividers)]),
  ) as Calibration['channels'];
  const [fault] = qualityFaults({ channels, meter }, dividers);
  if (fault !== undefined)
    throw bad(`The calibration is not good enough: ${fault}.`, 'Look at that divider, and use a meter of 5 1/2 digits.');
  return { schema: CALIBRATION_SCHEMA, board, method, made, expires, meter, supply, channels, derived, readings };
};

const correctionOf = (points: readonly Point[]): Correction => {
  const { gain, offset, residual } = fitLine(points);
  return { gain, offset_mV: offset, residual_mV: residual };
};

/** A perfect converter is half a step off at the edge of each step, whether or not the sweep met one; the line is known to a twentieth. */
const channelCorrection = (channel: CalibratedChannel, points: readonly Point[], dividers: Dividers): Correction => {
  // What the dividers of the bench file say is taken out before the line is laid, and put back: the line is near one for every bench.
  const share = dividerShare(channel, dividers);
  const line = correctionOf(points.map(({ nominal, truth }) => ({ nominal: share * nominal, truth })));
  const correction = { ...line, gain: share * line.gain };
  return { ...correction, residual_mV: Math.max(correction.residual_mV, lsb_mV(channel, dividers) / 2) + lsb_mV(channel, dividers) / 20 };
};

const bad = (message: string, hint: string): RigError => new RigError('calibrationFailed', message, { hint });

/** One step of a range's converter, for whoever tells how good a channel is. */
export const residual_LSB = (channel: CalibratedChannel, { residual_mV }: Correction): number => residual_mV / lsb_mV(channel);
