/** Every number of the reference, with its unit, the ruling or fact behind it, and how sure it is. */

import type { Certainty } from '../scenarios/contracts/prediction.ts';

export interface Parameter {
  readonly value: number;
  readonly unit: 'us' | 'mV';
  /** Ruling, and the fact where one is published: both in FACTS.md. */
  readonly source: string;
  readonly certainty: Certainty;
  /** From a unit's profile. */
  readonly learned?: true;
}

const s = (value: number, source: string, certainty: Certainty): Parameter => ({ value: value * 1e6, unit: 'us', source, certainty });
const V = (value: number, source: string, certainty: Certainty): Parameter => ({ value: value * 1e3, unit: 'mV', source, certainty });

export const PARAMETERS = {
  /** Nothing reacts later than this to a change of the inputs. */
  reaction_us: s(2, 'R16', 'I'),
  /** From 8.0 V rising until every output is as its inputs ask. */
  startUp_us: s(3, 'R15', 'I'),
  /** Least time from PRE-ALARM rising to LOAD floating. */
  waitLeast_us: s(30, 'R3, F-PRE-30S', 'O'),
  /** Most time from PRE-ALARM rising to LOAD floating. */
  waitMost_us: s(35, 'R4', 'I'),
  /** PRE-ALARM goes off at the same moment as LOAD: within this, either way round. */
  tripTogether_us: s(0.5, 'R9, F-TRIP', 'O'),
  /** Poles written at one instant may change in any order within this. */
  poleSkew_us: s(0.001, 'R1', 'I'),
  /** A supply below `supplyLost_mV` for this long takes everything off and the state with it. */
  supplyLost_us: s(1, 'R14', 'I'),
  /** Outputs: unexplained changes shorter than this are counted, not judged. */
  glitchOutput_us: s(0.001, 'R18', 'I'),
  glitchLed_us: s(0.02, 'R18', 'I'),
  supplyFull_mV: V(8, 'R14, F-SUPPLY', 'O'),
  supplyLost_mV: V(6.5, 'R14', 'I'),
  /** Below this nothing is judged. */
  supplyJudged_mV: V(3, 'R14', 'I'),
  /** L below this switches on. */
  remoteLOn_mV: V(3.5, 'R13, F-REMOTE-L', 'O'),
  /** H above this, and up to the battery, switches on. */
  remoteHOn_mV: V(2.9, 'R13, F-REMOTE-H', 'O'),
  /** With L open, H driven below this is off. */
  remoteHOff_mV: V(2, 'R13', 'I'),
} as const satisfies Record<string, Parameter>;

export type ParameterName = keyof typeof PARAMETERS;
/** The same table with other values, from a profile of one unit. */
export type Parameters = Readonly<Record<ParameterName, Parameter>>;
/** Plain numbers, as the rules use them. */
export type Numbers = Readonly<Record<ParameterName, number>> & {
  /** Those that a profile gave; absent: none. */
  readonly learned?: ReadonlySet<ParameterName>;
};

/** Of each table once: a table does not change. */
const known = new WeakMap<Parameters, Numbers>();

export function numbersOf(parameters: Parameters): Numbers {
  const before = known.get(parameters);
  if (before !== undefined) return before;
  const names = Object.keys(parameters) as ParameterName[];
  const numbers = Object.fromEntries(names.map((name) => [name, parameters[name].value])) as Record<ParameterName, number>;
  const learned = new Set(names.filter((name) => parameters[name].learned));
  const made: Numbers = learned.size === 0 ? numbers : { ...numbers, learned };
  known.set(parameters, made);
  return made;
}
