/** What a calibration holds: corrections of one board's voltages, who made them with what, and until when they count. */

import { z } from 'zod';
import { canonicalJson, hashOf } from '../../reports/shape/plain.ts';
import { dividerShare, DIVIDERS_AS_BUILT } from './dividers.ts';
import type { CalibrationInForce } from '../../scenarios/contracts/trace.ts';
import { DAY_ms, later, type WallTime_ms, wallTimeOf } from '../calendar.ts';
import type { Dividers } from '../../scenarios/contracts/bench-file.ts';
import { isSimulatedBoard } from '../fixture/board-id.ts';
import type { AdcChannel } from '../fixture/channels.ts';

export const CALIBRATION_SCHEMA = 'bms-rig/calibration/1';

/** How far a board may be off before it is broken rather than uncalibrated. Source: rig/bench/measure.ts, the budget of a fine range. */
export const LARGEST_GAIN_ERROR = 0.025;

/** Voltages that are calibrated, each over its 16 V and its 80 V range. What is neither here nor in `DERIVED` is as good as its parts (rig/bench/measure.ts). */
export const CALIBRATED = [
  'supplyVoltage',
  'supplyVoltageFine',
  'loadVoltage',
  'loadVoltageFine',
  'preAlarmVoltage',
  'preAlarmVoltageFine',
  'chargerVoltage',
  'chargerVoltageFine',
] as const satisfies readonly AdcChannel[];
export type CalibratedChannel = (typeof CALIBRATED)[number];

/** True value = gain x nominal value + offset; what is left of the points after that is at most the residual. */
const correction = z.strictObject({
  gain: z.number().min(0.9).max(1.1),
  offset_mV: z.number().min(-2_000).max(2_000),
  residual_mV: z.number().nonnegative(),
});

export type Correction = z.infer<typeof correction>;

/** Of what is measured through a divider. */
const dividedCorrection = correction.extend({
  /** Of a nominal value as the fixture is built; a bench with other dividers has theirs in it (14 : 1 to 40 : 1). */
  gain: z.number().min(0.8).max(2.6),
});

/** Drops and supply currents, calibrated against the supply and the plug (derived.ts). */
export const BY_SUPPLY = [
  'loadDrop',
  'preAlarmDrop',
  'chargerDrop',
  'supplyCurrentLow',
  'supplyCurrentMid',
] as const satisfies readonly AdcChannel[];
export type BySupply = (typeof BY_SUPPLY)[number];
/** What the sinks draw, and the high range of the supply current, calibrated under the sinks (sink-currents.ts). */
export const BY_SINKS = ['sinkCurrentLow', 'sinkCurrent', 'supplyCurrentHigh'] as const satisfies readonly AdcChannel[];
export type BySinks = (typeof BY_SINKS)[number];
/** Each calibrated against what was calibrated before it. */
export const DERIVED = [...BY_SUPPLY, ...BY_SINKS] as const;

/** In the channel's own unit. True value = gain x nominal value + offset. */
export const derivedCorrection = z.strictObject({
  gain: z.number().min(0.9).max(1.1),
  offset: z.number(),
  /** What is left of the points, a step of the converter included. */
  residual: z.number().nonnegative(),
  /** How far what it was held against may be wrong: a share of the value, and a constant. */
  truth: z.strictObject({ gain: z.number().nonnegative(), offset: z.number().nonnegative() }),
});
export type DerivedCorrection = z.infer<typeof derivedCorrection>;

export const calibrationShape = z.strictObject({
  schema: z.literal(CALIBRATION_SCHEMA),
  /** Id of the board, eight hex digits. */
  board: z.string().regex(/^[0-9A-F]{8}$/),
  /** `factory`: of a simulated board, from its circuit alone. */
  method: z.enum(['meter', 'factory']),
  /** ISO 8601; null for a simulated board, whose parts do not age. */
  made: z.iso.datetime().nullable(),
  /** Null with `made` alone: a calibration by a meter ages. */
  expires: z.iso.datetime().nullable(),
  /** What it was compared with, and how far that may be wrong: a share of the value and a constant. */
  meter: z.strictObject({ name: z.string().min(1), gain: z.number().nonnegative(), offset_mV: z.number().nonnegative() }),
  /** Volts of the supply = gain x nominal + offset. */
  supply: correction,
  channels: z.record(z.enum(CALIBRATED), dividedCorrection),
  /** Drops and currents; where one is absent, as in a calibration made before there was one, it is as good as its parts and the calibration does not count. */
  derived: z.partialRecord(z.enum(DERIVED), derivedCorrection).optional(),
  /** What the meter showed, for whoever doubts. */
  readings: z.array(z.strictObject({ code: z.number().int(), read_mV: z.number() })),
});
export type Calibration = z.infer<typeof calibrationShape>;

/** Names a calibration in a record: the first digits of its hash. */
export const calibrationId = (calibration: Calibration): string => hashOf(calibration).slice(0, 12);
/** As it stands in a file. */
export const calibrationFile = (calibration: Calibration): string =>
  `${JSON.stringify(JSON.parse(canonicalJson(calibration)) as Calibration, null, 2)}\n`;

/** Why a calibration does not count. */
export type CalibrationFault = NonNullable<CalibrationInForce['fault']>;

/** A calibration to measure with, and the wall time it is held against. */
export interface CalibrationChoice {
  readonly data: Calibration;
  readonly now: () => WallTime_ms;
}

/** What was calibrated with other dividers than the bench file has now tells wrong volts, and nothing else would show it. */
const fitsDividers = ({ channels }: Calibration, dividers: Dividers): boolean =>
  CALIBRATED.every((channel) => Math.abs((channels[channel]?.gain ?? 1) / dividerShare(channel, dividers) - 1) <= LARGEST_GAIN_ERROR);

/** Where no bench file says for how long one counts. */
export const YEAR_ms = 365 * DAY_ms;

/** Parts of a real board age, whatever its calibration says of itself: one without a date, or of a factory that it never saw, is none. */
const isDated = ({ board, method, made, expires }: Calibration): boolean =>
  method === 'factory' ? isSimulatedBoard(Number.parseInt(board, 16)) : made !== null && expires !== null;

/** Null where the calibration counts for this board at this time; `counts_ms` after it was made it does no longer, though it says so itself. */
export const calibrationFault = (
  calibration: Calibration,
  board: string,
  now: WallTime_ms,
  dividers: Dividers = DIVIDERS_AS_BUILT,
  counts_ms = YEAR_ms,
): CalibrationFault | null => {
  if (calibration.board !== board) return 'otherBoard';
  if (!isDated(calibration)) return 'missing';
  if (!fitsDividers(calibration, dividers)) return 'otherDividers';
  if (calibration.made !== null && !(wallTimeOf(calibration.made) <= now)) return 'notYet';
  if (calibration.made !== null && !(now < later(wallTimeOf(calibration.made), counts_ms))) return 'expired';
  if (calibration.expires !== null && !(now < wallTimeOf(calibration.expires))) return 'expired';
  return DERIVED.every((channel) => calibration.derived?.[channel] !== undefined) ? null : 'incomplete';
};

export const inForce = (
  choice: CalibrationChoice | undefined,
  board: string,
  dividers?: Dividers,
  counts_ms?: number,
): CalibrationInForce =>
  choice === undefined
    ? { id: null, fault: 'missing' }
    : { id: calibrationId(choice.data), fault: calibrationFault(choice.data, board, choice.now(), dividers, counts_ms) };
