/** The outcome of a switching point: between which voltages of a ramp the unit switched, with all the time it may take to react, and whether the terminal followed the ramp. */

import type { Measurement, Switching } from '../../scenarios/contracts/expectation.ts';
import type { Edge, Ramp } from '../../scenarios/contracts/trace.ts';
import { cover } from './coverage.ts';
import { between, intervalUncertainty_us, type Decision } from './decision.ts';
import { levelAt, type Evidence } from './findings.ts';
import { limitsText } from './measurements.ts';
import type { MeasurementResult } from './result.ts';
import { amount, duration, entryText, happened, seconds, signalName, stateName } from './wording.ts';

type Found = Measurement & { readonly switching: Switching };

/** A sample is the mean of conversions over about this long, and may begin a little late. */
const SAMPLE_us = 7_000;

/** Voltage of the line at an instant; before and after it the ramp stands at its ends. */
const lineAt = ({ from_us, to_us, from_mV, to_mV }: Ramp, at_us: number): number => {
  const share = Math.min(1, Math.max(0, (at_us - from_us) / Math.max(1, to_us - from_us)));
  return from_mV + (to_mV - from_mV) * share;
};
const slope_mV_per_us = ({ from_us, to_us, from_mV, to_mV }: Ramp): number => Math.abs(to_mV - from_mV) / Math.max(1, to_us - from_us);

/** Why the terminal cannot be taken to have followed the ramp; null where the converter saw it follow. */
function strayed({ trace }: Evidence, ramp: Ramp, { analog, switching: { checks } }: Found): string | null {
  if (checks.length === 0) return 'nothing shows whether the terminal followed the ramp';
  for (const check of checks) {
    const [sample, ...more] = trace.samples.filter(({ entry }) => entry === check);
    if (sample === undefined || more.length > 0 || sample.analog !== analog) return `${check} has no value`;
    const off = Math.abs(sample.value - lineAt(ramp, sample.at_us));
    const allowed = sample.uncertainty + ramp.uncertainty_mV + slope_mV_per_us(ramp) * SAMPLE_us;
    if (!(off <= allowed))
      return `at ${seconds(sample.at_us)} the terminal was at ${amount(sample.value)} mV, ${amount(off)} mV from where the ramp was`;
  }
  return null;
}

/** How long the unit may take to react, by the reference: from a supply that comes it has to start. */
function reaction_us({ prediction: { parameters } }: Evidence, { analog, switching: { edge } }: Found): number | null {
  const known = parameters[analog === 'supplyVoltage' && edge.level === 'high' ? 'startUp_us' : 'reaction_us'];
  return known?.unit === 'us' && typeof known.value === 'number' && Number.isFinite(known.value) ? known.value : null;
}

/** What else could have switched the output: a stimulus that was begun or ended between these instants. */
function otherCause({ testCase, trace }: Evidence, ramp: Ramp, from_us: number, to_us: number): string | null {
  const between = (at_us: number | null): boolean => at_us !== null && at_us >= from_us && at_us <= to_us;
  for (const { entry: id, done_us, ended_us } of trace.stimuli) {
    const entry = testCase.timeline.entries.find((one) => one.id === id);
    if (entry === undefined || id === ramp.entry || entry.do.kind === 'sample' || entry.do.kind === 'probe') continue;
    if (between(done_us) || between(ended_us)) return `${id} (${entryText(entry)})`;
  }
  return null;
}

/** Whether the reference explains the edge by something else. A cause after which it may come at any time explains nothing: that is where the ramp looks. */
const isTiedElsewhere = ({ prediction }: Evidence, edge: Edge, ramp: Ramp): boolean => {
  const predicted = prediction.edges.find(({ observed }) => observed === edge.seq);
  if (predicted === undefined || predicted.causes.length === 0) return false;
  return predicted.causes.every(({ ref, max_us }) => Number.isFinite(max_us) && !(ref.kind === 'entry' && ref.entry === ramp.entry));
};

const WORDS: Readonly<Record<Decision, string>> = { pass: 'within', marginal: 'too near to decide to', fail: 'outside' };

