/** What passes between the emulated boards and the circuit. */

import type { BoardName } from '../../fixture/netlist/part.ts';

export type { BoardName };
/** What a pin does to its net. `input` and `pullUp` leave a control line to its pull, which means off. */
export type PinDrive = 'high' | 'low' | 'input' | 'pullUp';

export type InputListener = (board: BoardName, pin: string, level: boolean, t_ns: number) => void;
export type UnitPowerListener = (released: boolean, t_ns: number) => void;
