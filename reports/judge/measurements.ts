/** The outcome of measured values against their limits, and the difference where one lies outside. */

import type { Measurement } from '../../scenarios/contracts/expectation.ts';
import type { RequirementId } from '../../scenarios/requirements.ts';
import type { AnalogSignal } from '../../scenarios/signals.ts';
import type { Trace } from '../../scenarios/contracts/trace.ts';
import { between, worseDecision } from './decision.ts';
import { withoutSink, type Refusal } from './refused.ts';
import type { Difference, MeasurementResult } from './result.ts';
import { amount, basis, requirementCertainty } from './wording.ts';

export const limitsText = ({ low, high, unit }: Pick<Measurement, 'low' | 'high' | 'unit'>): string =>
  low === null ? `at most ${high} ${unit}` : high === null ? `at least ${low} ${unit}` : `${low} to ${high} ${unit}`;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** `isBehindBypass`: whether the shunt saw nothing of what the unit drew at an instant. */
export function judgeMeasurement(
  trace: Trace | null,
  one: Measurement,
  refused: readonly Refusal[] = [],
  isBehindBypass: (at_us: number) => boolean = () => false,
): MeasurementResult {
  const { id, name, analog, unit, low, high } = one;
  const base = { id, name, analog, line: one.place.line, unit, low, high };
  const empty = { ...base, value: null, uncertainty: null, at_us: null, outcome: 'notMeasured' as const };
  if (trace === null) return { ...empty, text: `${name}: only a unit can be measured.` };
  if (low === null && high === null) return { ...empty, text: `${name}: no limit is given.` };
  const samples = trace.samples.filter((sample) => sample.entry === one.entry && sample.analog === analog);
  const [sample] = samples;
  if (sample === undefined || samples.length > 1)
    return { ...empty, text: `${name}: the trace holds ${samples.length} values of ${analog} for ${one.entry}.` };
  const { value, at_us, least } = sample;
  // A reading at the end of its range bounds the value from below only.
  const uncertainty = least === undefined ? sample.uncertainty : value - least;
  const known = { ...base, value: finite(value), uncertainty: finite(uncertainty), at_us: finite(at_us) };
  if (sample.unit !== unit || !(sample.count >= 1) || known.value === null || known.uncertainty === null || uncertainty < 0) {
    return {
      ...known,
      outcome: 'notMeasured',
      text: `${name}: ${amount(value)} ${sample.unit} +-${amount(uncertainty)} from ${sample.count} conversions is no usable value.`,
    };
  }
  if (withoutSink(refused, analog, at_us))
    return { ...known, outcome: 'notMeasured', text: `${name}: the sink it is measured under was refused or let go of.` };
  if (analog === 'supplyCurrent' && isBehindBypass(at_us))
    return {
      ...known,
      outcome: 'notMeasured',
      text: `${name}: the shunt was bypassed for a load meanwhile, so that it saw nothing of what the unit draws.`,
    };
  const decided =
    least === undefined || high === null
      ? between(value, low, high, uncertainty, one.margin)
      : worseDecision(between(value, low, null, uncertainty, one.margin), least > high ? 'fail' : 'marginal');
  const verdict = { pass: 'within', marginal: 'too near to decide to', fail: 'outside' }[decided];
  return {
    ...known,
    outcome: decided,
    text: `${name} is ${amount(value)} ${unit} +-${amount(uncertainty)}${least === undefined ? '' : ' or more (the end of the range)'}, ${verdict} ${limitsText(one)}.`,
  };
}

/** The requirements a quantity can speak of. */
const REQUIREMENTS_OF: Partial<Readonly<Record<AnalogSignal, readonly RequirementId[]>>> = {
  loadDrop: ['LOAD-DROP'],
  preAlarmDrop: ['PRE-DROP'],
  chargerDrop: ['CHG-DROP'],
  remoteHVoltage: ['REMOTE-H'],
  remoteLVoltage: ['REMOTE-L'],
  supplyCurrent: ['CURRENT-ON', 'CURRENT-LOW-CELL', 'CURRENT-OFF'],
};

/** The requirement a measurement shows: the one it is named after, or the only one its quantity can mean in this case. */
function requirementOf({ name, analog }: MeasurementResult, covers: readonly string[]): string | null {
  if (requirementCertainty(name) !== null) return name;
  const possible = REQUIREMENTS_OF[analog as AnalogSignal] ?? [];
  const covered = possible.filter((id) => covers.includes(id));
  const [only, ...more] = possible.length === 1 ? possible : covered;
  return only === undefined || more.length > 0 ? null : only;
}

export function outOfLimit(result: MeasurementResult, covers: readonly string[]): Difference | null {
  const { value, uncertainty, low, high, unit, name, at_us } = result;
  if (result.outcome !== 'fail' || value === null || uncertainty === null || at_us === null) return null;
  const off = low !== null && value < low ? value - low : high !== null ? value - high : 0;
  const requirement = requirementOf(result, covers);
  const certainty = requirementCertainty(requirement);
  const side = off < 0 ? 'below' : 'above';
  return {
    kind: 'outOfLimit',
    signal: result.analog,
    expected: {
      level: null,
      earliest_us: null,
      latest_us: null,
    },
    got: {
      level: null,
      at_us,
      uncertainty_us: null,
    },
    off_us: null,
    measured: {
      value,
      unit,
      low,
      high,
      uncertainty,
      off,
    },
    rule: null,
    requirement,
    certainty,
    blame: 'unit',
    consequence: false,
    text: `${name} is ${amount(value)} ${unit} +-${amount(uncertainty)}, ${amount(Math.abs(off))} ${unit} ${side} ${limitsText(result)}${basis(null, requirement, certainty)}.`,
  };
}
