/** What the emulated boards and the circuit between them say to each other, and how the circuit is made from a netlist and a seed. */

import type { Netlist } from '../../fixture/netlist/netlist.ts';
import type { BoardName, InputListener, PinDrive, UnitPowerListener } from './boards.ts';
import type { Insertion } from './draw.ts';
import { LiveCircuit } from './live-circuit.ts';

export type { BoardName, InputListener, Insertion, PinDrive, UnitPowerListener };

/**
 * Shortest time from a change on one board's pin (or converter) to a change on an input or analog channel of the other:
 * the gate drive of the unit's output stages, and the fixture's fastest switch or converter.
 */
export const UNIT_TO_FIXTURE_MIN_ns = 20_000;
export const FIXTURE_TO_UNIT_MIN_ns = 20_000;

/**
 * All times are true time in ns. The unit is held until a listener hears that it is released.
 *
 * Parts are piecewise linear, so between two changes each node voltage is a straight line (a slew) plus the decay of the
 * capacitors; nothing is stepped, and crossings are found on these curves. Which state a part is in (limiting, clamping)
 * follows from the voltages the capacitors go to, not from those they still have. A coil's current is made of straight pieces while it moves. Left out: other inductance, heat, input currents
 * of amplifiers.
 */
export interface Circuit {
  /** Next instant at which the circuit itself changes (an input, a switch, a corner of a slew); Infinity when settled. */
  nextActivity_ns(): number;
  /** Advances to t, delivering input changes through the listeners at their instants (<= t), in order. */
  advance(t_ns: number): void;
  /** A board's pin changed its drive at t. Calls may lag the time advanced to by less than the board's lookahead. */
  setPin(board: BoardName, pin: string, drive: PinDrive, t_ns: number): void;
  /** A 24-bit frame reached the fixture's converter: output `channel` takes the 16-bit `code`. */
  setConverter(channel: number, code: number, t_ns: number): void;
  /** Volts on an ADC channel of a board at t, t between the time advanced to and the next activity. An unconnected channel reads 0 V. */
  adcVolts(board: BoardName, channel: number, t_ns: number): number;
  /** The listener hears the present level of every input the circuit drives at once, and each change from then on. */
  onInput(listener: InputListener): void;
  /** The unit's controller is released (true) or held in reset (false) by its supervisor. While held its pins count as undriven. */
  onUnitPower(listener: UnitPowerListener): void;
  /** Volts between a node of the netlist and minus at the time advanced to; for tests and drawings. */
  voltage(node: string): number;
  /** Supplies of the boards' ADC references. */
  readonly avcc_V: Readonly<Record<BoardName, number>>;
  /** Times the node voltages have been solved: the circuit's cost. */
  readonly solutions: number;
}

export interface CircuitOptions {
  /** Draws the parts. */
  readonly seed: number;
  /** Draws, with the seed, what differs from one switching of the same parts to the next. Default: one and the same. */
  readonly occasion?: string;
  /** Default: the unit that the seed draws, put in once. */
  readonly insertion?: Insertion | undefined;
  /** Fixture and unit together, defects already applied. */
  readonly netlist: Netlist;
}

export const createCircuit = ({ seed, netlist, occasion = '', insertion }: CircuitOptions): Circuit =>
  new LiveCircuit(netlist, { seed, occasion, insertion });
