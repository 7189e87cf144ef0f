/** What can be seen of a unit's board without its firmware: for tests of the electrical defects. */

import type { Netlist } from '../../fixture/netlist/netlist.ts';
import { CHAIN_ENDS } from '../../../scenarios/contracts/timeline.ts';
import { handPin, withPlugs } from '../circuit/chain-plugs.ts';
import { HandBench, ms, nominal } from '../circuit/hand-bench.ts';

export type Observations = Readonly<Record<string, number | string | boolean>>;

const SUPPLY_V = 12.8;

/** Name of what was looked at, and what was seen. Pins of the unit are driven by hand, as its firmware would. */
export const observe = (netlist: Netlist, supply_V = SUPPLY_V): Observations => {
  const driving: Driving = () => {
    const bench = new HandBench({ netlist }).supplied(supply_V);
    for (const pin of ['PB0', 'PB1', 'PB2', 'PB3', 'PB4']) bench.pin('unit', pin, 'low');
    return bench.wait(ms(1));
  };
  return {
    ...output(driving, 'load', 'LOAD', ['PB0', 'PH3', 'loadSink']),
    ...output(driving, 'preAlarm', 'PRE_ALARM', ['PB2', 'PH4', 'preAlarmSink']),
    ...output(driving, 'charger', 'CHARGER', ['PB1', 'PH5', 'chargerSink10mA']),
    ...crosstalk(driving),
    ...consumption(driving),
    ...poles(driving),
    ...ends(netlist, supply_V),
    ...leds(driving),
    ...remote(driving),
    ...lowSupply(netlist),
  };
};

/** A bench at its supply with the unit's pins driven low. */
type Driving = () => HandBench;

type OutputName = 'load' | 'preAlarm' | 'charger';

const output = (
  driving: Driving,
  name: OutputName,
  node: string,
  [pin, bias, sink]: readonly [string, string, 'loadSink' | 'preAlarmSink' | 'chargerSink10mA'],
): Observations => {
  const bench = driving();
  const off = bench.volts(node);
  const biased = bench.pin('fixture', bias, 'high').wait(ms(2)).volts(node);
  bench.pin('fixture', bias, 'low').pin('unit', pin, 'high').wait(ms(2));
  const on = bench.volts(node);
  bench.bit(sink).wait(100_000);
  return { [`${name} off`]: off, [`${name} biased`]: biased, [`${name} on`]: on, [`${name} drop`]: bench.volts(`${name}DropOut`) / 2.5 };
};

const crosstalk = (driving: Driving): Observations => {
  const bench = driving().pin('unit', 'PB0', 'high').wait(ms(2));
  return { 'charger beside load': bench.volts('CHARGER'), 'preAlarm beside load': bench.volts('PRE_ALARM') };
};

const consumption = (driving: Driving): Observations => {
  const bench = driving().bit('shuntBypass', false).wait(ms(2));
  const milliamps = (): number => bench.volts('supplyCurrentMidOut') * 12;
  const standby = milliamps();
  bench.pin('unit', 'PB0', 'high').wait(ms(2));
  return { 'current standby': standby, 'current with load': milliamps() };
};

/** Sense pins that read closed (low) when all poles are closed, and when one is open. */
const poles = (driving: Driving): Observations => {
  const seen: Record<string, string> = {};
  for (const open of [null, 1, 3, 4] as const) {
    const bench = driving();
    for (const pole of [1, 3, 4] as const) if (pole !== open) bench.bit(`pole${pole}`);
    bench.wait(ms(10));
    const closed = ['PD2', 'PD3', 'PD4'].filter((pin) => !bench.level('unit', pin));
    seen[open === null ? 'poles closed' : `pole ${open} open`] = closed.join();
  }
  return seen;
};

/** The same with all poles closed by the fixture and one end of the chain pulled out. */
const ends = (netlist: Netlist, supply_V: number): Observations => {
  const seen: Record<string, string> = {};
  for (const end of CHAIN_ENDS) {
    const bench = new HandBench({ netlist: nominal(withPlugs(netlist)) }).supplied(supply_V);
    for (const pole of [1, 3, 4] as const) bench.bit(`pole${pole}`);
    const { board, pin } = handPin(end);
    bench.wait(ms(10)).pin(board, pin, 'high').wait(ms(10));
    seen[`${end} end apart`] = ['PD2', 'PD3', 'PD4'].filter((input) => !bench.level('unit', input)).join();
  }
  return seen;
};

const leds = (driving: Driving): Observations => {
  const seen: Record<string, string> = {};
  for (const pin of [null, 'PB3', 'PB4']) {
    const bench = driving();
    if (pin !== null) bench.pin('unit', pin, 'high').wait(ms(1));
    seen[pin === null ? 'light, none driven' : `light of ${pin}`] = ['PK3', 'PK4']
      .filter((sensor) => bench.level('fixture', sensor))
      .join();
  }
  return seen;
};

/** What the unit's ADC is given, H and L, each way the fixture works the remote. */
const remote = (driving: Driving): Observations => {
  const seen: Record<string, number> = {};
  for (const way of ['open', 'remoteLink', 'remoteHBattery', 'remoteLMinus'] as const) {
    const bench = driving();
    if (way !== 'open') bench.bit(way);
    bench.wait(ms(10));
    seen[`${way}: H`] = bench.circuit.adcVolts('unit', 1, bench.now_ns);
    seen[`${way}: L`] = bench.circuit.adcVolts('unit', 2, bench.now_ns);
    if (way !== 'remoteLink') continue;
    bench.pin('unit', 'PB0', 'high').wait(ms(2));
    seen['remoteLink and load: L'] = bench.circuit.adcVolts('unit', 2, bench.now_ns);
  }
  return seen;
};

const lowSupply = (netlist: Netlist): Observations => {
  const bench = new HandBench({ netlist }).supplied(8.2);
  return {
    'released at 8.2 V': bench.power.at(-1)?.released ?? false,
    'supply sense at 8.2 V': bench.circuit.adcVolts('unit', 0, bench.now_ns),
  };
};

/** Names of the observations that differ: by more than 20 mV (or uA x 50) and 4 %, or at all where they are not numbers. */
export const differing = (good: Observations, bad: Observations): readonly string[] =>
  Object.keys(good).filter((name) => {
    const [before, after] = [good[name], bad[name]];
    if (typeof before !== 'number' || typeof after !== 'number') return before !== after;
    return Math.abs(after - before) > 0.02 + 0.04 * Math.abs(before);
  });
