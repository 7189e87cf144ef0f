/** How drops and supply currents are calibrated: against the supply that the meter has told, and against the plug's resistors, which are known to 0.1 %. */

import { OUTPUTS } from '../../scenarios/signals.ts';
import { BUDGETS, nominalValue } from '../bench/measure.ts';
import { RigError } from '../error.ts';
import { ADC_CHANNELS, type AdcChannel, CONVERTER } from '../fixture/channels.ts';
import { PLUG_GATE_Ohm, PLUG_LAMP_Ohm, PLUG_WAYS } from '../fixture/netlist/plug.ts';
import { BY_SUPPLY, type BySupply, type DerivedCorrection } from './calibration.ts';
import { WORST_RESIDUAL_LSB } from './quality.ts';
import { fitLine, type Point } from './fit.ts';

export type DerivedCorrections = Readonly<Record<BySupply, DerivedCorrection>>;

/** A board with the test plug in the unit's place, as far as this asks for it. */
export interface DerivedTarget {
  supply(code: number): Promise<void>;
  outputs(on: boolean): Promise<void>;
  /** Bridges the 10 Ohm shunt, or lets it measure. */
  bypass(closed: boolean): Promise<void>;
  sample(channel: AdcChannel): Promise<{ readonly code: number; readonly reference: number }>;
}

export interface Supply {
  readonly gain: number;
  readonly offset_mV: number;
}
export interface Meter {
  readonly gain: number;
  readonly offset_mV: number;
}

const POINTS = 24;
/** The plug's outputs are off below 2 V, so a drop is the supply itself: 0.1 V to the end of its range. */
const DROPS_mV = { from: 100, to: 1_880 } as const;
/** With all outputs of the plug on; each current's supply at most. */
const CURRENTS_mV = {
  supplyCurrentLow: { from: 2_600, to: 13_500 },
  supplyCurrentMid: { from: 6_000, to: 69_000 },
} as const;

export const BURDEN_Ohm = 100_000;
/** A pole switch as it should be; it may have anything from 2.5 to 47.5. */
const POLE_Ohm = 25;
export const SHUNTS_Ohm = 10.1;
/** Lamps 0.1 %, gates 0.1 %, the pole switches' spread, burdens 0.5 %, each by its share of the current; and the open switches. */
const PLUG_SHARE = 0.002;
/** Of the plug's own pull-up and of all switches that are open. */
const LEAK_uA = 0.5;

/** Ohms of a plug with all outputs on, from battery plus to minus. */
export const plugged_Ohm = (): number => {
  const ways = OUTPUTS.flatMap((output) => {
    const { path_Ohm, return_Ohm } = PLUG_WAYS[output];
    const lamp = output === 'preAlarm' ? 0 : 1 / PLUG_LAMP_Ohm;
    return [1 / (path_Ohm + 1 / (1 / BURDEN_Ohm + lamp)), 1 / (PLUG_GATE_Ohm + POLE_Ohm + return_Ohm)];
  });
  return 1 / ways.reduce((sum, one) => sum + one, 0);
};

const CODES = 65_536;
const codeOf = (mV: number): number => Math.round((mV * CODES) / CONVERTER.supply.fullScale_mV);
export const told_mV = (code: number, { gain, offset_mV }: Supply): number =>
  (gain * code * CONVERTER.supply.fullScale_mV) / CODES + offset_mV;
/** Codes of so many supplies in mV. */
export const rising = (from: number, to: number, points = POINTS): readonly number[] =>
  Array.from({ length: points }, (_, index) => codeOf(from + ((to - from) * index) / (points - 1)));

/** As far as a sound board may be off. */
const LARGEST_GAIN_ERROR = 0.025;
const LARGEST_OFFSET_LSB = 6;

const isCurrent = (channel: BySupply): channel is keyof typeof CURRENTS_mV => channel in CURRENTS_mV;
export const lsbOf = (channel: AdcChannel): number => ADC_CHANNELS[channel].fullScale / 1_024;

