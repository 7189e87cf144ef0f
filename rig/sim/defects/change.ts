/** What an electrical defect may do to a netlist: values and parts, nothing else. */

import type { ChainEnd } from '../../../scenarios/contracts/timeline.ts';
import { MINUS, range, spread, type Part } from '../../fixture/netlist/part.ts';
import { handPin } from '../circuit/chain-plugs.ts';
import { type DefectFacts, type Exceptions, facts, type Family } from './defect.ts';

export type Change =
  | { readonly do: 'add'; readonly part: Part }
  | { readonly do: 'remove'; readonly ref: string }
  /** Replaces one field of a part by a value of the same form. */
  | { readonly do: 'set'; readonly ref: string; readonly field: string; readonly value: unknown };

export interface ElectricalDefect extends DefectFacts {
  readonly change: readonly Change[];
}

/** Declares electrical defects of one family. */
export const inFamily =
  (family: Family) =>
  (
    name: string,
    requirement: ElectricalDefect['requirement'],
    signal: ElectricalDefect['signal'],
    summary: string,
    change: readonly Change[],
    exceptions?: Exceptions,
  ): ElectricalDefect => ({ ...facts(family, name, requirement, signal, summary, exceptions), change });

export const remove = (ref: string): Change => ({ do: 'remove', ref });
export const set = (ref: string, field: string, value: unknown): Change => ({ do: 'set', ref, field, value });

/** A conducting path that should not be there. */
export const bridge = (a: string, b: string, resistance_Ohm: number): Change => ({
  do: 'add',
  part: {
    kind: 'resistor',
    ref: `defect.R.${a}-${b}`,
    role: 'a path that should not be there',
    a,
    b,
    resistance_Ohm: spread(resistance_Ohm, 0),
  },
});

/** A suppressor of too low a voltage: from `breakdown_V` on it conducts from one node to the other. */
export const breakdown = (from: string, to: string, breakdown_V: number, on_Ohm: number): Change => ({
  do: 'add',
  part: {
    kind: 'diode',
    ref: `defect.D.${from}-${to}`,
    role: 'a suppressor for a lower system voltage',
    anode: from,
    cathode: to,
    forward_V: breakdown_V,
    on_Ohm,
  },
});

/** From a node to minus. */
export const capacitor = (node: string, capacitance_F: number): Change => ({
  do: 'add',
  part: {
    kind: 'capacitor',
    ref: `defect.C.${node}`,
    role: 'a capacitor that should not be there',
    node,
    capacitance_F: spread(capacitance_F, 0),
  },
});

/** A transistor that pulls the output to minus while its stage is off. */
export const pullDown = (node: string, pin: string): Change => ({
  do: 'add',
  part: {
    kind: 'switch',
    ref: `defect.Q.${node}`,
    role: 'pulls the output low while its stage is off',
    style: 'transistor',
    a: node,
    b: MINUS,
    on_Ohm: spread(470, 0),
    off_Ohm: spread(1e9, 0),
    control: { board: 'unit', pin, active: 'low' },
    close_us: range(30, 60),
    open_us: range(30, 60),
    limit_A: null,
    monostable_ms: null,
  },
});

/** A contact in a connector of the chain that closes as the plug leaves it. */
export const shorting = (end: ChainEnd, a: string, b: string): Change => ({
  do: 'add',
  part: {
    kind: 'switch',
    ref: `defect.K.${end}.${a}`,
    role: `closes while the plug of the ${end} end is out`,
    style: 'transistor',
    a,
    b,
    on_Ohm: spread(0.1, 0),
    off_Ohm: spread(1e9, 0),
    control: { ...handPin(end), active: 'high' },
    close_us: range(30, 60),
    open_us: range(30, 60),
    limit_A: null,
    monostable_ms: null,
  },
});

/** The pin of a part of the unit's own controller. */
export const onPin = (ref: string, field: 'pin' | 'control', pin: string, active?: 'high' | 'low'): Change =>
  set(ref, field, active === undefined ? { board: 'unit', pin } : { board: 'unit', pin, active });
