/** How the currents of the sinks and the high range of the supply current are calibrated: an ampere against its drop over the plug's resistor, the small sinks against the supply current. */

import { BUDGETS, nominalValue } from '../bench/measure.ts';
import { type AdcChannel, type DriveBit } from '../fixture/channels.ts';
import { PLUG_LAMP_Ohm, PLUG_WAYS } from '../fixture/netlist/plug.ts';
import { BY_SINKS, type BySinks, type DerivedCorrection } from './calibration.ts';
import {
  accepted,
  BURDEN_Ohm,
  type DerivedCorrections,
  type DerivedTarget,
  lsbOf,
  type Meter,
  plugged_Ohm,
  rising,
  SHUNTS_Ohm,
  type Supply,
  told_mV,
  worstDerived,
} from './derived.ts';
import { fitLine, type Point } from './fit.ts';

export type SinkCorrections = Readonly<Record<BySinks, DerivedCorrection>>;
export type SinkBit = Extract<DriveBit, 'loadSink' | 'chargerSink1mA' | 'chargerSink10mA'>;

export interface SinkTarget extends DerivedTarget {
  /** Switches a sink on for some milliseconds and has these channels converted meanwhile, when it has settled. */
  sinking(sink: SinkBit, channels: readonly AdcChannel[]): Promise<readonly { readonly code: number; readonly reference: number }[]>;
}

/** Supplies under which each sink is on. The ampere leaves LOAD high enough for the sink; below 3 V no output counts as high; the small sinks leave the supply current within its range. */
const AMPERE_mV = { from: 6_000, to: 12_000, points: 8 } as const;
const SMALL = {
  chargerSink10mA: { from: 3_200, to: 6_200, points: 12, against: 'supplyCurrentMid' },
  chargerSink1mA: { from: 3_200, to: 4_200, points: 12, against: 'supplyCurrentLow' },
} as const;
/** The high range without a sink, by the plug's own current. */
const HIGH_mV = { from: 6_000, to: 25_000, points: 12 } as const;

/** How often it calls `onPoint`. */
export const SINK_POINTS = AMPERE_mV.points + SMALL.chargerSink10mA.points + SMALL.chargerSink1mA.points + HIGH_mV.points;

/** LOAD's burden and its lamp, through the same resistor as the sink. */
const BESIDE_SINK_Ohm = 1 / (1 / BURDEN_Ohm + 1 / PLUG_LAMP_Ohm);
/** Of the plug's current beside that of the sink, by far: its resistors (derived.ts), and the little that an ampere takes from its supply. */
const PLUG_uA = { ampere: 300, small: 15 } as const;
/** What temperature and a year add to the reference; and AVCC, known within one step of the reference's code. Source: rig/bench/measure.ts. */
const REFERENCE_SHARE = 0.0001 + 1 / 900;
/** A line through few different codes is off by half a step at each of them, and a reading by half a step more. */
const FEW_CODES_LSB = 1.05;
/** Mean of a dozen readings that fall on all parts of a step. */
const DITHERED_LSB = 1 / 6;

/** Only an amplifier that hangs on the supply takes part in its common mode. */
const commonOf = (channel: AdcChannel, mV: number): number => (BUDGETS[channel].perVolt * mV) / 1e3;

const ampereTruth = (drop: DerivedCorrection): DerivedCorrection['truth'] => {
  const least_mV = 0.97 * 1e3 * PLUG_WAYS.load.path_Ohm;
  const constant_mV = drop.residual + drop.truth.offset + commonOf('loadDrop', AMPERE_mV.to);
  return { gain: PLUG_WAYS.load.path_share + drop.truth.gain + REFERENCE_SHARE + constant_mV / least_mV, offset: PLUG_uA.ampere };
};
const smallTruth = (mid: DerivedCorrection): DerivedCorrection['truth'] => ({
  gain: mid.truth.gain + REFERENCE_SHARE,
  offset: mid.truth.offset + PLUG_uA.small + commonOf('supplyCurrentMid', SMALL.chargerSink10mA.to),
});

const residualOf: Readonly<Record<BySinks, number>> = {
  sinkCurrentLow: FEW_CODES_LSB * lsbOf('sinkCurrentLow') + DITHERED_LSB * lsbOf('supplyCurrentMid'),
  sinkCurrent: FEW_CODES_LSB * lsbOf('sinkCurrent'),
  supplyCurrentHigh: FEW_CODES_LSB * lsbOf('supplyCurrentHigh') + commonOf('supplyCurrentHigh', HIGH_mV.to),
};

/** Two means have no residual of their own; the sweep of the high range has, and it may add up to half a step. */
const WORST_LEFT_LSB = 0.6;

