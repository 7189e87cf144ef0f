/** For each number of the reference: a unit whose own number can be put on either side of it, the scenario that asks for it, and how it is read off a trace. */

import type { ParameterName } from '../../../firmware-ref/parameters.ts';
import type { Instant } from '../../../reports/judge/decision.ts';
import type { Trace } from '../../../scenarios/contracts/trace.ts';
import { POLE_SWITCH_MAX_us, type SenseSignal, SUPPLY_SLEW_mV_per_us } from '../../../scenarios/signals.ts';
import { findPart } from '../../fixture/netlist/netlist.ts';
import { range, spread } from '../../fixture/netlist/part.ts';
import { BENCH_NETLIST } from '../../sim/circuit/stand-in-board.ts';
import { type Change, set } from '../../sim/defects/change.ts';
import { type Constants, quartersOf, timeOf } from './constants.ts';

export interface UnitNumbers {
  readonly constants: Constants;
  readonly change: readonly Change[];
}

/** From one instant to the other, less what the bench itself is granted in between. */
export interface Measured {
  readonly from: Instant;
  readonly to: Instant;
  readonly granted_us: number;
}

interface LimitBase {
  readonly parameter: ParameterName;
  /** Name of the file beside this one. */
  readonly scenario: string;
  /** The signal that has to tell of it. */
  readonly signal: SenseSignal;
  /** The unit's own number may be at most or at least the limit. */
  readonly side: 'most' | 'least';
  /** A unit with this number, in the parameter's unit. */
  readonly unit: (value: number) => UnitNumbers;
}
export type Limit =
  /** A pilot run tells what the unit adds to its constant; null = the trace does not show it. */
  | (LimitBase & { readonly kind: 'time'; readonly measure: (trace: Trace) => Measured | null })
  /** Worst case of the bench's drive at the limit, one side. */
  | (LimitBase & { readonly kind: 'voltage'; readonly uncertainty_mV: number });

const constants = (numbers: Constants): UnitNumbers => ({ constants: numbers, change: [] });
const board = (...change: readonly Change[]): UnitNumbers => ({ constants: {}, change });

const falls = (trace: Trace, signal: SenseSignal, after_us: number): Instant | undefined =>
  trace.edges.find((edge) => edge.signal === signal && (edge.level === 'notHigh' || edge.level === 'off') && edge.at_us > after_us);
const rises = (trace: Trace, signal: SenseSignal): Instant | undefined =>
  trace.edges.find((edge) => edge.signal === signal && (edge.level === 'high' || edge.level === 'on'));

/** The supply, or the first step of the case. */
const stimulus = ({ stimuli }: Trace, entry: 'power' | 'step-1' = 'step-1'): Instant | null => {
  const found = stimuli.find((one) => one.entry === entry);
  return found === undefined || found.done_us === null ? null : { at_us: found.done_us, uncertainty_us: found.uncertainty_us };
};

const since = (from: Instant | null | undefined, to: Instant | undefined, granted_us = 0): Measured | null =>
  from === null || from === undefined || to === undefined ? null : { from, to, granted_us };

/** From power: the supply has to get there first, as slowly as it may. */
const slew_us = (from_mV: number, to_mV: number): number => Math.abs(to_mV - from_mV) / SUPPLY_SLEW_mV_per_us;
const FULL_mV = 8_000;
const LOST_mV = 6_500;
const HEALTHY_mV = 12_800;

/** First fall of a signal that was up, and what follows. */
const gap =
  (signal: SenseSignal) =>
  (trace: Trace): Measured | null => {
    const away = falls(trace, signal, 0);
    const back = trace.edges.find((edge) => edge.signal === signal && away !== undefined && edge.at_us > away.at_us);
    return since(away, back);
  };
const trip =
  (first: 'preAlarm' | 'load', second: 'preAlarm' | 'load') =>
  (trace: Trace): Measured | null => {
    const rise = rises(trace, 'preAlarm');
    if (rise === undefined) return null;
    return since(first === 'preAlarm' ? rise : falls(trace, first, rise.at_us), falls(trace, second, rise.at_us));
  };
