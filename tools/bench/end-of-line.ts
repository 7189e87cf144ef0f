/** What the end-of-line case takes beyond physics: the unit's own start-up and its own wait are the unit's, the rest is the scenario's and the rig's. */

import type { Edge, Trace } from '../../scenarios/contracts/trace.ts';
import type { SpeedRun } from './speed.ts';

/** A fall of LOAD so long after PRE-ALARM is the trip. */
const LEAST_WAIT_us = 20e6;

export interface EndOfLine {
  /** From the supply to LOAD, as measured. */
  readonly startUp_s: number;
  /** From PRE-ALARM to LOAD, as measured. */
  readonly wait_s: number;
  /** What is left of the case. */
  readonly beyond_s: number;
}

const edgeOf = ({ edges }: Trace, signal: Edge['signal'], level: Edge['level'], from_us: number): Edge => {
  const found = edges.find((edge) => edge.signal === signal && edge.level === level && edge.at_us >= from_us);
  if (found === undefined) throw new Error(`The end-of-line case shows no edge of ${signal} to ${level} after ${from_us / 1e6} s.`);
  return found;
};

/** Throws for a unit that does not start and trip. */
export const endOfLine = (trace: Trace): EndOfLine => {
  const start = edgeOf(trace, 'load', 'high', 0);
  const warning = edgeOf(trace, 'preAlarm', 'high', start.at_us);
  const trip = edgeOf(trace, 'load', 'notHigh', warning.at_us + LEAST_WAIT_us);
  const [startUp_s, wait_s] = [start.at_us / 1e6, (trip.at_us - warning.at_us) / 1e6];
  return { startUp_s, wait_s, beyond_s: trace.ended_us / 1e6 - startUp_s - wait_s };
};

/** Seconds that the wire takes around a case: entries sent ahead of its beginning, and the last events and pings after its end. */
export const onTheBus_s = ({ virtual_s, trace }: SpeedRun): number => virtual_s - trace.ended_us / 1e6;
