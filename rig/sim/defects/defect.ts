/** What every defect of the simulated unit says of itself, whatever it is made of. */

import type { RequirementId } from '../../../scenarios/requirements.ts';
import type { AnalogSignal, SenseSignal } from '../../../scenarios/signals.ts';

/** What goes wrong: output stages, inputs, times, decisions, LEDs, supply; or anything at all, but only now and then. */
export const FAMILIES = ['output', 'sensing', 'timing', 'logic', 'led', 'supply', 'intermittent'] as const;
export type Family = (typeof FAMILIES)[number];

/** Nominal system voltages of the product: 12 V stands for a supply of 8 to 16 V, 24 V for 16 to 32 V, 48 V for 32 to 70 V. */
export const VOLTAGE_CLASSES = [12, 24, 48] as const;
export type VoltageClass = (typeof VOLTAGE_CLASSES)[number];
/** Of a bank of four to sixteen cells at 3.2 V. */
export const NOMINAL_V: Readonly<Record<VoltageClass, number>> = { 12: 12.8, 24: 25.6, 48: 51.2 };

export interface DefectFacts {
  readonly name: string;
  /** What the unit does wrong, in one sentence. */
  readonly summary: string;
  readonly family: Family;
  /** The requirement it breaks first. */
  readonly requirement: RequirementId;
  /** The signal on which it must be seen. */
  readonly signal: SenseSignal | AnalogSignal;
  /** Whether one end-of-line pass can show it. */
  readonly endOfLine: boolean;
  /** The classes in which it shows at all. */
  readonly classes: readonly VoltageClass[];
  /** It acts at one in so many occurrences; 1 = always. */
  readonly oneIn: number;
  /** It shows only where hands do something to the circuit: in no suite that runs by itself on a real bench. */
  readonly byHand: boolean;
}

/** What need not be said: shown by the end-of-line pass, in every class, always. */
export type Exceptions = Partial<Pick<DefectFacts, 'endOfLine' | 'classes' | 'oneIn' | 'byHand'>>;

export const facts = (
  family: Family,
  name: string,
  requirement: RequirementId,
  signal: DefectFacts['signal'],
  summary: string,
  { endOfLine = true, classes = VOLTAGE_CLASSES, oneIn = 1, byHand = false }: Exceptions = {},
): DefectFacts => ({ name, summary, family, requirement, signal, endOfLine, classes, oneIn, byHand });

/** A supply at which a defect of these classes shows: 12 V where that is one of them, else the highest. */
export const shownAt_V = (classes: readonly VoltageClass[]): number => NOMINAL_V[classes.includes(12) ? 12 : classes.at(-1)!];