/** `edges` are the observed ones without forgiven glitches (R18). */
export function judgeSwitching(evidence: Evidence, edges: readonly Edge[], one: Found): MeasurementResult {
  const { id, name, analog, unit, low, high } = one;
  const { signal, level } = one.switching.edge;
  const empty = { id, name, analog, line: one.place.line, unit, low, high, value: null, uncertainty: null, at_us: null };
  const open = (text: string): MeasurementResult => ({ ...empty, outcome: 'notMeasured', text: `${name}: ${text}.` });
  const { trace } = evidence;
  if (low === null && high === null) return open('no limit is given');
  const [ramp, ...more] = trace.ramps.filter(({ entry }) => entry === one.entry);
  if (ramp === undefined || more.length > 0) return open(`the ramp ${one.entry} was not made`);
  const react_us = reaction_us(evidence, one);
  if (react_us === null) return open('the reference does not say how long the unit may take to react');
  const stray = strayed(evidence, ramp, one);
  if (stray !== null) return open(stray);
  const start = { at_us: ramp.from_us, uncertainty_us: ramp.uncertainty_us };
  if (levelAt(trace, edges, signal, ramp.from_us) === level)
    return open(`${signalName(signal)} was ${stateName(level)} when the ramp began`);

  const until_us = ramp.to_us + react_us;
  const found = edges.filter(
    (edge) => edge.signal === signal && edge.level === level && edge.at_us > ramp.from_us && edge.at_us <= until_us,
  );
  const [first, last] = [found[0], found.at(-1)];
  const gap = cover(trace, signal, ramp.from_us, last?.at_us ?? until_us);
  if (gap !== null) return open(`${signalName(signal)} cannot be judged: ${gap}`);
  if (first === undefined || last === undefined) return beyond(one, ramp);

  const other = otherCause(evidence, ramp, first.at_us - react_us, last.at_us);
  if (other !== null)
    return open(`${other} came within the ${duration(react_us)} that the unit may take to react, and may have switched it`);
  if (found.some((edge) => isTiedElsewhere(evidence, edge, ramp))) return open('by the reference something else than the ramp switched it');
  const U_us = Math.max(...[first, last].map((edge) => intervalUncertainty_us(start, edge, trace.clock)));
  const ends = [lineAt(ramp, first.at_us - react_us - U_us), lineAt(ramp, last.at_us + U_us)];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const value = (least + most) / 2;
  const uncertainty = (most - least) / 2 + ramp.uncertainty_mV;
  if (!Number.isFinite(value) || !Number.isFinite(uncertainty)) return open('the ramp has no usable line');
  const decided = between(value, low, high, uncertainty, one.margin);
  const again = found.length > 1 ? `, ${found.length} times` : '';
  return {
    ...empty,
    value,
    uncertainty,
    at_us: first.at_us,
    outcome: decided,
    text: `${signalName(signal)} ${happened(level)} at ${amount(value)} ${unit} +-${amount(uncertainty)}${again} (${seconds(first.at_us)}, up to ${duration(react_us)} of it to react), ${WORDS[decided]} ${limitsText(one)}.`,
  };
}

/** No edge along the whole ramp: the switching point lies beyond its end. */
function beyond(one: Found, { from_mV, to_mV, to_us, uncertainty_mV }: Ramp): MeasurementResult {
  const { id, name, analog, unit, low, high, switching } = one;
  const limit = to_mV > from_mV ? high : low;
  const outside = limit !== null && (to_mV > from_mV ? to_mV - uncertainty_mV > limit : to_mV + uncertainty_mV < limit);
  const side = to_mV > from_mV ? 'or above' : 'or below';
  const what = `${signalName(switching.edge.signal)} had not become ${stateName(switching.edge.level)} at ${amount(to_mV)} ${unit}, its switching point lies there ${side}`;
  return {
    id,
    name,
    analog,
    line: one.place.line,
    unit,
    low,
    high,
    value: to_mV,
    uncertainty: uncertainty_mV,
    at_us: to_us,
    outcome: outside ? 'fail' : 'marginal',
    text: `${what}, ${outside ? 'outside' : 'too near to decide to'} ${limitsText(one)}.`,
  };
}
