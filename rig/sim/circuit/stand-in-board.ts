/** The stand-in unit's own board around its ATmega328P: output stages, remote inputs, pole inputs, supervisor, consumption, LEDs. */

import type { POLES } from '../../fixture/netlist/inputs.ts';
import { joinNetlists, type Netlist } from '../../fixture/netlist/netlist.ts';
import { FIXTURE_NETLIST } from '../../fixture/netlist/fixture.ts';
import { LIGHTS } from '../../fixture/netlist/optics.ts';
import { type Control, MINUS, type Part, range, type Spread, spread } from '../../fixture/netlist/part.ts';

const controlledBy = (pin: string): Control => ({ board: 'unit', pin, active: 'high' });

const resistor = (ref: string, role: string, [a, b]: readonly [string, string], resistance_Ohm: Spread): Part => ({
  kind: 'resistor',
  ref: `unit.${ref}`,
  role,
  a,
  b,
  resistance_Ohm,
});

const divider = (name: string, from: string, channel: number, upper_Ohm: number, lower_Ohm: number): readonly Part[] => [
  resistor(`R.${name}.upper`, `senses ${from}`, [from, `unit.${name}Tap`], spread(upper_Ohm, 0.005)),
  resistor(`R.${name}.lower`, `senses ${from}`, [`unit.${name}Tap`, MINUS], spread(lower_Ohm, 0.005)),
  {
    kind: 'diode',
    ref: `unit.D.${name}`,
    role: 'clamps the tap at 5 V',
    anode: `unit.${name}Tap`,
    cathode: 'unit.5V',
    forward_V: 0.2,
    on_Ohm: 100,
  },
  { kind: 'analogInput', ref: `unit.X.${name}`, role: `senses ${from}`, node: `unit.${name}Tap`, board: 'unit', channel },
];

/** A high-side switch with a charge pump: its gate takes tens of microseconds, which is what gives the boards their lookahead. */
const outputStage = (ref: string, pin: string, node: string, on_Ohm: Spread, limit_A: Spread | null): Part => ({
  kind: 'switch',
  ref: `unit.Q.${ref}`,
  role: `output stage of ${node}`,
  rating: '80 V',
  style: 'highSide',
  a: 'VBAT',
  b: node,
  on_Ohm,
  off_Ohm: spread(200e6, 0.5),
  control: controlledBy(pin),
  close_us: range(25, 60),
  open_us: range(25, 60),
  limit_A,
  monostable_ms: null,
});

const consumption = (ref: string, current_A: number, pin: string | null): Part => ({
  kind: 'currentSink',
  ref: `unit.I.${ref}`,
  role: pin === null ? 'consumption' : 'further consumption while LOAD is driven',
  node: 'VBAT',
  current_A: spread(current_A, 0.1),
  saturation_V: 5,
  control: pin === null ? null : controlledBy(pin),
  response_us: range(25, 60),
  monostable_ms: null,
});

const poleInput = (number: (typeof POLES)[number], pin: string): readonly Part[] => [
  resistor(`R.pole${number}.pullUp`, `pull-up of male pole ${number}`, ['unit.5V', `M8_MALE_${number}`], spread(10_000, 0.05)),
  resistor(`R.pole${number}.return`, `female pole ${number} to minus`, [`M8_FEMALE_${number}`, MINUS], spread(10, 0.05)),
  {
    kind: 'capacitor',
    ref: `unit.C.pole${number}`,
    role: `filter of pole ${number}`,
    node: `M8_MALE_${number}`,
    capacitance_F: spread(1e-9, 0.1),
  },
  // Thresholds of an ATmega328P input at 5 V: typically 2.1 V and 2.6 V (its datasheet, pin threshold and hysteresis figures).
  {
    kind: 'logicInput',
    ref: `unit.X.pole${number}`,
    role: `sense of pole ${number}`,
    node: `M8_MALE_${number}`,
    pin: { board: 'unit', pin },
    low_V: 2.1,
    high_V: 2.6,
  },
];

export const STAND_IN_BOARD: Netlist = {
  parts: [
    {
      kind: 'regulator',
      ref: 'unit.U.5V',
      role: '5 V rail and ADC reference',
      from: 'VBAT',
      node: 'unit.5V',
      voltage_V: spread(5, 0.02),
      dropout_V: 0.5,
      output_Ohm: 1,
      reference: 'unit',
    },
    {
      kind: 'supervisor',
      ref: 'unit.U.reset',
      role: 'releases the controller',
      node: 'VBAT',
      release_V: spread(7, 0.01),
      hold_V: spread(6.8, 0.01),
      response_us: range(20, 50),
    },
    consumption('standby', 0.0012, null),
    consumption('load', 0.001, 'PB0'),
    ...divider('vbat', 'VBAT', 0, 3e6, 200e3),
    outputStage('load', 'PB0', 'LOAD', spread(0.08, 0.2), null),
    outputStage('charger', 'PB1', 'CHARGER', spread(22, 0.1), spread(0.025, 0.3)),
    outputStage('preAlarm', 'PB2', 'PRE_ALARM', spread(0.08, 0.2), null),
    resistor('R.h.pullDown', 'H to minus', ['REMOTE_H', MINUS], spread(100e3, 0.01)),
    ...divider('h', 'REMOTE_H', 1, 3e6, 1e6),
    resistor('R.l.pullUp', 'L to 5 V', ['unit.5V', 'REMOTE_L'], spread(100e3, 0.01)),
    ...divider('l', 'REMOTE_L', 2, 3e6, 1e6),
    ...poleInput(1, 'PD2'),
    ...poleInput(3, 'PD3'),
    ...poleInput(4, 'PD4'),
    { kind: 'led', ref: 'unit.D.blue', role: 'blue LED', control: controlledBy('PB3'), light: LIGHTS.ledBlue },
    { kind: 'led', ref: 'unit.D.red', role: 'red LED', control: controlledBy('PB4'), light: LIGHTS.ledRed },
  ],
};

/** Fixture and good stand-in unit: what the simulated bench starts from. */
export const BENCH_NETLIST: Netlist = joinNetlists(FIXTURE_NETLIST, STAND_IN_BOARD);
