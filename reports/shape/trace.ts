/** The trace as it is recorded. */

import { z } from 'zod';
import { ANALOG_SIGNALS, OUTPUTS, SENSES, TERMINAL_NAMES } from '../../scenarios/signals.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { measure, type Plain } from './plain.ts';

export const sense = z.enum(SENSES);
export const senseLevel = z.enum(['high', 'notHigh', 'on', 'off']);
export const level = z.enum(['high', 'notHigh', 'on', 'off', 'floating', 'low']);
const unit = z.enum(['mV', 'uA']);
const analog = z.enum(ANALOG_SIGNALS as readonly [(typeof ANALOG_SIGNALS)[number]]);
const span = z.strictObject({ signal: sense, from_us: measure, to_us: measure });

const stimulus = z.strictObject({
  entry: z.string(),
  outcome: z.enum(['done', 'timedOut', 'refused', 'notReached']),
  asked_us: measure,
  done_us: measure,
  ended_us: measure,
  uncertainty_us: measure,
  letGo_us: measure.exactOptional(),
});
const edge = z.strictObject({
  seq: measure,
  signal: sense,
  level: senseLevel,
  at_us: measure,
  uncertainty_us: measure,
  via: z.enum(['capture', 'comparator', 'probe', 'light']),
  ticks: measure,
});
const sample = z.strictObject({
  entry: z.string(),
  analog,
  at_us: measure,
  value: measure,
  unit,
  uncertainty: measure,
  least: measure.exactOptional(),
  count: measure,
  other: z.strictObject({ value: measure, uncertainty: measure, least: measure.exactOptional() }).exactOptional(),
});
const probe = z.strictObject({
  entry: z.string().nullable(),
  output: z.enum(OUTPUTS),
  from_us: measure,
  to_us: measure,
  result: z.enum(['high', 'floating', 'low', 'leaky']),
  biasOff_mV: measure,
  biasOn_mV: measure,
  supply_mV: measure,
});

export const clockFit = z.strictObject({
  rate_ppm: measure,
  bound_ppm: measure,
  begun_ppm: measure.exactOptional(),
  jump_us: measure,
  samples: measure,
});
export const linkCounters = z.strictObject({
  linesSent: measure,
  linesReceived: measure,
  resent: measure,
  crcErrors: measure,
  overflow: measure,
  lost: measure,
  stalled_ms: measure,
});

export const contactReading = z.strictObject({
  terminal: z.enum(TERMINAL_NAMES as readonly [(typeof TERMINAL_NAMES)[number]]),
  value_mOhm: measure,
  uncertainty_mOhm: measure,
});
export const calibrationInForce = z.strictObject({
  id: z.string().nullable(),
  fault: z.enum(['missing', 'otherBoard', 'otherDividers', 'expired', 'notYet', 'incomplete']).nullable(),
});

const ramp = z.strictObject({
  entry: z.string(),
  signal: z.enum(['supply', 'remoteH', 'remoteL']),
  from_us: measure,
  to_us: measure,
  from_mV: measure,
  to_mV: measure,
  uncertainty_mV: measure,
  uncertainty_us: measure,
});

const operatorAnswer = z.strictObject({
  entry: z.string(),
  question: z.string(),
  choice: z.string().nullable(),
  by: z.string().nullable(),
  from: z.enum(['terminal', 'file', 'simulation', 'nobody']),
});

export const traceShape = z.strictObject({
  bench: z.strictObject({ simulated: z.boolean(), board: z.string(), firmware: z.string(), unitImage: z.string().nullable() }),
  calibration: calibrationInForce,
  contacts: z.array(contactReading),
  case: z.string(),
  stimuli: z.array(stimulus),
  initial: z.record(sense, senseLevel),
  edges: z.array(edge),
  samples: z.array(sample),
  ramps: z.array(ramp).default([]),
  probes: z.array(probe),
  operator: z.array(operatorAnswer).default([]),
  captured: z.array(span),
  blind: z.array(span),
  clock: clockFit,
  link: linkCounters,
  boots: z.array(z.string()),
  end: z.enum(['complete', 'aborted', 'lost']),
  reason: z.string().nullable(),
  endedBy: z.enum(['unit', 'rig', 'link', 'operator', 'scenario']).nullable(),
  ended_us: measure,
  seed: measure,
});

/** Fails to compile when the contract and this shape part ways. */
type Check = [z.infer<typeof traceShape>, Plain<Trace>];
export const traceIsContract = (value: Check[0]): Check[1] => value;
export const contractIsTrace = (value: Check[1]): Check[0] => value;
