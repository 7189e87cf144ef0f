/** What an electrical defect may do to a netlist: values and parts, nothing else. */

import type { RequirementId } from '../../../scenarios/requirements.ts';
import type { AnalogSignal, SenseSignal } from '../../../scenarios/signals.ts';
import type { Part } from '../../fixture/netlist/part.ts';

export type Change =
  | { readonly do: 'add'; readonly part: Part }
  | { readonly do: 'remove'; readonly ref: string }
  /** Replaces one field of a part by a value of the same form. */
  | { readonly do: 'set'; readonly ref: string; readonly field: string; readonly value: unknown };

export interface ElectricalDefect {
  readonly name: string;
  /** What the unit does wrong, in one sentence. */
  readonly summary: string;
  /** The requirement it breaks first. */
  readonly requirement: RequirementId;
  /** The signal on which it must be seen. */
  readonly signal: SenseSignal | AnalogSignal;
  readonly change: readonly Change[];
}