const truthOf = (channel: BySupply, meter: Meter): DerivedCorrection['truth'] =>
  isCurrent(channel) ? { gain: meter.gain + PLUG_SHARE, offset: LEAK_uA } : { gain: meter.gain, offset: meter.offset_mV };

/** Value and supply rise together, so what an amplifier makes of its common mode is in the line; at another supply it is as much off. */
const commonOf = (channel: BySupply): number =>
  (BUDGETS[channel].perVolt * (isCurrent(channel) ? CURRENTS_mV[channel] : DROPS_mV).to) / 1e3;

/** The worst that is accepted: of a board in service. */
export const worstDerived = (channel: BySupply, meter: Meter): DerivedCorrection => ({
  gain: 1,
  offset: 0,
  residual: WORST_RESIDUAL_LSB * lsbOf(channel) + commonOf(channel),
  truth: truthOf(channel, meter),
});

const correctionOf = (channel: BySupply, points: readonly Point[], meter: Meter): DerivedCorrection => {
  const line = fitLine(points);
  const lsb = lsbOf(channel);
  const residual = Math.max(line.residual, lsb / 2) + lsb / 20 + commonOf(channel);
  return accepted(channel, { ...line, residual, truth: truthOf(channel, meter) }, worstDerived(channel, meter));
};

/** The same, where a sound board may give it. Throws RigError `calibrationFailed`. */
export const accepted = (
  channel: AdcChannel,
  { gain, offset, residual, truth }: DerivedCorrection,
  worst: DerivedCorrection,
): DerivedCorrection => {
  const { unit } = ADC_CHANNELS[channel];
  const bad = (what: string): RigError =>
    new RigError('calibrationFailed', `The calibration is not good enough: ${channel} ${what}.`, {
      hint: 'Run the self-test, and look at that amplifier.',
    });
  if (!(Math.abs(gain - 1) <= LARGEST_GAIN_ERROR) || !(Math.abs(offset) <= LARGEST_OFFSET_LSB * lsbOf(channel) + BUDGETS[channel].offset))
    throw bad(`is off by ${((gain - 1) * 100).toFixed(2)} % and ${offset.toFixed(1)} ${unit}, more than its parts allow`);
  if (!(residual <= worst.residual)) throw bad(`is good to ${residual.toFixed(1)} ${unit} only`);
  return { gain, offset, residual, truth };
};

/** How often it calls `onPoint`. */
export const DERIVED_POINTS = 3 * POINTS;

/** Leaves the outputs off, the shunt bridged and the supply at 0. Throws RigError `calibrationFailed`. */
export const calibrateDerived = async (
  target: DerivedTarget,
  {
    supply,
    meter,
    supply_mV,
    onPoint,
  }: { readonly supply: Supply; readonly meter: Meter; readonly supply_mV: number; readonly onPoint: () => void },
): Promise<DerivedCorrections> => {
  const found = new Map<BySupply, Point[]>(BY_SUPPLY.map((channel) => [channel, []]));
  const add = async (channel: BySupply, truth: number): Promise<void> => {
    const { code, reference } = await target.sample(channel);
    found.get(channel)!.push({ nominal: nominalValue(channel, code, reference), truth });
  };
  await target.outputs(false);
  for (const code of rising(DROPS_mV.from, DROPS_mV.to)) {
    await target.supply(code);
    for (const output of OUTPUTS) await add(`${output}Drop`, told_mV(code, supply));
    onPoint();
  }
  await target.bypass(false);
  await target.outputs(true);
  for (const channel of ['supplyCurrentLow', 'supplyCurrentMid'] as const) {
    const { from, to } = CURRENTS_mV[channel];
    for (const code of rising(from, Math.min(to, supply_mV))) {
      await target.supply(code);
      await add(channel, (told_mV(code, supply) / (plugged_Ohm() + SHUNTS_Ohm)) * 1e3);
      onPoint();
    }
  }
  await target.supply(0);
  await target.outputs(false);
  await target.bypass(true);
  const entry = (channel: BySupply): readonly [BySupply, DerivedCorrection] => [channel, correctionOf(channel, found.get(channel)!, meter)];
  return Object.fromEntries(BY_SUPPLY.map(entry)) as DerivedCorrections;
};
