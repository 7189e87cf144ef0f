/** One scenario at one point of its sweep: what the bench runs, the model predicts and the judge judges. */

import type { CheckId, Expectation, Measurement } from './expectation.ts';
import type { Place } from './issue.ts';
import type { EntryId, Timeline } from './timeline.ts';
import type { OutputSignal } from '../signals.ts';

/** What hangs on an output of the unit throughout a case, beside the fixture's own burden. */
export type Attached =
  /** Of a charger or an inverter: a megohm or more, so nothing has to be done about it. */
  | { readonly kind: 'remoteInput' }
  /** On a series switch that opens during a probe. */
  | { readonly kind: 'resistor'; readonly resistance_mOhm: number }
  /** Of a relay or contactor, with its freewheel diode. Its current may not be interrupted: the output is never probed, so only high and not high are known. */
  | { readonly kind: 'coil'; readonly resistance_mOhm: number; readonly inductance_uH: number };
export type AttachedLoads = Readonly<Partial<Record<OutputSignal, Attached>>>;

/** Whether it takes more from the supply than the fixture's shunt for consumption may carry. */
export const drawsCurrent = (attached: AttachedLoads): boolean => Object.values(attached).some(({ kind }) => kind !== 'remoteInput');

/** What the rig's own bank decides in a case: a statement on batteries, and the entry with which the bank shows it. */
export interface BankDecision {
  readonly requirement: string;
  readonly entry: EntryId;
  readonly what: string;
}

export interface Case {
  /** `<folder>/<file without .yaml>`, with `[parameters]` appended at a sweep point. */
  readonly id: string;
  readonly title: string;
  readonly place: Place;
  readonly parameters: Readonly<Record<string, string>>;
  readonly covers: readonly string[];
  readonly coversPlace: Place;
  readonly tags: readonly string[];
  /** Outputs that are not named have nothing attached. */
  readonly attached: AttachedLoads;
  /** None where a scenario speaks of poles. */
  readonly decided: readonly BankDecision[];
  readonly timeline: Timeline;
  readonly expectations: readonly Expectation[];
  readonly measurements: readonly Measurement[];
  /** Pass needs an outcome for each: always `reference`, then each expectation and measurement. */
  readonly planned: readonly CheckId[];
  /** sha256 of the scenario file's bytes. */
  readonly scenarioHash: string;
}