const waitOf = (value: number): UnitNumbers => {
  const { counts, rest } = timeOf(value);
  return constants({ waitCounts: counts, waitRest: rest });
};

const PIN_LOAD = 1;
const PIN_LED_BLUE = 8;
/** Both ways in no time that is drawn. */
const EXACT_STAGE: readonly Change[] = [set('unit.Q.load', 'close_us', range(30, 30)), set('unit.Q.load', 'open_us', range(30, 30))];

/** LOAD is held for so long after its controller has let go of it, by a switch of its own beside the output stage. */
const heldFor = (time_us: number): UnitNumbers =>
  board(
    set('unit.Q.load', 'close_us', range(30, 30)),
    // Each takes over before the other lets go.
    set('unit.Q.load', 'open_us', range(90, 90)),
    {
      do: 'add',
      part: {
        kind: 'switch',
        ref: 'unit.Q.hold',
        role: 'holds LOAD for a while',
        style: 'highSide',
        a: 'VBAT',
        b: 'LOAD',
        on_Ohm: spread(0.08, 0),
        off_Ohm: spread(200e6, 0),
        control: { board: 'unit', pin: 'PB0', active: 'low' },
        close_us: range(30, 30),
        open_us: range(90, 90),
        limit_A: null,
        monostable_ms: range(time_us / 1e3, time_us / 1e3),
      },
    },
    set('unit.U.reset', 'hold_V', spread(LOST_mV / 1e3, 0)),
    set('unit.U.reset', 'response_us', range(20, 20)),
  );

const supervisor = (release_mV: number, hold_mV: number): UnitNumbers =>
  board(set('unit.U.reset', 'release_V', spread(release_mV / 1e3, 0)), set('unit.U.reset', 'hold_V', spread(hold_mV / 1e3, 0)));

const CODES = 1024;
const DIVIDER = 4;
const NOMINAL_REFERENCE_mV = 5_000;
/** A reference at which the step to code `code` lies exactly at the wanted voltage of the terminal, and dividers without a tolerance. */
const exactStep = (terminal: 'l' | 'h', threshold_mV: number): { readonly code: number; readonly change: readonly Change[] } => {
  const code = Math.round((threshold_mV * CODES) / (DIVIDER * NOMINAL_REFERENCE_mV));
  return {
    code,
    change: [
      set('unit.U.5V', 'voltage_V', spread((threshold_mV * CODES) / (DIVIDER * code) / 1e3, 0)),
      set(`unit.R.${terminal}.upper`, 'resistance_Ohm', spread(3e6, 0)),
      set(`unit.R.${terminal}.lower`, 'resistance_Ohm', spread(1e6, 0)),
    ],
  };
};
const lThreshold = (value: number): UnitNumbers => {
  const { code, change } = exactStep('l', value);
  return { constants: { lOnBelow: code, lOffAbove: code }, change };
};
/** On from code `code` upwards. */
const hThreshold = (value: number): UnitNumbers => {
  const { code, change } = exactStep('h', value);
  return { constants: { hOnAbove: code - 1, hOffBelow: code - 1 }, change };
};

/** What the bench's converter for a drive may be off at this value, by its netlist. */
const driveUncertainty_mV = (ref: 'U.supply' | 'U.remoteL' | 'U.remoteH', value_mV: number): number => {
  const part = findPart(BENCH_NETLIST, ref);
  if (part?.kind !== 'voltageConverter') throw new Error(`The netlist has no converter ${ref}.`);
  return value_mV * part.fullScale_V.tolerance + 1e3 * Math.max(Math.abs(part.offset_V.min), part.offset_V.max);
};