/** The worst that is accepted: of a board in service. */
export const worstSinkCurrent = (channel: BySinks, meter: Meter): DerivedCorrection => ({
  gain: 1,
  offset: 0,
  residual: residualOf[channel] + WORST_LEFT_LSB * lsbOf(channel),
  truth: channel === 'sinkCurrentLow' ? smallTruth(worstDerived('supplyCurrentMid', meter)) : ampereTruth(worstDerived('loadDrop', meter)),
});

const meanOf = (points: readonly Point[]): Point => ({
  nominal: points.reduce((sum, { nominal }) => sum + nominal, 0) / points.length,
  truth: points.reduce((sum, { truth }) => sum + truth, 0) / points.length,
});

export interface SinkCalibration {
  readonly supply: Supply;
  readonly meter: Meter;
  readonly supply_mV: number;
  /** What was calibrated before. */
  readonly derived: DerivedCorrections;
  readonly onPoint: () => void;
}

/** Leaves the outputs off, the shunt bridged and the supply at 0. Throws RigError `calibrationFailed`. */
export const calibrateSinks = async (
  target: SinkTarget,
  { supply, meter, supply_mV, derived, onPoint }: SinkCalibration,
): Promise<SinkCorrections> => {
  const under = async (sink: SinkBit, channels: readonly AdcChannel[]): Promise<readonly number[]> => {
    const codes = await target.sinking(sink, channels);
    return channels.map((channel, index) => nominalValue(channel, codes[index]!.code, codes[index]!.reference));
  };
  const known = (channel: keyof DerivedCorrections, nominal: number): number => derived[channel].gain * nominal + derived[channel].offset;

  const ampere: Record<'sinkCurrent' | 'supplyCurrentHigh', Point[]> = { sinkCurrent: [], supplyCurrentHigh: [] };
  await target.outputs(true);
  for (const code of rising(AMPERE_mV.from, Math.min(AMPERE_mV.to, supply_mV), AMPERE_mV.points)) {
    await target.supply(code);
    const [dropped, sunk, drawn] = await under('loadSink', ['loadDrop', 'sinkCurrent', 'supplyCurrentHigh']);
    const [told, drop_mV] = [told_mV(code, supply), known('loadDrop', dropped!)];
    const sink_uA = (drop_mV / PLUG_WAYS.load.path_Ohm - (told - drop_mV) / BESIDE_SINK_Ohm) * 1e3;
    ampere.sinkCurrent.push({ nominal: sunk!, truth: sink_uA });
    ampere.supplyCurrentHigh.push({ nominal: drawn!, truth: sink_uA + (told / plugged_Ohm() - drop_mV / BESIDE_SINK_Ohm) * 1e3 });
    onPoint();
  }

  await target.bypass(false);
  const low: Point[] = [];
  const ten: Point[] = [];
  for (const sink of ['chargerSink10mA', 'chargerSink1mA'] as const) {
    const { from, to, points, against } = SMALL[sink];
    const found: Point[] = [];
    for (const code of rising(from, to, points)) {
      await target.supply(code);
      const [drawn, small, coarse] = await under(sink, [against, 'sinkCurrentLow', 'sinkCurrent']);
      const drawn_uA = known(against, drawn!);
      const truth = drawn_uA - ((told_mV(code, supply) - (drawn_uA / 1e3) * SHUNTS_Ohm) / plugged_Ohm()) * 1e3;
      found.push({ nominal: small!, truth });
      if (sink === 'chargerSink10mA') ten.push({ nominal: coarse!, truth });
      onPoint();
    }
    low.push(meanOf(found));
  }
  const sweep: Point[] = [];
  for (const code of rising(HIGH_mV.from, Math.min(HIGH_mV.to, supply_mV), HIGH_mV.points)) {
    await target.supply(code);
    const { code: mean, reference } = await target.sample('supplyCurrentHigh');
    const truth = (told_mV(code, supply) / (plugged_Ohm() + SHUNTS_Ohm)) * 1e3;
    sweep.push({ nominal: nominalValue('supplyCurrentHigh', mean, reference), truth });
    onPoint();
  }
  await target.supply(0);
  await target.outputs(false);
  await target.bypass(true);

  const points: Readonly<Record<BySinks, readonly Point[]>> = {
    sinkCurrentLow: low,
    sinkCurrent: [meanOf(ten), meanOf(ampere.sinkCurrent)],
    supplyCurrentHigh: [...sweep, meanOf(ampere.supplyCurrentHigh)],
  };
  const entry = (channel: BySinks): readonly [BySinks, DerivedCorrection] => {
    const line = fitLine(points[channel]);
    const truth = channel === 'sinkCurrentLow' ? smallTruth(derived.supplyCurrentMid) : ampereTruth(derived.loadDrop);
    const residual = residualOf[channel] + Math.max(0, line.residual - lsbOf(channel) / 2);
    return [channel, accepted(channel, { ...line, residual, truth }, worstSinkCurrent(channel, meter))];
  };
  return Object.fromEntries(BY_SINKS.map(entry)) as SinkCorrections;
};
