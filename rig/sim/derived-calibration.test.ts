// Drops and supply currents of twenty boards, calibrated: what is stated holds against the circuit itself, and is much less than what the parts alone allow.
import { expect } from 'chai';
import { OUTPUTS } from '../../scenarios/signals.ts';
import { measure, type Reading, type SampleEvent } from '../bench/measure.ts';
import { BY_SUPPLY, type Calibration, DERIVED } from '../calibration/calibration.ts';
import type { DriveBit } from '../fixture/channels.ts';
import { findPart } from '../fixture/netlist/netlist.ts';
import { PLUG_WAYS } from '../fixture/netlist/plug.ts';
import { TERMINAL_NODES } from '../fixture/netlist/terminals.ts';
import { drawFor } from './circuit/draw.ts';
import { CircuitTarget, factoryCalibration, PLUGGED_NETLIST } from './factory-calibration.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => 5 + index * 41);
const SINKS: readonly (readonly [DriveBit, 'load' | 'preAlarm' | 'charger'])[] = [
  ['loadSink', 'load'],
  ['preAlarmSink', 'preAlarm'],
  ['chargerSink1mA', 'charger'],
  ['chargerSink10mA', 'charger'],
];

type Derived = (typeof DERIVED)[number];

const bySupply: readonly Derived[] = BY_SUPPLY;

interface Look {
  readonly channel: Derived;
  readonly at_V: number;
  readonly truth: number;
  readonly raw: Reading;
  readonly calibrated: Reading;
}

const codeOf = (volts: number): number => Math.round((volts / 80) * 65_536);

/** A board under loads that its calibration never saw: real drops at any supply, the poles one by one. */
async function* looksAt(seed: number, calibration: Calibration): AsyncGenerator<Look> {
  const target = new CircuitTarget(seed);
  const { circuit } = target;
  const look = async (channel: Derived, at_V: number, truth: number): Promise<Look> => {
    const { code, reference } = await target.sample(channel);
    const event = { kind: 'sample', channel, count: 1, sum: code, max: code, reference: 4 * reference, second: 0 } as SampleEvent;
    return { channel, at_V, truth, raw: measure(event, at_V, null), calibrated: measure(event, at_V, calibration) };
  };
  const drop_mV = (output: (typeof OUTPUTS)[number]): number =>
    (circuit.voltage(TERMINAL_NODES.batteryPlus) - circuit.voltage(TERMINAL_NODES[output])) * 1e3;
  const through_uA = (ref: string, volts: number): number => {
    const part = findPart(PLUGGED_NETLIST, ref);
    if (part?.kind !== 'resistor') throw new Error(`the netlist has no ${ref}`);
    return (volts / drawFor(seed, ref).of(part.resistance_Ohm)) * 1e6;
  };
  const sunk_uA = (): number => through_uA('R.sinkReturn', circuit.voltage('SINK_RETURN'));
  const high_uA = (): number => through_uA('R.shunt.high', circuit.voltage('SUPPLY') - circuit.voltage('shuntMiddle'));
  await target.outputs(true);
  for (const volts of [5, 12.8, 26, 69]) {
    await target.supply(codeOf(volts));
    yield await look('supplyCurrentHigh', volts, high_uA());
    for (const [bit, output] of SINKS) {
      await target.switch(bit, true);
      if (bit !== 'chargerSink1mA') yield await look(`${output}Drop`, volts, drop_mV(output));
      yield await look(output === 'charger' ? 'sinkCurrentLow' : 'sinkCurrent', volts, sunk_uA());
      yield await look('supplyCurrentHigh', volts, high_uA());
      await target.switch(bit, false);
    }
  }
  await target.outputs(false);
  await target.bypass(false);
  const current_uA = (): number => through_uA('R.shunt.low', circuit.voltage('shuntMiddle') - circuit.voltage('VBAT_F'));
  for (const on of [...OUTPUTS.map((output) => [output]), [...OUTPUTS]]) {
    for (const output of OUTPUTS) await target.switch(PLUG_WAYS[output].pole, on.includes(output));
    for (const volts of [3.7, 9.1, 12.8, 25, 48, 69]) {
      await target.supply(codeOf(volts));
      const channel = current_uA() < 4_800 ? 'supplyCurrentLow' : 'supplyCurrentMid';
      yield await look(channel, volts, current_uA());
    }
  }
}

describe('a calibrated board, its drops and currents', () => {
  it('is as near to the circuit as it says on twenty boards, and says less than half of what its parts allow, of sinks and the high range less than three quarters', async () => {
    const farther = new Map<Derived, number>();
    for (const seed of SEEDS) {
      const calibration = await factoryCalibration(seed);
      for await (const { channel, at_V, truth, raw, calibrated } of looksAt(seed, calibration)) {
        const label = `seed ${seed}, ${channel} at ${at_V} V: ${truth.toFixed(1)}`;
        expect(calibrated.saturated, label).to.equal(false);
        expect(Math.abs(calibrated.value - truth), label).to.be.below(calibrated.uncertainty);
        expect(Math.abs(raw.value - truth), `${label}, by its parts`).to.be.below(raw.uncertainty);
        expect(calibrated.uncertainty, label).to.be.below(0.72 * raw.uncertainty);
        if (at_V <= 12.8 && bySupply.includes(channel)) expect(calibrated.uncertainty, label).to.be.below(0.5 * raw.uncertainty);
        if (Math.abs(raw.value - truth) > calibrated.uncertainty) farther.set(channel, (farther.get(channel) ?? 0) + 1);
      }
    }
    // Without their calibration some of these readings would not have been within what is now stated.
    expect(Math.max(...farther.values())).to.be.above(0);
  });

  it('states none of it where the calibration holds none, as one from before', async () => {
    const { derived, ...before } = await factoryCalibration(1);
    expect(Object.keys(derived ?? {})).to.have.length(DERIVED.length);
    const event = { kind: 'sample', channel: 'loadDrop', count: 1, sum: 200, max: 200, reference: 4 * 921, second: 0 } as SampleEvent;
    expect(measure(event, 12.8, before)).to.deep.equal(measure(event, 12.8, null));
  });
});
