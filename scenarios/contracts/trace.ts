/** What a bench observed while it ran one case, in scenario time after one conversion with the final clock fit. */

import type { Blame } from './blame.ts';
import type { AnalogSignal, OutputSignal, ProbeLevel, SenseLevel, SenseSignal, Terminal } from '../signals.ts';
import type { ScenarioTime_us } from './clocks.ts';
import type { EntryId } from './timeline.ts';

/** An entry as executed; `refused`: a sink asked for on an output that was not high, the tick of the refusal in `done_us`. `uncertainty_us` is worst case, one side. A ramp or pulse also has its end. */
export interface Stimulus {
  readonly entry: EntryId;
  readonly outcome: 'done' | 'timedOut' | 'refused' | 'notReached';
  readonly asked_us: ScenarioTime_us | null;
  readonly done_us: ScenarioTime_us | null;
  readonly ended_us: ScenarioTime_us | null;
  readonly uncertainty_us: number;
  /** A 1 A sink whose output broke down under it: the fixture let go of it then, before its end. */
  readonly letGo_us?: ScenarioTime_us;
}

export interface Edge {
  /** Number of the edge within the trace, from 0, in order of time. */
  readonly seq: number;
  readonly signal: SenseSignal;
  readonly level: SenseLevel;
  readonly at_us: ScenarioTime_us;
  readonly uncertainty_us: number;
  readonly via: 'capture' | 'comparator' | 'probe' | 'light';
  readonly ticks: number;
}

export interface Sample {
  readonly entry: EntryId;
  readonly analog: AnalogSignal;
  readonly at_us: ScenarioTime_us;
  readonly value: number;
  readonly unit: 'mV' | 'uA';
  readonly uncertainty: number;
  /** The least the value can be, where the reading is at the end of its range and `uncertainty` says nothing any more. */
  readonly least?: number;
  readonly count: number;
  /** Of the supply current: what its other range read in the same window. */
  readonly other?: { readonly value: number; readonly uncertainty: number; readonly least?: number };
}

export interface Probe {
  /** The planned entry, or null for a probe the fixture made by itself after an edge. */
  readonly entry: EntryId | null;
  readonly output: OutputSignal;
  readonly from_us: ScenarioTime_us;
  readonly to_us: ScenarioTime_us;
  readonly result: ProbeLevel;
  readonly biasOff_mV: number;
  readonly biasOn_mV: number;
  readonly supply_mV: number;
}

/** A ramp as executed: the straight line of the drive at the unit's terminal. */
export interface Ramp {
  readonly entry: EntryId;
  readonly signal: 'supply' | 'remoteH' | 'remoteL';
  readonly from_us: ScenarioTime_us;
  readonly to_us: ScenarioTime_us;
  readonly from_mV: number;
  readonly to_mV: number;
  /** How far the terminal may be off the line, worst case, one side: of the drive, and of the steps it moves by. */
  readonly uncertainty_mV: number;
  /** Of the two instants. */
  readonly uncertainty_us: number;
}

/** What an operator was asked, and what came of it. */
export interface OperatorAnswer {
  /** The `barrier`. */
  readonly entry: EntryId;
  readonly question: string;
  /** Null: no answer within the time, or nobody to give one. */
  readonly choice: string | null;
  /** Who answered, as far as anybody said. */
  readonly by: string | null;
  /** `simulation`: the hands of the simulated bench did what was asked for, and say so. */
  readonly from: 'terminal' | 'file' | 'simulation' | 'nobody';
}

export interface Span {
  readonly signal: SenseSignal;
  readonly from_us: ScenarioTime_us;
  readonly to_us: ScenarioTime_us;
}

export interface LinkCounters {
  readonly linesSent: number;
  readonly linesReceived: number;
  /** Commands sent again, and requests for events that were lost. */
  readonly resent: number;
  readonly crcErrors: number;
  /** Events the fixture had to drop: any makes the case broken. */
  readonly overflow: number;
  /** Events never received in spite of re-requests: any makes the case broken. */
  readonly lost: number;
  /** Longest time by which the host came late to a sign of life it had planned: its process got no processor. */
  readonly stalled_ms: number;
}

export interface ClockFit {
  /** Fixture against host clock: +5000 = the fixture's ticks are 0.5 % fast. */
  readonly rate_ppm: number;
  /** Worst-case error of `rate_ppm` at any instant of the case: of the fit, of a rate that changes meanwhile, and of the host's oscillator. */
  readonly bound_ppm: number;
  /** The same of the fit that the case was begun by: what has a time of its own was put by it and by better ones. Absent in records from before it was kept. */
  readonly begun_ppm?: number;
  /** How far one clock jumped against the other, scatter of the pings taken off; 0: not that anybody could see. */
  readonly jump_us: number;
  readonly samples: number;
}

/** The calibration a bench measured with; `fault` = why it does not count, null = it does. */
export interface CalibrationInForce {
  readonly id: string | null;
  readonly fault: 'missing' | 'otherBoard' | 'otherDividers' | 'expired' | 'notYet' | 'incomplete' | null;
}

/** Force and sense contact of a terminal in series, measured before the supply was on. `uncertainty_mOhm` is worst case, one side. */
export interface ContactReading {
  readonly terminal: Terminal;
  readonly value_mOhm: number;
  readonly uncertainty_mOhm: number;
}

export interface Trace {
  readonly bench: { readonly simulated: boolean; readonly board: string; readonly firmware: string; readonly unitImage: string | null };
  readonly calibration: CalibrationInForce;
  readonly contacts: readonly ContactReading[];
  readonly case: string;
  readonly stimuli: readonly Stimulus[];
  /** Levels when the capture began. */
  readonly initial: Readonly<Record<SenseSignal, SenseLevel>>;
  readonly edges: readonly Edge[];
  readonly samples: readonly Sample[];
  readonly ramps: readonly Ramp[];
  readonly probes: readonly Probe[];
  readonly operator: readonly OperatorAnswer[];
  readonly captured: readonly Span[];
  /** Spans in which a signal's own level could not be seen (probes). */
  readonly blind: readonly Span[];
  readonly clock: ClockFit;
  readonly link: LinkCounters;
  /** Boot ids seen; more than one = the fixture reset during the run. */
  readonly boots: readonly string[];
  readonly end: 'complete' | 'aborted' | 'lost';
  /** Why, when `end` is not complete. */
  readonly reason: string | null;
  /** Whose doing that was; null: nothing ended the case before its time. */
  readonly endedBy: Blame | null;
  readonly ended_us: ScenarioTime_us;
  readonly seed: number | null;
}