export const LIMITS: readonly Limit[] = [
  {
    kind: 'time',
    parameter: 'reaction_us',
    scenario: 'reaction',
    signal: 'charger',
    side: 'most',
    unit: (value) => {
      const { counts, rest } = timeOf(value);
      return constants({ reactionCounts: counts, reactionRest: rest });
    },
    measure: (trace) => {
      const from = stimulus(trace);
      return since(from, falls(trace, 'charger', from?.at_us ?? 0), POLE_SWITCH_MAX_us);
    },
  },
  {
    kind: 'time',
    parameter: 'startUp_us',
    scenario: 'start-up',
    signal: 'load',
    side: 'most',
    unit: (value) => {
      const { counts, rest } = timeOf(value);
      return constants({ startCounts: counts, startRest: rest });
    },
    measure: (trace) => since(stimulus(trace, 'power'), rises(trace, 'load'), slew_us(0, FULL_mV)),
  },
  {
    kind: 'time',
    parameter: 'waitLeast_us',
    scenario: 'wait',
    signal: 'load',
    side: 'least',
    unit: waitOf,
    measure: trip('preAlarm', 'load'),
  },
  {
    kind: 'time',
    parameter: 'waitMost_us',
    scenario: 'wait',
    signal: 'load',
    side: 'most',
    unit: waitOf,
    measure: trip('preAlarm', 'load'),
  },
  {
    kind: 'time',
    parameter: 'tripTogether_us',
    scenario: 'wait',
    signal: 'preAlarm',
    side: 'most',
    unit: (value) => {
      const { counts, rest } = timeOf(value);
      return constants({ preAlarmLagCounts: counts, preAlarmLagRest: rest });
    },
    measure: trip('load', 'preAlarm'),
  },
  {
    kind: 'time',
    parameter: 'supplyLost_us',
    scenario: 'supply-lost',
    signal: 'load',
    side: 'most',
    unit: heldFor,
    measure: (trace) => {
      const from = stimulus(trace);
      return since(from, falls(trace, 'load', from?.at_us ?? 0), slew_us(HEALTHY_mV, LOST_mV));
    },
  },
  {
    kind: 'time',
    parameter: 'glitchOutput_us',
    scenario: 'rest',
    signal: 'load',
    side: 'most',
    unit: (value) => ({ constants: { gapPins: PIN_LOAD, gapRest: quartersOf(value) }, change: EXACT_STAGE }),
    measure: gap('load'),
  },
  {
    kind: 'time',
    parameter: 'glitchLed_us',
    scenario: 'rest',
    signal: 'ledBlue',
    side: 'most',
    unit: (value) => constants({ gapPins: PIN_LED_BLUE, gapRest: quartersOf(value) }),
    measure: gap('ledBlue'),
  },
  {
    kind: 'voltage',
    parameter: 'supplyFull_mV',
    scenario: 'supply-full',
    signal: 'load',
    side: 'most',
    unit: (value) => supervisor(value, value - 200),
    uncertainty_mV: driveUncertainty_mV('U.supply', FULL_mV),
  },
  {
    kind: 'voltage',
    parameter: 'supplyLost_mV',
    scenario: 'supply-low',
    signal: 'load',
    side: 'least',
    unit: (value) => supervisor(7_000, value),
    uncertainty_mV: driveUncertainty_mV('U.supply', LOST_mV),
  },
  {
    kind: 'voltage',
    parameter: 'remoteLOn_mV',
    scenario: 'remote-l',
    signal: 'load',
    side: 'least',
    unit: lThreshold,
    uncertainty_mV: driveUncertainty_mV('U.remoteL', 3_500),
  },
  {
    kind: 'voltage',
    parameter: 'remoteHOn_mV',
    scenario: 'remote-h',
    signal: 'load',
    side: 'most',
    unit: hThreshold,
    uncertainty_mV: driveUncertainty_mV('U.remoteH', 2_900),
  },
  {
    kind: 'voltage',
    parameter: 'remoteHOff_mV',
    scenario: 'remote-h-off',
    signal: 'load',
    side: 'least',
    unit: hThreshold,
    uncertainty_mV: driveUncertainty_mV('U.remoteH', 2_000),
  },
];

/** Numbers that no unit can be on the wrong side of, and why. */
export const NO_LIMIT_OF_A_UNIT: Readonly<Partial<Record<ParameterName, string>>> = {
  poleSkew_us: 'says how far apart switches of the bench may follow; no rule reads it, since the account allows every order',
  supplyJudged_mV: 'says below which supply nothing is looked at: the comparators of the fixture are blank there',
};
